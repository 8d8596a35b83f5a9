package io.mlconnector.bill;

import io.mlconnector.http.CallSlots;
import io.mlconnector.http.TokenBucket;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Quota;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/** What one developer key may do in one environment: calls at once, calls an hour, logins an hour. */
final class KeyQuota implements Quota {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST_JITTER = Duration.ofSeconds(20);

    private final CallSlots slots;
    private final TokenBucket calls;
    private final TokenBucket logins;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicReference<Instant> parkedUntil = new AtomicReference<>(Instant.MIN);

    KeyQuota(BillSettings settings, ConnectorContext context) {
        clock = context.clock();
        random = context.random();
        slots = CallSlots.of(settings.callsAtOnce());
        calls = hourly(settings.requestsPerHour(), settings.requestsPerHour() / 2);
        logins = hourly(settings.loginsPerHour(), Math.max(1, settings.loginsPerHour() / 4));
    }

    private TokenBucket hourly(int limit, int burst) {
        return TokenBucket.builder().addLimit(limit, HOUR, burst).clock(clock).build();
    }

    CallSlots slots() {
        return slots;
    }

    Quota logins() {
        return permits -> longer(reserve(permits), logins.reserve(permits));
    }

    @Override
    public Duration reserve(int permits) {
        return longer(calls.reserve(permits), left());
    }

    /**
     * Lets no call go before the next hour begins by the server's clock.
     *
     * @param serverNow what that clock shows
     */
    void park(Instant serverNow) {
        Instant top = serverNow.truncatedTo(ChronoUnit.HOURS).plus(HOUR);
        Duration jitter = Duration.ofMillis(random.nextLong(LONGEST_JITTER.toMillis()));
        Instant until = clock.instant().plus(Duration.between(serverNow, top)).plus(jitter);
        parkedUntil.accumulateAndGet(until, (known, next) -> known.isAfter(next) ? known : next);
    }

    private Duration left() {
        Instant until = parkedUntil.get();
        Instant now = clock.instant();
        return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
