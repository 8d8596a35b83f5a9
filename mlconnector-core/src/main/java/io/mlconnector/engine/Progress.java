package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a run is.
 *
 * @param flow its flow
 * @param run its id
 * @param startedAt when it began
 * @param records how many records of the source are settled by now
 * @param perSecond how many a second it settled of late, over up to a minute; 0 before the first page
 * @param remaining how many are left, roughly; empty if the source cannot count them
 */
public record Progress(
        String flow, String run, Instant startedAt, long records, double perSecond, OptionalLong remaining) {

    /** Refuses nulls. */
    public Progress {
        requireNonNull(flow, "flow");
        requireNonNull(run, "run");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(remaining, "remaining");
    }

    /**
     * Returns how long the run goes on at its present rate.
     *
     * @return the time left, in whole seconds; empty if it cannot be told
     */
    public Optional<Duration> timeLeft() {
        return remaining.isEmpty() || perSecond <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) Math.ceil(remaining.getAsLong() / perSecond)));
    }
}
