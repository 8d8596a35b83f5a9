package io.mlconnector.engine;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.reconcile.InvoiceStanding;
import io.mlconnector.reconcile.MoneyEntry;
import io.mlconnector.reconcile.Standing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells where one invoice stands with its money, and why. */
final class Standings {

    private final Invoice invoice;
    private final @Nullable RecordKey counterpart;
    private final TargetInvoices.@Nullable Document document;
    private final List<MoneyEntry> entries;
    private final List<String> reasons = new ArrayList<>();
    private Money paid;
    private Money refunded;
    private Money disputed;
    private boolean contested;

    Standings(
            Invoice invoice,
            @Nullable RecordKey counterpart,
            TargetInvoices.@Nullable Document document,
            List<MoneyEntry> entries) {
        this.invoice = invoice;
        this.counterpart = counterpart;
        this.document = document;
        this.entries = entries;
        Money zero = Money.zero(invoice.total().currency());
        this.paid = zero;
        this.refunded = zero;
        this.disputed = zero;
    }

    InvoiceStanding standing() {
        entries.forEach(this::add);
        Standing standing = decide();
        return new InvoiceStanding(
                invoice.key(),
                invoice.number(),
                invoice.customer(),
                invoice.issuedOn(),
                invoice.dueOn(),
                counterpart,
                standing,
                invoice.total(),
                paid,
                refunded,
                disputed,
                reasons,
                entries,
                List.of());
    }

    private void add(MoneyEntry entry) {
        if (!entry.amount().currency().equals(invoice.total().currency())) {
            reasons.add(
                    entry.key() + " of " + entry.amount() + " is in another currency than the invoice, and not added");
            return;
        }
        switch (entry.kind()) {
            case PAYMENT -> {
                if (entry.state().equals("succeeded")) {
                    paid = paid.plus(entry.amount());
                } else {
                    reasons.add("payment " + entry.key().id() + " of " + entry.amount() + " is " + entry.state());
                }
            }
            case REFUND -> {
                if (entry.state().equals("succeeded") || entry.state().equals("pending")) {
                    refunded = refunded.plus(entry.amount());
                    reasons.add("refund " + entry.key().id() + " of " + entry.amount() + " is " + entry.state());
                } else {
                    reasons.add("refund " + entry.key().id() + " of " + entry.amount() + " " + entry.state()
                            + ", so the money stayed");
                }
            }
            case DISPUTE -> dispute(entry);
        }
    }

    private void dispute(MoneyEntry entry) {
        String words = "dispute " + entry.key().id() + " over " + entry.amount();
        switch (entry.state()) {
            case "won" -> reasons.add(words + " was won");
            case "closed", "inquiry" -> reasons.add(words + " took no money: " + entry.state());
            default -> {
                contested = true;
                disputed = disputed.plus(entry.amount());
                reasons.add(words + (entry.state().equals("lost") ? " was lost" : " is open: " + entry.state()));
            }
        }
    }

    private Standing decide() {
        if (counterpart == null) {
            reasons.add("the invoice has not been sent");
            return Standing.NOT_SENT;
        }
        if (contested) {
            return Standing.DISPUTED;
        }
        if (refunded.amount().signum() > 0) {
            return Standing.REFUNDED;
        }
        int compared = paid.amount().compareTo(invoice.total().amount());
        if (compared == 0) {
            reasons.add(invoice.total().amount().signum() == 0 ? "there is nothing to pay" : "paid in full");
            return Standing.MATCHED;
        }
        if (compared > 0) {
            reasons.add("paid " + paid.minus(invoice.total()) + " too much");
            return Standing.OVER_PAID;
        }
        if (document != null && document.status() == Invoice.Status.PAID) {
            reasons.add(
                    "the payment system counts it as paid, " + invoice.total().minus(paid)
                            + " of it without a payment: out of a credit, by a credit note or outside the system");
            return Standing.MATCHED;
        }
        if (paid.amount().signum() > 0) {
            reasons.add(invoice.total().minus(paid) + " is still to be paid");
            return Standing.PART_PAID;
        }
        reasons.add("nothing has been paid");
        return Standing.OPEN;
    }
}
