package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One kind of record that goes from one connection to another. Immutable; steps that users add must be pure functions.
 *
 * @param <T> the kind of record
 */
public final class Flow<T extends BusinessRecord> {

    /** What happens at the target when a record is gone at the source. */
    public enum Deletes {
        /** It is taken away over there too. */
        REMOVE,
        /** It stays. */
        KEEP
    }

    /**
     * Who wins when both sides of a two-way flow have changed the same field since they were last in step. Two flows are the
     * two ways of one when each reads what the other writes.
     */
    public enum Conflicts {
        /** The value of this flow's source is written. */
        SOURCE_WINS,
        /** The value at this flow's target stays, and the opposite flow brings it back. */
        TARGET_WINS,
        /**
         * The later change is written. Each system's own clock tells how long ago it was; where one does not tell, the record
         * is parked.
         */
        NEWEST_WINS,
        /** The record is parked until both sides agree, or until a person decides. */
        PARK_FOR_REVIEW;

        Conflicts mirrored() {
            return switch (this) {
                case SOURCE_WINS -> TARGET_WINS;
                case TARGET_WINS -> SOURCE_WINS;
                case NEWEST_WINS, PARK_FOR_REVIEW -> this;
            };
        }
    }

    private final String name;
    private final Class<T> type;
    private final Endpoint source;
    private final Endpoint target;
    private final List<Predicate<T>> filters;
    private final List<UnaryOperator<T>> transforms;
    private final int lanes;
    private final int batch;
    private final Deletes deletes;
    private final Terms terms;

    private Flow(Builder<T> builder) {
        this.name = builder.name;
        this.type = builder.type;
        this.source = requireNonNull(builder.source, "from");
        this.target = requireNonNull(builder.target, "to");
        this.filters = List.copyOf(builder.filters);
        this.transforms = List.copyOf(builder.transforms);
        this.lanes = builder.lanes;
        this.batch = builder.batch;
        this.deletes = builder.deletes;
        this.terms = new Terms(builder.conflicts, builder.sourceOwned, builder.targetOwned);
    }

    /**
     * Starts a flow.
     *
     * @param <T> the kind of record
     * @param name the flow's name, unique within an engine and stable: its position and its letters are kept under it
     * @param type the kind of record
     * @return a builder; source and target must be set
     */
    public static <T extends BusinessRecord> Builder<T> of(String name, Class<T> type) {
        return new Builder<>(name, type);
    }

    /**
     * Returns the flow's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the kind of record.
     *
     * @return the class of the records
     */
    public Class<T> type() {
        return type;
    }

    /**
     * Returns where records come from.
     *
     * @return the source
     */
    public Endpoint source() {
        return source;
    }

    /**
     * Returns where records go.
     *
     * @return the target
     */
    public Endpoint target() {
        return target;
    }

    int lanes() {
        return lanes;
    }

    int batch() {
        return batch;
    }

    Deletes deletes() {
        return deletes;
    }

    Terms terms() {
        return terms;
    }

    /** Whether each of the two reads what the other writes. */
    boolean isOppositeOf(Flow<?> other) {
        return type == other.type && source.equals(other.target) && target.equals(other.source);
    }

    /** Whether the user has added filters or transforms. */
    boolean hasSteps() {
        return !filters.isEmpty() || !transforms.isEmpty();
    }

    boolean accepts(T record) {
        return filters.stream().allMatch(filter -> filter.test(record));
    }

    T transformed(T record) {
        T result = record;
        for (UnaryOperator<T> transform : transforms) {
            result = transform.apply(result);
        }
        if (!result.key().equals(record.key())) {
            throw new IllegalArgumentException(
                    "a transform of flow " + name + " changed the key " + record.key() + " to " + result.key());
        }
        return result;
    }

    @Override
    public String toString() {
        return name + ": " + source + " -> " + target;
    }

    /**
     * Builds a flow. For one thread.
     *
     * @param <T> the kind of record
     */
    public static final class Builder<T extends BusinessRecord> {

