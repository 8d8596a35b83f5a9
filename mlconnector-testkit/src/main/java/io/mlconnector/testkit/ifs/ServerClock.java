package io.mlconnector.testkit.ifs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The clock of the simulated server: the injected source, moved forward on command. */
final class ServerClock implements InstantSource {

    private final InstantSource source;
    private final ZoneId columnZone;
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    ServerClock(InstantSource source, ZoneId columnZone) {
        this.source = source;
        this.columnZone = columnZone;
    }

    @Override
    public Instant instant() {
        return source.instant().plus(offset.get());
    }

    void advance(Duration duration) {
        offset.accumulateAndGet(duration, Duration::plus);
    }

    /** What a database column shows for this moment: whole seconds, local time of its zone marked with a Z. */
    Instant stamp() {
        return LocalDateTime.ofInstant(instant(), columnZone)
                .truncatedTo(ChronoUnit.SECONDS)
                .toInstant(ZoneOffset.UTC);
    }

    String httpDate() {
        return httpDate(instant());
    }

    static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.ofInstant(instant.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC));
    }
}
