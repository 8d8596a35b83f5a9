package io.mlconnector.engine;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books of one run of a flow.
 *
 * @param flow the flow
 * @param run the id of the run
 * @param polled how many records the source delivered, those that a filter left out included
 * @param filtered how many of them a filter left out
 * @param replayed how many of the records read came from the parked ones and the dead letters, not from the source
 * @param recovered how many writes of an earlier run were still open and are settled now; not part of {@code read}
 * @param read what was taken up
 * @param outcomes what became of it
 * @param abandoned what was taken up and left unsettled because the run failed; it will be read again
 * @param failure why the run ended early; null if it did not
 */
public record FlowReport(
        String flow,
        String run,
        long polled,
        long filtered,
        long replayed,
        long recovered,
        Sum read,
        Map<Tally, Sum> outcomes,
        Sum abandoned,
        @Nullable String failure) {

    /** Copies the map. */
    public FlowReport {
        outcomes = Collections.unmodifiableMap(new EnumMap<>(outcomes));
    }

    /**
     * Returns how many records ended in one way.
     *
     * @param tally the way
     * @return the number of records
     */
    public long count(Tally tally) {
        return outcome(tally).count();
    }

    /**
     * Returns number and money of the records that ended in one way.
     *
     * @param tally the way
     * @return the sum
     */
    public Sum outcome(Tally tally) {
        return outcomes.getOrDefault(tally, Sum.NOTHING);
    }

    /**
     * Returns how many records were taken up.
     *
     * @return the number of records
     */
    public long readCount() {
        return read.count();
    }

    /**
     * Returns whether everything that was read is accounted for, by number and by money in every currency.
     *
     * @return true if the books balance
     */
    public boolean balanced() {
        Sum accounted = abandoned;
        for (Sum outcome : outcomes.values()) {
            accounted = accounted.plus(outcome);
        }
        return accounted.equals(read) && (failure != null || abandoned.count() == 0);
    }

    /**
     * Returns whether the run came to its end.
     *
     * @return false if it failed
     */
    public boolean completed() {
        return failure == null;
    }

    /**
     * Returns why the run ended early.
     *
     * @return the reason, if it did
     */
    public Optional<String> failureReason() {
        return Optional.ofNullable(failure);
    }
}
