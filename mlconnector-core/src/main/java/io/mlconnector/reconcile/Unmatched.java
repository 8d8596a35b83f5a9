package io.mlconnector.reconcile;

import static java.util.Objects.requireNonNull;

/**
 * Money that fits no invoice.
 *
 * @param entry the payment, refund or dispute
 * @param reason why it fits none
 */
public record Unmatched(MoneyEntry entry, String reason) {

    /** Refuses nulls. */
    public Unmatched {
        requireNonNull(entry, "entry");
        requireNonNull(reason, "reason");
    }
}
