package io.mlconnector.cloudsuite;

import io.mlconnector.spi.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when someone sleeps. Safe for threads. */
final class ManualClock implements InstantSource, Sleeper {

    private Instant now;
    private Duration slept = Duration.ZERO;

    ManualClock(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        now = now.plus(duration);
        slept = slept.plus(duration);
    }

    synchronized Duration slept() {
        return slept;
    }
}
