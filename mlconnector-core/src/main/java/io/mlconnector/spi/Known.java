package io.mlconnector.spi;

import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of one record when its page is planned.
 *
 * @param link its counterpart; null if it has none
 * @param held why it is held back; null if it is not
 * @param heldFingerprint the whole-record hash of the content that is held back; 0 if nothing is
 */
public record Known(@Nullable Link link, @Nullable Held held, long heldFingerprint) {

    /** Nothing is known. */
    public static final Known NOTHING = new Known(null, null, 0);

    /** Why a record is held back. */
    public enum Held {
        /** It waits for another record. */
        PARKED,
        /** It was refused. */
        DEAD,
        /** It is not known whether it took effect. */
        IN_DOUBT
    }
}
