package io.mlconnector.reconcile;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One invoice and its money.
 *
 * @param invoice the invoice at its source
 * @param number its printed number
 * @param customer who owes it
 * @param issuedOn date of issue; null if unknown
 * @param dueOn date on which it is due; null if unknown
 * @param counterpart the invoice at the payment system; null if there is none
 * @param standing where it stands
 * @param total what is owed
 * @param paid what came in, in the invoice's currency
 * @param refunded what was given back
 * @param disputed what is contested, or was lost
 * @param reasons why it stands there, in words
 * @param entries the payments, refunds and disputes, oldest first
 * @param audit what this library did with it, oldest first; empty where a reconciliation is too large to tell
 */
public record InvoiceStanding(
        RecordKey invoice,
        String number,
        RecordKey customer,
        @Nullable LocalDate issuedOn,
        @Nullable LocalDate dueOn,
        @Nullable RecordKey counterpart,
        Standing standing,
        Money total,
        Money paid,
        Money refunded,
        Money disputed,
        List<String> reasons,
        List<MoneyEntry> entries,
        List<AuditEntry> audit) {

    /** Copies the lists and refuses nulls. */
    public InvoiceStanding {
        requireNonNull(invoice, "invoice");
        requireNonNull(number, "number");
        requireNonNull(customer, "customer");
        requireNonNull(standing, "standing");
        requireNonNull(total, "total");
        requireNonNull(paid, "paid");
        requireNonNull(refunded, "refunded");
        requireNonNull(disputed, "disputed");
        reasons = List.copyOf(reasons);
        entries = List.copyOf(entries);
        audit = List.copyOf(audit);
    }

    /**
     * Returns the same with its history.
     *
     * @param history what this library did with it, oldest first
     * @return the standing
     */
    public InvoiceStanding withAudit(List<AuditEntry> history) {
        return new InvoiceStanding(
                invoice,
                number,
                customer,
                issuedOn,
                dueOn,
                counterpart,
                standing,
                total,
                paid,
                refunded,
                disputed,
                reasons,
                entries,
                history);
    }

    /**
     * Returns what is still owed: the total, less what came in and was not given back or lost. Negative if too much was paid.
     *
     * @return the amount
     */
    public Money outstanding() {
        return total.minus(paid).plus(refunded).plus(disputed);
    }
}
