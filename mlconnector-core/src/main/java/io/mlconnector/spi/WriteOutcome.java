package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one write. */
public sealed interface WriteOutcome {

    /**
     * Answers by the kind of outcome.
     *
     * @param <R> the kind of answer
     * @param cases an answer for each kind
     * @return the answer
     */
    <R> R match(Cases<R> cases);

    /**
     * An answer for each kind of outcome, so that a new kind breaks the build.
     *
     * @param <R> the kind of answer
     */
    interface Cases<R> {

        /**
         * The target holds the record.
         *
         * @param applied the outcome
         * @return the answer
         */
        R applied(Applied applied);

        /**
         * The target said no.
         *
         * @param rejected the outcome
         * @return the answer
         */
        R rejected(Rejected rejected);

        /**
         * The target's record changed meanwhile.
         *
         * @param conflicted the outcome
         * @return the answer
         */
        R conflicted(Conflicted conflicted);

        /**
         * The write may have taken effect.
         *
         * @param ambiguous the outcome
         * @return the answer
         */
        R ambiguous(Ambiguous ambiguous);

        /**
         * The target wants to be asked later.
         *
         * @param throttled the outcome
         * @return the answer
         */
        R throttled(Throttled throttled);

        /**
         * Something must come first.
         *
         * @param deferred the outcome
         * @return the answer
         */
        R deferred(Deferred deferred);
    }

    /**
     * The target holds the record. For a removal, the target no longer offers it.
     *
     * @param target the record over there
     * @param requestId the target's id of the call; null if it has none
     */
    record Applied(TargetRef target, @Nullable String requestId) implements WriteOutcome {

        /** Refuses a missing target. */
        public Applied {
            requireNonNull(target, "target");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.applied(this);
        }
    }

    /**
     * The target said no, and would say no again: a dead letter.
     *
     * @param reason the value, the rule and the record
     * @param requestId the target's id of the call; null if it has none or was not asked
     */
    record Rejected(String reason, @Nullable String requestId) implements WriteOutcome {

        /** Refuses a missing reason. */
        public Rejected {
            requireNonNull(reason, "reason");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rejected(this);
        }
    }

    /**
     * The target's record changed since it was read (HTTP 412). Nothing was written.
     *
     * @param detail what was stale
     */
    record Conflicted(String detail) implements WriteOutcome {

        /** Refuses a missing detail. */
        public Conflicted {
            requireNonNull(detail, "detail");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.conflicted(this);
        }
    }

    /**
     * The write may have taken effect: a timeout after sending, a reset, a server error. Nothing is sent again before
     * the sink's settle time has passed and its {@code find} has answered.
     *
     * @param evidence what is known
     */
    record Ambiguous(String evidence) implements WriteOutcome {

        /** Refuses missing evidence. */
        public Ambiguous {
            requireNonNull(evidence, "evidence");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ambiguous(this);
        }
    }

    /**
     * The target wants to be asked later. Nothing was written.
     *
     * @param retryAfter how long to wait; zero if the target does not say
     */
    record Throttled(Duration retryAfter) implements WriteOutcome {

        /** Refuses null. */
        public Throttled {
            requireNonNull(retryAfter, "retryAfter");
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.throttled(this);
        }
    }

    /**
     * Not now: parked, and tried again by itself. Nothing was written.
     *
     * @param awaited the record that must come first: tried again once it has a link; null if it is not about a record
     * @param reason what stands in the way. Without an awaited record it is something that passes, such as a lock of another
     *     user: tried again with growing delay, for about a day
     * @param sought whether it is also tried again with growing delay, without end, because the counterpart of the awaited
     *     record may appear at the target without a link
     */
    record Deferred(@Nullable RecordKey awaited, String reason, boolean sought) implements WriteOutcome {

        /** Refuses a missing reason, and a search for nothing. */
        public Deferred {
            requireNonNull(reason, "reason");
            if (sought) {
                requireNonNull(awaited, "awaited");
            }
        }

        /**
         * Not now.
         *
         * @param awaited the record that must come first; null if it is not about a record
         * @param reason what stands in the way
         */
        public Deferred(@Nullable RecordKey awaited, String reason) {
            this(awaited, reason, false);
        }

        /**
         * A record that this one refers to has no link yet.
         *
         * @param awaited the record that must come first
         */
        public Deferred(RecordKey awaited) {
            this(requireNonNull(awaited, "awaited"), "waits for " + awaited);
        }

        /**
         * What the record belongs to is not found at the target: neither by a link nor by what is known of it.
         *
         * @param awaited the record whose counterpart is looked for
         * @param reason the value, the rule and the record
         * @return the outcome
         */
        public static Deferred unmatched(RecordKey awaited, String reason) {
            return new Deferred(awaited, reason, true);
        }

        /**
         * Something stands in the way that passes by itself.
         *
         * @param reason the value, the rule and the record
         * @return the outcome
         */
        public static Deferred later(String reason) {
            return new Deferred(null, reason);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.deferred(this);
        }
    }
}