        private final String name;
        private final Class<T> type;
        private @Nullable Endpoint source;
        private @Nullable Endpoint target;
        private final List<Predicate<T>> filters = new ArrayList<>();
        private final List<UnaryOperator<T>> transforms = new ArrayList<>();
        private int lanes = 4;
        private int batch = 100;
        private Deletes deletes = Deletes.REMOVE;
        private @Nullable Conflicts conflicts;
        private final Set<String> sourceOwned = new TreeSet<>();
        private final Set<String> targetOwned = new TreeSet<>();

        private Builder(String name, Class<T> type) {
            if (!requireNonNull(name, "name").matches("[A-Za-z0-9._-]{1,80}")) {
                throw new IllegalArgumentException(
                        "the name of a flow has 1 to 80 letters, digits, '.', '-' or '_': '" + name + "'");
            }
            this.name = name;
            this.type = requireNonNull(type, "type");
        }

        /**
         * Sets where records come from. Must be set.
         *
         * @param endpoint {@code connection/entity}
         * @return this builder
         */
        public Builder<T> from(String endpoint) {
            source = Endpoint.parse(endpoint);
            return this;
        }

        /**
         * Sets where records go. Must be set.
         *
         * @param endpoint {@code connection/entity}
         * @return this builder
         */
        public Builder<T> to(String endpoint) {
            target = Endpoint.parse(endpoint);
            return this;
        }

        /**
         * Adds a condition; a record that does not meet it is left out, and counted.
         *
         * @param condition a pure function
         * @return this builder
         */
        public Builder<T> addFilter(Predicate<T> condition) {
            filters.add(requireNonNull(condition, "condition"));
            return this;
        }

        /**
         * Adds a change to every record, after the filters. If it throws, the record becomes a dead letter.
         *
         * @param transform a pure function that keeps the key
         * @return this builder
         */
        public Builder<T> addTransform(UnaryOperator<T> transform) {
            transforms.add(requireNonNull(transform, "transform"));
            return this;
        }

        /**
         * Sets how many writes are in flight at once. The writes of one record never are. Default 4.
         *
         * @param count from 1 to 64
         * @return this builder
         */
        public Builder<T> lanes(int count) {
            lanes = inRange("lanes", count, 1, 64);
            return this;
        }

        /**
         * Sets how many records are settled in one transaction, which is also how many must be looked up after a crash
         * at most. Default 100.
         *
         * @param records from 1 to 10,000
         * @return this builder
         */
        public Builder<T> batch(int records) {
            batch = inRange("batch", records, 1, 10_000);
            return this;
        }

        /**
         * Sets what happens when a record is gone at the source. Default {@link Deletes#REMOVE}.
         *
         * @param policy what to do
         * @return this builder
         */
        public Builder<T> deletes(Deletes policy) {
            deletes = requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets who wins when both sides of a two-way flow have changed the same field. Said by one of the two flows, it holds
         * for both. Default {@link Conflicts#PARK_FOR_REVIEW}.
         *
         * @param policy who wins
         * @return this builder
         */
        public Builder<T> conflicts(Conflicts policy) {
            conflicts = requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Names fields of a two-way flow that belong to the source's side: a change at the target is not brought back, and is
         * overwritten by the next change here. Said by one of the two flows, it holds for both.
         *
         * @param fields names of canonical fields, such as {@code paymentTerms}
         * @return this builder
         */
        public Builder<T> sourceOwns(String... fields) {
            sourceOwned.addAll(List.of(fields));
            return this;
        }

        /**
         * Names fields of a two-way flow that belong to the target's side: a change at the source is not written.
         *
         * @param fields names of canonical fields, such as {@code email}
         * @return this builder
         */
        public Builder<T> targetOwns(String... fields) {
            targetOwned.addAll(List.of(fields));
            return this;
        }

        /**
         * Returns the flow.
         *
         * @return the flow
         * @throws NullPointerException if source or target is missing
         */
        public Flow<T> build() {
            return new Flow<>(this);
        }

        private static int inRange(String name, int value, int lowest, int highest) {
            if (value < lowest || value > highest) {
                throw new IllegalArgumentException(name + " must be from " + lowest + " to " + highest + ": " + value);
            }
            return value;
        }
    }
}
