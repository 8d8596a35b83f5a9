package io.mlconnector.jdbc.kill;

import io.mlconnector.spi.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Time that is moved, not spent. */
final class MovedTime implements InstantSource, Sleeper {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    @Override
    public void sleep(Duration duration) {
        ahead.accumulateAndGet(duration, Duration::plus);
    }
}
