package io.mlconnector.ifs;

import io.mlconnector.ifs.Entry.Kind;
import io.mlconnector.ifs.Entry.State;
import io.mlconnector.model.Allocation;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the invoices that a payment, refund or dispute belongs to: by the link, else by the number. Nothing is guessed:
 * what fits no invoice waits for one, and what fits two, or another currency, is refused with the reason.
 */
final class Matching {

    private final Receivables invoices;
    private final InvoiceWriter writer;
    private final String connection;
    private final @Nullable String partyColumn;

    /**
     * @param partyColumn the column with whom an invoice is from, where a number is told apart by that only; null where it
     *     stands by itself
     */
    Matching(Receivables invoices, InvoiceWriter writer, String connection, @Nullable String partyColumn) {
        this.invoices = invoices;
        this.writer = writer;
        this.connection = connection;
        this.partyColumn = partyColumn;
    }

    List<Posting> payment(Payment payment, References references) {
        if (payment.allocations().isEmpty()) {
            throw EndedException.rejected("unmatched: " + name(payment.key(), payment.amount()) + " names no invoice");
        }
        State state = switch (payment.status()) {
            case PENDING -> State.PENDING;
            case SUCCEEDED -> State.SUCCEEDED;
            case FAILED -> State.FAILED;
            case CANCELED -> State.CANCELED;
        };
        String reference = payment.reference() == null ? payment.key().id() : payment.reference();
        var postings = new LinkedHashMap<String, Posting>();
        for (Allocation allocation : payment.allocations()) {
            Receivable invoice = invoiceOf(allocation, payment, references);
            BigDecimal amount = amount(allocation.amount(), payment.key(), invoice);
            Posting other = postings.get(invoice.id());
            postings.put(
                    invoice.id(),
                    new Posting(
                            invoice,
                            new Entry(
                                    Kind.PAY,
                                    payment.key().connection(),
                                    payment.key().id(),
                                    state,
                                    other == null
                                            ? amount
                                            : amount.add(other.entry().amount()),
                                    payment.paidAt(),
                                    reference),
                            first(other, allocation.document().id()),
                            detail(payment)));
        }
        return List.copyOf(postings.values());
    }

    List<Posting> refund(Refund refund, References references) {
        State state = switch (refund.status()) {
            case PENDING -> State.PENDING;
            case SUCCEEDED -> State.SUCCEEDED;
            case FAILED -> State.FAILED;
            case CANCELED -> State.CANCELED;
        };
        var given = new Given(
                Kind.REFUND,
                refund.key(),
                refund.payment(),
                refund.invoice(),
                refund.amount(),
                state,
                refund.refundedAt(),
                refund.reason());
        return postings(given, references);
    }

    List<Posting> dispute(Dispute dispute, References references) {
        State state = switch (dispute.status()) {
            case INQUIRY, NEEDS_RESPONSE, UNDER_REVIEW -> State.OPEN;
            case WON, CLOSED -> State.WON;
            case LOST -> State.LOST;
        };
        var given = new Given(
                Kind.DISPUTE,
                dispute.key(),
                dispute.payment(),
                dispute.invoice(),
                dispute.amount(),
                state,
                dispute.openedAt(),
                dispute.reason());
        return postings(given, references);
    }

    /** What refunds and disputes have in common. */
    private record Given(
            Kind kind,
            RecordKey key,
            @Nullable RecordKey payment,
            @Nullable RecordKey invoice,
            Money amount,
            State state,
            Instant at,
            @Nullable String reason) {

        Entry entry(BigDecimal part) {
            return new Entry(
                    kind, key.connection(), key.id(), state, part, at, payment == null ? key.id() : payment.id());
        }

        Posting posting(Receivable at, BigDecimal part) {
            return new Posting(at, entry(part), null, reason == null ? "" : "reason " + reason);
        }
    }

    private List<Posting> postings(Given given, References references) {
        Optional<String> linked = resolved(given.invoice(), references);
        if (linked.isPresent()) {
            return List.of(whole(given, linked.get()));
        }
        Optional<String> paid = resolved(given.payment(), references);
        if (paid.isPresent()) {
            List<String> ids = ReceiptTarget.parse(paid.get()).invoices();
            return ids.size() == 1 ? List.of(whole(given, ids.get(0))) : parts(given, ids);
        }
        RecordKey awaited = given.payment() == null ? given.invoice() : given.payment();
        if (awaited == null) {
            throw EndedException.rejected(
                    "unmatched: " + name(given.key(), given.amount()) + " names neither payment nor invoice");
        }
        throw EndedException.with(
                new Deferred(awaited, "unmatched: " + name(given.key(), given.amount()) + " waits for " + awaited));
    }

