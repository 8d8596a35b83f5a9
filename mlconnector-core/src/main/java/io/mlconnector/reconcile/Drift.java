package io.mlconnector.reconcile;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * A place where source, links and target no longer agree.
 *
 * @param kind what is wrong
 * @param source the record at its source; null if there is none
 * @param target the record at the payment system; null if there is none
 * @param detail what each side shows
 */
public record Drift(
        Kind kind, @Nullable RecordKey source, @Nullable RecordKey target, String detail) {

    /** What is wrong. */
    public enum Kind {
        /** A link leads to a document that is gone. */
        TARGET_GONE,
        /** The document shows another amount than the source. */
        AMOUNT_DIFFERS,
        /** One record has several documents. */
        DOUBLED,
        /** A link belongs to a record that its source no longer lists. */
        ORPHAN_LINK,
        /** A document names a record as its origin, and the ledger has no link between them. */
        UNLINKED
    }

    /** Refuses nulls. */
    public Drift {
        requireNonNull(kind, "kind");
        requireNonNull(detail, "detail");
    }
}
