package io.mlconnector.testkit.ifs;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. */
final class SettableClock implements InstantSource {

    static final Instant START = Instant.parse("2026-01-15T09:30:12.750Z");

    private volatile Instant now = START;

    void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
