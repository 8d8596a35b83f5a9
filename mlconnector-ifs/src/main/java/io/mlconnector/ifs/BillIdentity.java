package io.mlconnector.ifs;

import io.mlconnector.model.Bill;
import org.jspecify.annotations.Nullable;

/**
 * Which supplier invoice a bill is.
 *
 * @param bill the bill
 * @param company the company that owes it
 * @param supplier the number of the supplier; null if it is not known here
 * @param reference what the invoice keeps of its source, so that it is found again
 */
record BillIdentity(Bill bill, String company, @Nullable String supplier, String reference) {

    /** For messages: the source, and what a person would look for. */
    @Override
    public String toString() {
        return bill.key() + " (invoice " + bill.number() + " of supplier "
                + (supplier == null ? bill.vendor().id() : supplier) + ", " + bill.total() + ")";
    }
}
