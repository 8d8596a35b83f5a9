package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The part of a payment that belongs to one document.
 *
 * @param document the invoice or bill, as the system of the payment knows it
 * @param number the document's printed number; null if unknown
 * @param amount the part, in the currency of the document
 */
public record Allocation(RecordKey document, @Nullable String number, Money amount) {

    /** Refuses nulls. */
    public Allocation {
        requireNonNull(document, "document");
        requireNonNull(amount, "amount");
    }
}
