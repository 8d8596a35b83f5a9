package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Stamps that are times. */
record TimeStamps(Duration overlap) implements StampKind<Instant> {

    private static final Duration LARGEST_SHIFT = Duration.ofHours(15);

    TimeStamps {
        if (requireNonNull(overlap, "overlap").isNegative()) {
            throw new IllegalArgumentException("overlap must not be negative: " + overlap);
        }
    }

    @Override
    public String format(Instant stamp) {
        return stamp.toString();
    }

    @Override
    public Instant parse(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time: " + text, e);
        }
    }

    /** Whole seconds, because some systems take no others in a filter; earlier is always safe. */
    @Override
    public Instant lowerBound(Instant watermark) {
        return watermark.minus(overlap).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whole seconds, as above. */
    @Override
    public Instant before(Instant stamp) {
        return stamp.minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public Duration settleTime() {
        return overlap;
    }

    @Override
    public Optional<Instant> latestPlausible(Instant remoteTime) {
        return Optional.of(remoteTime.plus(LARGEST_SHIFT).truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public Optional<Instant> latestPast(Instant remoteTime) {
        return Optional.of(remoteTime.minus(LARGEST_SHIFT).truncatedTo(ChronoUnit.SECONDS));
    }
}
