package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as its source shows it now.
 *
 * @param <T> the kind of record
 * @param key which record
 * @param record its current state; null if it was deleted
 * @param modifiedAt when it last changed, by the clock of its system; null if that system does not tell
 * @param version the system's own version of the record, such as an ETag; null if there is none
 * @param asOf what the clock of its system showed when it was read; null if that system does not tell
 */
public record Change<T extends BusinessRecord>(
        RecordKey key,
        @Nullable T record,
        @Nullable Instant modifiedAt,
        @Nullable String version,
        @Nullable Instant asOf) {

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
        return new Change<>(record.key(), record, modifiedAt, version, null);
    }

    /**
     * Returns a change that says a record is gone.
     *
     * @param <T> the kind of record
     * @param key which record
     * @return the change
     */
    public static <T extends BusinessRecord> Change<T> delete(RecordKey key) {
        return new Change<>(key, null, null, null, null);
    }

    /**
     * Returns the same change with what the clock of its system showed when it was read.
     *
     * @param remoteNow an instant by that clock
     * @return the change
     */
    public Change<T> asOf(@Nullable Instant remoteNow) {
        return new Change<>(key, record, modifiedAt, version, remoteNow);
    }

    /**
     * Returns the same change of another form of the record.
     *
     * @param newRecord a record with the same key
     * @return the change
     */
    public Change<T> withRecord(T newRecord) {
        return new Change<>(key, newRecord, modifiedAt, version, asOf);
    }

    /**
     * Returns how long ago the record last changed when it was read, both by the clock of its system. So ages of records of
     * two systems can be compared, whatever their clocks show.
     *
     * @return the age, if that system tells; never negative
     */
    public Optional<Duration> age() {
        if (modifiedAt == null || asOf == null) {
            return Optional.empty();
        }
        Duration age = Duration.between(modifiedAt, asOf);
        return Optional.of(age.isNegative() ? Duration.ZERO : age);
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
