package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a flow runs by itself: a fixed pause after each run, with jitter so that many installations do not call at once.
 *
 * @param pause from the end of a run to the next one, at least one second
 * @param jitter how much is added at random at most, zero or more
 */
public record Schedule(Duration pause, Duration jitter) {

    /** Checks the ranges. */
    public Schedule {
        if (requireNonNull(pause, "pause").compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the pause of a schedule must be at least one second: " + pause);
        }
        if (requireNonNull(jitter, "jitter").isNegative()) {
            throw new IllegalArgumentException("the jitter of a schedule must not be negative: " + jitter);
        }
    }

    /**
     * Returns a schedule with a jitter of a tenth of the pause.
     *
     * @param pause from the end of a run to the next one, at least one second
     * @return the schedule
     */
    public static Schedule every(Duration pause) {
        return new Schedule(pause, pause.dividedBy(10));
    }

    Duration next(RandomGenerator random) {
        return pause.plusMillis(random.nextLong(jitter.toMillis() + 1));
    }
}
