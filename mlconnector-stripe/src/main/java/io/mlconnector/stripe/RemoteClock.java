package io.mlconnector.stripe;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stripe's clock, as the {@code Date} of its answers shows it. Only differences are taken of our own clock. Safe for threads. */
final class RemoteClock {

    /** More than the seconds that a header rounds away and a corrected clock of ours jumps by. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

    RemoteClock(InstantSource clock) {
        this.clock = clock;
    }

    void read(String date) {
        try {
            Instant remote = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip()));
            last.set(new Reading(remote, clock.instant()));
        } catch (DateTimeException notADate) {
            // the last reading stands
        }
    }

    /** Returns a time on Stripe's clock before which a write intended at {@code intendedAt} cannot have begun. */
    Instant notBefore(Instant intendedAt) {
        Reading reading = last.get();
        return reading == null
                ? Instant.EPOCH
                : reading.remote
                        .minus(Duration.between(intendedAt, reading.local))
                        .minus(MARGIN);
    }

    /** Returns what Stripe's clock shows now; ours before its first answer. */
    Instant now() {
        return clock.instant().plus(ahead().orElse(Duration.ZERO));
    }

    /** Returns how far Stripe's clock was ahead of ours, if an answer told. */
    Optional<Duration> ahead() {
        return Optional.ofNullable(last.get()).map(reading -> Duration.between(reading.local, reading.remote));
    }

    private record Reading(Instant remote, Instant local) {}
}