    private Posting whole(Given given, String id) {
        Receivable invoice = existing(id, given.key());
        return given.posting(invoice, amount(given.amount(), given.key(), invoice));
    }

    /** A payment of several invoices: how much of each comes back is known only if all of it does. */
    private List<Posting> parts(Given given, List<String> ids) {
        var postings = new ArrayList<Posting>();
        BigDecimal sum = BigDecimal.ZERO;
        for (String id : ids) {
            Receivable invoice = existing(id, given.key());
            BigDecimal all = amount(given.amount(), given.key(), invoice);
            String payment = given.payment() == null ? "" : given.payment().id();
            BigDecimal part = writer.entries(invoice)
                    .of(Kind.PAY, given.payment() == null ? "" : given.payment().connection(), payment)
                    .map(Entry::amount)
                    .orElse(BigDecimal.ZERO);
            sum = sum.add(part);
            postings.add(given.posting(invoice, part));
            if (ids.indexOf(id) == ids.size() - 1 && sum.compareTo(all) != 0) {
                throw EndedException.rejected(name(given.key(), given.amount()) + " must be the whole of the payment "
                        + payment + " (" + sum.toPlainString() + "), because that paid " + ids.size()
                        + " invoices and nothing tells how much of each comes back: " + String.join(", ", ids));
            }
        }
        return postings;
    }

    private Receivable invoiceOf(Allocation allocation, Payment payment, References references) {
        Optional<String> linked = resolved(allocation.document(), references);
        Optional<Receivable> byLink = linked.flatMap(invoices::read);
        if (byLink.isPresent()) {
            return byLink.get();
        }
        String number = allocation.number() == null ? "" : allocation.number().strip();
        List<String> ids = number.isEmpty() ? List.of() : numbered(number, payment, references);
        if (ids.size() > 1) {
            throw EndedException.rejected(name(payment.key(), allocation.amount()) + " fits more than one invoice with"
                    + " the number '" + number + "': " + String.join(", ", ids));
        }
        Optional<Receivable> byNumber = ids.stream().findFirst().flatMap(invoices::read);
        if (byNumber.isPresent()) {
            return byNumber.get();
        }
        String reason = "unmatched: " + name(payment.key(), allocation.amount()) + " fits no invoice of " + connection
                + ": "
                + linked.map(id -> allocation.document() + " is linked to " + id + ", which is gone")
                        .orElse(allocation.document() + " has no link")
                + (number.isEmpty() ? ", and no number is told" : ", and none has the number '" + number + "'");
        throw EndedException.with(
                linked.isPresent() ? Deferred.later(reason) : Deferred.unmatched(allocation.document(), reason));
    }

    private List<String> numbered(String number, Payment payment, References references) {
        if (partyColumn == null) {
            return invoices.withNumber(number);
        }
        return resolved(payment.payer(), references)
                .map(party -> invoices.withNumber(number, partyColumn, party))
                .orElse(List.of());
    }

    private Receivable existing(String id, RecordKey key) {
        return invoices.read(id)
                .orElseThrow(() -> EndedException.with(
                        Deferred.later("unmatched: " + key + " belongs to the invoice " + id + ", which is gone")));
    }

    private static BigDecimal amount(Money money, RecordKey key, Receivable invoice) {
        if (!money.currency().equals(invoice.currency())) {
            throw EndedException.rejected("the currency of " + name(key, money) + " must be that of the invoice "
                    + invoice + ", which is " + invoice.currency());
        }
        if (money.amount().signum() < 0) {
            throw EndedException.rejected("the amount of " + name(key, money) + " must not be negative");
        }
        invoice.total(); // refused here, before anything is written
        return money.amount();
    }

    private static Optional<String> resolved(@Nullable RecordKey key, References references) {
        return key == null ? Optional.empty() : references.resolve(key).map(TargetRef::id);
    }

    private static String first(@Nullable Posting other, String document) {
        String known = other == null ? null : other.document();
        return known == null || known.compareTo(document) > 0 ? document : known;
    }

    private static String detail(Payment payment) {
        var parts = new ArrayList<String>();
        if (payment.method() != null) {
            parts.add("by " + payment.method());
        }
        if (payment.fee() != null) {
            parts.add("fee " + payment.fee());
        }
        if (payment.settled() != null) {
            parts.add("settled " + payment.settled());
        }
        return String.join(", ", parts);
    }

    private static String name(RecordKey key, Money amount) {
        return key + " of " + amount;
    }
}
