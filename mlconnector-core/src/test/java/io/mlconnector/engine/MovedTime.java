package io.mlconnector.engine;

import io.mlconnector.spi.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A clock that moves when somebody sleeps. */
final class MovedTime implements InstantSource, Sleeper {

    private volatile Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private final List<Duration> sleeps = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        sleeps.add(duration);
        now = now.plus(duration);
    }

    List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }
}
