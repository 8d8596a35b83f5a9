package io.mlconnector.ifs;

import org.jspecify.annotations.Nullable;

/**
 * An entry, and the invoice to record it at.
 *
 * @param invoice its row as it was read when the match was made
 * @param entry what to record
 * @param document the invoice as the system of the payment knows it; null if that is not told
 * @param detail what a person may want to know besides; possibly empty
 */
record Posting(Receivable invoice, Entry entry, @Nullable String document, String detail) {

    Posting at(Receivable other) {
        return new Posting(other, entry, document, detail);
    }
}
