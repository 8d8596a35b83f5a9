package io.mlconnector.http;

import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A clock that only moves when told, and a sleeper that moves it and remembers what it was asked for. */
final class VirtualTime implements InstantSource, Sleeper {

    static final Instant START = Instant.parse("2026-01-15T09:00:00Z");

    private final List<Duration> sleeps = new ArrayList<>();
    private Instant now = START;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        now = now.plus(duration);
    }

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    synchronized List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    synchronized Duration elapsed() {
        return Duration.between(START, now);
    }

    ConnectorContext context() {
        return new ConnectorContext("acme-prod", this, this, new Random(42));
    }
}
