package io.mlconnector.http;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Adds up the forward steps of a clock that may be set back, so that a correction by an hour does not stop calls for an hour. */
final class ForwardOnlyMeter implements TimeMeter {

    private final InstantSource clock;
    private Instant previous;
    private long elapsed;

    ForwardOnlyMeter(InstantSource clock) {
        this.clock = clock;
        this.previous = clock.instant();
    }

    @Override
    public synchronized long currentTimeNanos() {
        Instant now = clock.instant();
        if (now.isAfter(previous)) {
            elapsed += Duration.between(previous, now).toNanos();
        }
        previous = now;
        return elapsed;
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }
}
