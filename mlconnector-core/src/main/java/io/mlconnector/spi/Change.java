package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as its source shows it now.
 *
 * @param <T> the kind of record
 * @param key which record
 * @param record its current state; null if it was deleted
 * @param modifiedAt when it last changed, by the clock of its system; null if that system does not tell
 * @param version the system's own version of the record, such as an ETag; null if there is none
 */
public record Change<T extends BusinessRecord>(
        RecordKey key,
        @Nullable T record,
        @Nullable Instant modifiedAt,
        @Nullable String version) {

    /** Refuses a missing key, and a record with another key. */
    public Change {
        requireNonNull(key, "key");
        if (record != null && !record.key().equals(key)) {
            throw new IllegalArgumentException("change of " + key + " carries the record " + record.key());
        }
    }

    /**
     * Returns a change that shows a record which exists.
     *
     * @param <T> the kind of record
     * @param record its current state
     * @param modifiedAt when it last changed; null if unknown
     * @param version the system's own version; null if there is none
     * @return the change
     */
    public static <T extends BusinessRecord> Change<T> upsert(
            T record, @Nullable Instant modifiedAt, @Nullable String version) {
        return new Change<>(record.key(), record, modifiedAt, version);
    }

    /**
     * Returns a change that says a record is gone.
     *
     * @param <T> the kind of record
     * @param key which record
     * @return the change
     */
    public static <T extends BusinessRecord> Change<T> delete(RecordKey key) {
        return new Change<>(key, null, null, null);
    }

    /**
     * Returns whether the record is gone.
     *
     * @return true if there is no record
     */
    public boolean isDelete() {
        return record == null;
    }
}
