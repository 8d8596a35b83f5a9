package io.mlconnector.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time, on our clock, before which no thread of a connection sends anything. */
final class ConnectionPause {

    private final InstantSource clock;
    private Instant until;

    ConnectionPause(InstantSource clock) {
        this.clock = clock;
        this.until = clock.instant();
    }

    synchronized void atLeast(Duration length) {
        Instant end = clock.instant().plus(length);
        if (end.isAfter(until)) {
            until = end;
        }
    }

    /** Returns what is left of the pause, zero or negative if there is none. */
    synchronized Duration left() {
        return Duration.between(clock.instant(), until);
    }
}
