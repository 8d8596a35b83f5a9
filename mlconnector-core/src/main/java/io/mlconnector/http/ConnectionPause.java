package io.mlconnector.http;

import java.time.Duration;
import java.time.InstantSource;

/** The time before which no thread of a connection sends anything. A clock that is set back does not prolong it. */
final class ConnectionPause {

    private final ForwardOnlyMeter meter;
    private long until;

    ConnectionPause(InstantSource clock) {
        this.meter = new ForwardOnlyMeter(clock);
    }

    synchronized void atLeast(Duration length) {
        until = Math.max(until, meter.currentTimeNanos() + length.toNanos());
    }

    /** Returns what is left of the pause, zero or negative if there is none. */
    synchronized Duration left() {
        return Duration.ofNanos(until - meter.currentTimeNanos());
    }
}
