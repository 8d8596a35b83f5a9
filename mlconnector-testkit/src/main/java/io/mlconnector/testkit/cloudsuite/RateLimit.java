package io.mlconnector.testkit.cloudsuite;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Lets so many requests through in any minute. Safe for threads. */
final class RateLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final InstantSource clock;
    private final Deque<Instant> accepted = new ArrayDeque<>();

    RateLimit(int perMinute, InstantSource clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    synchronized boolean allows() {
        Instant now = clock.instant();
        while (!accepted.isEmpty() && !accepted.getFirst().plus(WINDOW).isAfter(now)) {
            accepted.removeFirst();
        }
        if (accepted.size() >= perMinute) {
            return false;
        }
        accepted.addLast(now);
        return true;
    }
}
