package io.mlconnector.syspro;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.References;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.WriteOutcome.Deferred;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the invoices that a payment, refund or dispute belongs to: by the link, else by the number. Nothing is guessed: what fits no
 * invoice waits for one, and what fits two is refused with the reason.
 */
final class Matching {

    private final Receivables invoices;
    private final String connection;

    Matching(Receivables invoices, String connection) {
        this.invoices = invoices;
        this.connection = connection;
    }

    /** Where a record stands, whatever kind it is. */
    enum State {
        /** Nothing to post yet, or never. */
        NOTHING,
        /** The money has moved. */
        MOVED,
        /** The money did not move, or came back. */
        UNDONE
    }

    /**
     * What all kinds have in common.
     *
     * @param state whether the money has moved
     * @param at when
     * @param narration for a person
     * @param wants where it belongs; asked only where it is needed
     */
    record Matched(State state, Instant at, String narration, Wants wants) {}

    /** Looks for the invoices. */
    interface Wants {
        List<Want> find(References references);
    }

    /**
     * Reads a record of one kind.
     *
     * @param <T> the kind
     */
    interface Reading<T extends BusinessRecord> {
        Matched of(T matched);
    }

    Matched payment(Payment payment) {
        State state = switch (payment.status()) {
            case PENDING -> State.NOTHING;
            case SUCCEEDED -> State.MOVED;
            case FAILED, CANCELED -> State.UNDONE;
        };
        String method = payment.method() == null ? "" : " by " + payment.method();
        String reference = payment.reference() == null ? "" : " " + payment.reference();
        return new Matched(
                state, payment.paidAt(), "Payment" + method + reference, references -> wants(payment, references));
    }

    Matched refund(Refund refund) {
        State state = switch (refund.status()) {
            case PENDING -> State.NOTHING;
            case SUCCEEDED -> State.MOVED;
            case FAILED, CANCELED -> State.UNDONE;
        };
        String reason = refund.reason() == null ? "" : ": " + refund.reason();
        return new Matched(
                state,
                refund.refundedAt(),
                "Refund" + reason,
                references -> back(refund.key(), refund.payment(), refund.invoice(), refund.amount(), references));
    }

    /** Money is gone for good once a dispute is lost. */
    Matched dispute(Dispute dispute) {
        State state = switch (dispute.status()) {
            case INQUIRY, NEEDS_RESPONSE, UNDER_REVIEW -> State.NOTHING;
            case LOST -> State.MOVED;
            case WON, CLOSED -> State.UNDONE;
        };
        String reason = dispute.reason() == null ? "" : ": " + dispute.reason();
        return new Matched(
                state,
                dispute.openedAt(),
                "Dispute lost" + reason,
                references -> back(dispute.key(), dispute.payment(), dispute.invoice(), dispute.amount(), references));
    }

    private List<Want> wants(Payment payment, References references) {
        if (payment.allocations().isEmpty()) {
            throw EndedException.rejected("unmatched: " + name(payment.key(), payment.amount()) + " names no invoice");
        }
        Map<String, Want> wants = new LinkedHashMap<>();
        for (Allocation allocation : payment.allocations()) {
            String invoice = invoiceOf(allocation, payment.key(), references);
            wants.merge(
                    invoice,
                    new Want(invoice, positive(allocation.amount(), payment.key())),
                    (one, other) -> new Want(invoice, one.amount().plus(other.amount())));
        }
        return List.copyOf(wants.values());
    }

    private String invoiceOf(Allocation allocation, RecordKey key, References references) {
        Optional<String> linked = resolved(allocation.document(), references);
        if (linked.isPresent()) {
            return linked.get();
        }
        String number = allocation.number() == null ? "" : allocation.number().strip();
        List<String> ids = number.isEmpty() ? List.of() : invoices.withNumber(number);
        if (ids.size() > 1) {
            throw EndedException.rejected(name(key, allocation.amount())
                    + " fits more than one invoice with the number '" + number + "': " + String.join(", ", ids));
        }
        if (ids.size() == 1) {
            return ids.get(0);
        }
        throw EndedException.with(Deferred.unmatched(
                allocation.document(),
                "unmatched: " + name(key, allocation.amount()) + " fits no invoice of " + connection + ": "
                        + allocation.document() + " has no link"
                        + (number.isEmpty()
                                ? ", and no number is told"
                                : ", and none has the number '" + number + "'")));
    }

    private List<Want> back(
            RecordKey key,
            @Nullable RecordKey payment,
            @Nullable RecordKey invoice,
            Money amount,
            References references) {
        positive(amount, key);
        Optional<String> linked = resolved(invoice, references);
        if (linked.isPresent()) {
            return List.of(new Want(linked.get(), amount));
        }
        Optional<String> paid = resolved(payment, references);
        if (paid.isPresent()) {
            return ofPayment(key, amount, ReceiptTarget.parse(paid.get()));
        }
        RecordKey awaited = payment == null ? invoice : payment;
        if (awaited == null) {
            throw EndedException.rejected("unmatched: " + name(key, amount) + " names neither payment nor invoice");
        }
        throw EndedException.with(new Deferred(awaited, "unmatched: " + name(key, amount) + " waits for " + awaited));
    }

    /** A payment of several invoices: how much of each comes back is known only if all of it does. */
    private static List<Want> ofPayment(RecordKey key, Money amount, ReceiptTarget payment) {
        List<String> ids = payment.invoices();
        if (ids.isEmpty()) {
            throw EndedException.with(Deferred.later("unmatched: " + name(key, amount) + " gives back the payment "
                    + payment.id() + ", which is not posted"));
        }
        if (ids.size() == 1) {
            return List.of(new Want(ids.get(0), amount));
        }
        BigDecimal sum = payment.amounts().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(amount.amount()) != 0) {
            throw EndedException.rejected(name(key, amount) + " must be the whole of the payment " + payment.id() + " ("
                    + sum.toPlainString() + "), because that paid " + ids.size()
                    + " invoices and nothing tells how much of each comes back: " + String.join(", ", ids));
        }
        var wants = new ArrayList<Want>();
        payment.amounts().forEach((id, part) -> wants.add(new Want(id, new Money(part, amount.currency()))));
        return wants;
    }

    private static Money positive(Money amount, RecordKey key) {
        if (amount.amount().signum() <= 0) {
            throw EndedException.rejected("the amount of " + name(key, amount) + " must be more than zero");
        }
        if (amount.amount().stripTrailingZeros().scale() > 2) {
            throw EndedException.rejected(
                    "the amount of " + name(key, amount) + " must have at most two decimals, as SYSPRO keeps it");
        }
        return amount;
    }

    private static Optional<String> resolved(@Nullable RecordKey key, References references) {
        return key == null ? Optional.empty() : references.resolve(key).map(TargetRef::id);
    }

    static String name(RecordKey key, Money amount) {
        return key + " of " + amount;
    }
}
