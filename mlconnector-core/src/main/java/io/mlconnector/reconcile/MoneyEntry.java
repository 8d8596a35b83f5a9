package io.mlconnector.reconcile;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment, a refund or a dispute, as far as it concerns one invoice.
 *
 * @param kind which of them
 * @param key the record at the payment system
 * @param amount its part that concerns the invoice; never negative
 * @param at when it happened, by the payment system's clock
 * @param state where it stands there, such as {@code succeeded}
 * @param method the means of payment, or why; null if unknown
 */
public record MoneyEntry(
        Kind kind,
        RecordKey key,
        Money amount,
        Instant at,
        String state,
        @Nullable String method) {

    /** What moved. */
    public enum Kind {
        /** Money came in. */
        PAYMENT,
        /** Money was given back. */
        REFUND,
        /** Money is contested. */
        DISPUTE
    }

    /** Refuses nulls. */
    public MoneyEntry {
        requireNonNull(kind, "kind");
        requireNonNull(key, "key");
        requireNonNull(amount, "amount");
        requireNonNull(at, "at");
        requireNonNull(state, "state");
    }
}
