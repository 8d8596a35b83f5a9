package io.mlconnector.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a parked record is tried again by itself: after a minute at first, and then after twice as long each time. */
final class RetryDelay {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);

    /** Together about a day. */
    private static final int TRIES = 12;

    private RetryDelay() {}

    static Instant after(int earlierTries, Instant now) {
        Duration delay = FIRST.multipliedBy(1L << Math.min(earlierTries, 20));
        return now.plus(delay.compareTo(LONGEST) < 0 ? delay : LONGEST);
    }

    /** Returns null when it has been tried often enough. */
    static @Nullable Instant afterOrGiveUp(int earlierTries, Instant now) {
        return earlierTries + 1 < TRIES ? after(earlierTries, now) : null;
    }
}
