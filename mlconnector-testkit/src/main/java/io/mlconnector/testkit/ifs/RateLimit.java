package io.mlconnector.testkit.ifs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lets so many requests through in any minute of the server's clock; zero is no limit. */
final class RateLimit {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perMinute;
    private final ServerClock clock;
    private final Deque<Instant> accepted = new ArrayDeque<>();

    RateLimit(int perMinute, ServerClock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Counts a request, or tells after how many seconds the next one fits. */
    synchronized Optional<Long> secondsToWait() {
        if (perMinute == 0) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        while (!accepted.isEmpty() && !accepted.getFirst().plus(WINDOW).isAfter(now)) {
            accepted.removeFirst();
        }
        if (accepted.size() < perMinute) {
            accepted.addLast(now);
            return Optional.empty();
        }
        long millis = Duration.between(now, accepted.getFirst().plus(WINDOW)).toMillis();
        return Optional.of(Math.max(1, (millis + 999) / 1000));
    }
}
