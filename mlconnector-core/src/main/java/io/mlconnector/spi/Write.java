package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One effect that a sink is asked for.
 *
 * @param <T> the kind of record
 */
public sealed interface Write<T extends BusinessRecord> {

    /**
     * Returns the identity of the record at its source.
     *
     * @return the key
     */
    RecordKey key();

    /**
     * Returns the key under which a repetition of this write is recognised.
     *
     * @return the idempotency key
     */
    IdempotencyKey idempotencyKey();

    /**
     * Returns when the write was first intended, by the clock of this machine: compare it with that clock only.
     *
     * @return the instant
     */
    Instant intendedAt();

    /**
     * Answers by the kind of write.
     *
     * @param <R> the kind of answer
     * @param cases an answer for each kind
     * @return the answer
     */
    <R> R match(Cases<T, R> cases);

    /**
     * An answer for each kind of write, so that a new kind breaks the build.
     *
     * @param <T> the kind of record
     * @param <R> the kind of answer
     */
    interface Cases<T extends BusinessRecord, R> {

        /**
         * The record does not exist over there.
         *
         * @param create the write
         * @return the answer
         */
        R create(Create<T> create);

        /**
         * The record exists over there and differs.
         *
         * @param update the write
         * @return the answer
         */
        R update(Update<T> update);

        /**
         * The record is gone at its source.
         *
         * @param remove the write
         * @return the answer
         */
        R remove(Remove<T> remove);
    }

    /**
     * The record does not exist over there.
     *
     * @param <T> the kind of record
     * @param record what to create
     * @param idempotencyKey recognises a repetition
     * @param references resolves what the record refers to
     * @param intendedAt when the write was first intended
     * @param partial how far an earlier try came, as {@link Lookup.Partial} told; null if nothing is there
     */
    record Create<T extends BusinessRecord>(
            T record,
            IdempotencyKey idempotencyKey,
            References references,
            Instant intendedAt,
            @Nullable TargetRef partial)
            implements Write<T> {

        /** Refuses nulls. */
        public Create {
            requireNonNull(record, "record");
            requireNonNull(idempotencyKey, "idempotencyKey");
            requireNonNull(references, "references");
            requireNonNull(intendedAt, "intendedAt");
        }

        @Override
        public RecordKey key() {
            return record.key();
        }

        @Override
        public <R> R match(Cases<T, R> cases) {
            return cases.create(this);
        }
    }

    /**
     * The record exists over there and differs.
     *
     * @param <T> the kind of record
     * @param record its new state, whole
     * @param target which record over there
     * @param changedFields names of the canonical fields that differ from what was last written
     * @param idempotencyKey recognises a repetition
     * @param references resolves what the record refers to
     * @param intendedAt when the write was first intended
     */
    record Update<T extends BusinessRecord>(
            T record,
            TargetRef target,
            Set<String> changedFields,
            IdempotencyKey idempotencyKey,
            References references,
            Instant intendedAt)
            implements Write<T> {

        /** Copies the names and refuses nulls. */
        public Update {
            requireNonNull(record, "record");
            requireNonNull(target, "target");
            changedFields = Set.copyOf(changedFields);
            requireNonNull(idempotencyKey, "idempotencyKey");
            requireNonNull(references, "references");
            requireNonNull(intendedAt, "intendedAt");
        }

        @Override
        public RecordKey key() {
            return record.key();
        }

        @Override
        public <R> R match(Cases<T, R> cases) {
            return cases.update(this);
        }
    }

    /**
     * The record is gone at its source.
     *
     * @param <T> the kind of record
     * @param key which record at its source
     * @param target which record over there
     * @param idempotencyKey recognises a repetition
     * @param intendedAt when the write was first intended
     */
    record Remove<T extends BusinessRecord>(
            RecordKey key, TargetRef target, IdempotencyKey idempotencyKey, Instant intendedAt) implements Write<T> {

        /** Refuses nulls. */
        public Remove {
            requireNonNull(key, "key");
            requireNonNull(target, "target");
            requireNonNull(idempotencyKey, "idempotencyKey");
            requireNonNull(intendedAt, "intendedAt");
        }

        @Override
        public <R> R match(Cases<T, R> cases) {
            return cases.remove(this);
        }
    }
}
