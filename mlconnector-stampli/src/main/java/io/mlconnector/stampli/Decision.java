package io.mlconnector.stampli;

import io.mlconnector.model.BusinessRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a record that was read.
 *
 * @param <T> the kind of record
 * @param kind what
 * @param record what is delivered; null if nothing is
 * @param note what is remembered of it; null if nothing is
 * @param faults why it becomes a dead letter; empty unless it does
 */
record Decision<T extends BusinessRecord>(
        Kind kind, @Nullable T record, @Nullable RecordNote note, List<String> faults) {

    /** What becomes of a record. */
    enum Kind {
        /** It is delivered. */
        DELIVER,
        /** It becomes a dead letter. */
        REFUSE,
        /** It is passed over: not approved, paid already, or older than what was delivered. */
        IGNORE
    }
}
