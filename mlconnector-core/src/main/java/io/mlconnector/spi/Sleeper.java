package io.mlconnector.spi;

import java.time.Duration;

/** Waits; handed in so that tests move time instead of spending it. Implementations are safe for threads. */
@FunctionalInterface
public interface Sleeper {

    /** The sleeper that really sleeps. */
    Sleeper REAL = duration -> {
        if (!duration.isNegative() && !duration.isZero()) {
            Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        }
    };

    /**
     * Returns after {@code duration}; at once if it is zero or negative.
     *
     * @param duration how long to wait
     * @throws InterruptedException if the waiting thread is interrupted
     */
    void sleep(Duration duration) throws InterruptedException;
}
