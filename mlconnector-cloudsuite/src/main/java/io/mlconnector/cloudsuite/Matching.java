package io.mlconnector.cloudsuite;

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
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what must stand in M3 for a payment, refund or dispute. Invoices are found by the link, else by the number. Nothing is
 * guessed: what fits no invoice waits for one, and what fits two, or does not add up, is refused with the reason.
 */
final class Matching {

    private final Receivables invoices;
    private final PostingSettings posting;
    private final String connection;

    Matching(Receivables invoices, PostingSettings posting, String connection) {
        this.invoices = invoices;
        this.posting = posting;
        this.connection = connection;
    }

    Wanted payment(Payment payment, References references) {
        String reference = PostingKeys.reference(payment.key().id());
        String name = payment.key() + " of " + payment.amount();
        if (payment.status() != Payment.Status.SUCCEEDED) {
            return Wanted.nothing(reference, name, payment.amount(), payment.paidAt());
        }
        refuseNegative(payment.amount(), name);
        var amounts = new LinkedHashMap<InvoiceId, BigDecimal>();
        BigDecimal rest = payment.amount().amount();
        for (Allocation allocation : payment.allocations()) {
            if (!allocation.amount().currency().equals(payment.amount().currency())) {
                throw EndedException.rejected("the parts of " + name + " must be in its currency: "
                        + allocation.amount() + " for " + allocation.document());
            }
            amounts.merge(
                    invoiceOf(allocation, payment, references),
                    allocation.amount().amount(),
                    BigDecimal::add);
            rest = rest.subtract(allocation.amount().amount());
        }
        if (rest.signum() < 0) {
            throw EndedException.rejected(name + " is less than the sum of its parts, by "
                    + rest.negate().toPlainString());
        }
        if (rest.signum() > 0) {
            amounts.put(onAccount(payment, payment.key().id(), references), rest);
        }
        Money settled = payment.settled();
        String settledIn = settled == null ? null : settled.currency();
        return new Wanted(
                reference,
                name,
                amounts,
                payment.amount().currency(),
                fee(payment.fee(), payment.amount(), payment.exchangeRate(), name),
                payment.exchangeRate(),
                settledIn,
                payment.paidAt(),
                posting.clearing());
    }

    Wanted refund(Refund refund, References references) {
        String name = refund.key() + " of " + refund.amount();
        boolean moved = refund.status() == Refund.Status.SUCCEEDED;
        return back(
                new Given(
                        refund.key(),
                        refund.payment(),
                        refund.invoice(),
                        refund.amount(),
                        refund.fee(),
                        refund.refundedAt(),
                        posting.refunds(),
                        name),
                moved,
                references);
    }

    /** Money is gone for good only when a dispute is lost. */
    Wanted dispute(Dispute dispute, References references) {
        String name = dispute.key() + " of " + dispute.amount();
        boolean moved = dispute.status() == Dispute.Status.LOST;
        return back(
                new Given(
                        dispute.key(),
                        dispute.payment(),
                        dispute.invoice(),
                        dispute.amount(),
                        dispute.fee(),
                        dispute.openedAt(),
                        posting.disputes(),
                        name),
                moved,
                references);
    }

    /** What refunds and disputes have in common. */
    private record Given(
            RecordKey key,
            @Nullable RecordKey payment,
            @Nullable RecordKey invoice,
            Money amount,
            @Nullable Money fee,
            Instant at,
            GlString account,
            String name) {}

    private Wanted back(Given given, boolean moved, References references) {
        String reference = PostingKeys.reference(given.key().id());
        if (!moved) {
            return Wanted.nothing(reference, given.name(), given.amount(), given.at());
        }
        refuseNegative(given.amount(), given.name());
        var amounts = new LinkedHashMap<InvoiceId, BigDecimal>();
        origin(given, references).forEach((id, amount) -> amounts.put(id, amount.negate()));
        return new Wanted(
                reference,
                given.name(),
                amounts,
                given.amount().currency(),
                fee(given.fee(), given.amount(), null, given.name()),
                null,
                null,
                given.at(),
                given.account());
    }

