package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Stamps that are row versions. */
record NumberStamps(long overlap, Duration settleTime) implements StampKind<Long> {

    NumberStamps {
        if (overlap < 0 || requireNonNull(settleTime, "settleTime").isNegative()) {
            throw new IllegalArgumentException(
                    "overlap and settleTime must not be negative: " + overlap + ", " + settleTime);
        }
    }

    @Override
    public String format(Long stamp) {
        return Long.toString(stamp);
    }

    @Override
    public Long parse(String text) {
        return Long.valueOf(text);
    }

    @Override
    public Long lowerBound(Long watermark) {
        return watermark < Long.MIN_VALUE + overlap ? Long.MIN_VALUE : watermark - overlap;
    }

    @Override
    public Long before(Long stamp) {
        return stamp - 1;
    }

    @Override
    public Optional<Long> latestPlausible(Instant remoteTime) {
        return Optional.empty();
    }

    @Override
    public Optional<Long> latestPast(Instant remoteTime) {
        return Optional.empty();
    }
}