    /** At which invoices the money came in that goes back. */
    private Map<InvoiceId, BigDecimal> origin(Given given, References references) {
        BigDecimal all = given.amount().amount();
        Optional<InvoiceId> linked = resolved(given.invoice(), references).flatMap(InvoiceId::parse);
        if (linked.isPresent()) {
            return Map.of(linked.get(), all);
        }
        Optional<String> paid = resolved(given.payment(), references);
        if (paid.isEmpty()) {
            RecordKey awaited = given.payment() == null ? given.invoice() : given.payment();
            if (awaited == null) {
                throw EndedException.rejected("unmatched: " + given.name() + " names neither payment nor invoice");
            }
            throw EndedException.with(new Deferred(awaited, "unmatched: " + given.name() + " waits for " + awaited));
        }
        List<InvoiceId> ids = Wanted.invoices(paid.get());
        if (ids.size() == 1) {
            return Map.of(ids.get(0), all);
        }
        String reference = Wanted.reference(paid.get());
        Posted posted = invoices.posted(List.of(reference)).getOrDefault(reference, Posted.of(List.of(), "", Map.of()));
        var parts = new LinkedHashMap<InvoiceId, BigDecimal>();
        ids.forEach(id -> parts.put(id, posted.at(id)));
        BigDecimal sum = parts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(all) != 0) {
            throw EndedException.rejected(given.name() + " must be the whole of the payment " + reference + " ("
                    + sum.toPlainString() + "), because that paid " + ids.size()
                    + " invoices and nothing tells how much of each comes back");
        }
        return parts;
    }

    private InvoiceId invoiceOf(Allocation allocation, Payment payment, References references) {
        Optional<InvoiceId> linked = resolved(allocation.document(), references).flatMap(InvoiceId::parse);
        if (linked.isPresent()) {
            return linked.get();
        }
        String number = allocation.number() == null ? "" : allocation.number().strip();
        List<InvoiceId> found = number.isEmpty() ? List.of() : invoices.withNumber(number);
        if (found.size() == 1) {
            return found.get(0);
        }
        String name = payment.key() + " of " + allocation.amount();
        if (found.size() > 1) {
            throw EndedException.rejected(name + " fits more than one invoice with the number '" + number + "': "
                    + String.join("; ", found.stream().map(InvoiceId::toString).toList()));
        }
        if (!posting.onAccountType().isEmpty()
                && payment.attributes().value("subscription").isPresent()) {
            return onAccount(payment, number.isEmpty() ? allocation.document().id() : number, references);
        }
        throw EndedException.with(Deferred.unmatched(
                allocation.document(),
                "unmatched: " + name + " fits no invoice of " + connection + ": " + allocation.document()
                        + " has no link"
                        + (number.isEmpty()
                                ? ", and no number is told"
                                : ", and none has the number '" + number + "'")));
    }

    /** Money without an invoice in M3 stands at its customer. */
    private InvoiceId onAccount(Payment payment, String number, References references) {
        String name = payment.key() + " of " + payment.amount();
        if (posting.onAccountType().isEmpty()) {
            throw EndedException.rejected(
                    "unmatched: " + name + " is not wholly for invoices, and onAccountType is not set");
        }
        RecordKey payer = payment.payer();
        if (payer == null) {
            throw EndedException.rejected("unmatched: " + name + " names neither invoice nor payer");
        }
        String customer = resolved(payer, references)
                .orElseThrow(() -> EndedException.with(
                        new Deferred(payer, "unmatched: " + name + " waits for the customer " + payer)));
        String year = Integer.toString(
                payment.paidAt().atZone(posting.zone()).toLocalDate().getYear());
        return new InvoiceId("", customer, customer, PostingKeys.onAccount(number), year, true);
    }

    /** The fee in the currency of the payment, in which a batch has its charge. */
    private BigDecimal fee(@Nullable Money fee, Money amount, @Nullable BigDecimal rate, String name) {
        if (fee == null
                || fee.amount().signum() == 0
                || posting.fees().dimensions().isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (fee.currency().equals(amount.currency())) {
            return fee.amount();
        }
        if (rate == null || rate.signum() <= 0) {
            throw EndedException.rejected(
                    "the fee of " + name + " is in another currency, " + fee + ", and no exchange rate is told");
        }
        return fee.amount().divide(rate, Money.minorDigits(amount.currency()), RoundingMode.HALF_UP);
    }

    private static void refuseNegative(Money amount, String name) {
        if (amount.amount().signum() < 0) {
            throw EndedException.rejected("the amount of " + name + " must not be negative");
        }
    }

    private static Optional<String> resolved(@Nullable RecordKey key, References references) {
        return key == null ? Optional.empty() : references.resolve(key).map(TargetRef::id);
    }
}
