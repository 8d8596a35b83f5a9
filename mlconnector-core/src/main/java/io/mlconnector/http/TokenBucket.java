package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.local.LocalBucketBuilder;
import io.mlconnector.spi.Quota;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A quota kept in this process. In any window of a limit's period, wherever it begins, no more calls start than the limit
 * allows: the burst is taken out of the limit and not added to it. Waiting callers are served in the order in which they
 * asked, so none starves. Safe for threads; arithmetic is on integers.
 *
 * <p>A clock that is set back stops nothing, and one that is set forward grants at most one burst.
 */
public final class TokenBucket implements Quota {

    private final Bucket bucket;

    private TokenBucket(Builder builder) {
        LocalBucketBuilder local = Bucket.builder();
        builder.limits.forEach(local::addLimit);
        bucket = local.withCustomTimePrecision(new ForwardOnlyMeter(builder.clock))
                .build();
    }

    /**
     * Returns a bucket for at most {@code limit} calls in any minute, on the system's clock.
     *
     * @param limit calls per minute, at least 1
     * @param burst how many of them may start at once after a rest, from 1 to {@code limit}; about {@code limit - burst}
     *     remain for a steady stream
     * @return the bucket
     * @throws IllegalArgumentException if a number is out of range
     */
    public static TokenBucket perMinute(int limit, int burst) {
        return builder().addLimit(limit, Duration.ofMinutes(1), burst).build();
    }

    /**
     * Returns a bucket for at most {@code limit} calls in any second, evenly spaced, on the system's clock.
     *
     * @param limit calls per second, at least 1
     * @return the bucket
     * @throws IllegalArgumentException if the limit is below 1
     */
    public static TokenBucket perSecond(int limit) {
        return builder().addLimit(limit, Duration.ofSeconds(1), 1).build();
    }

    /**
     * Returns a builder without limits, on the system's clock.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Duration reserve(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("permits must be at least 1: " + permits);
        }
        return Duration.ofNanos(bucket.consumeIgnoringRateLimits(permits));
    }

    /** Collects limits; all of them hold. For one thread. */
    public static final class Builder {

        private final List<Bandwidth> limits = new ArrayList<>();
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Adds a limit.
         *
         * @param limit calls in any window of {@code period}, at least 1
         * @param period the length of the window, more than zero and at least one nanosecond per call
         * @param burst how many of the calls may start at once after a rest, from 1 to {@code limit}
         * @return this builder
         * @throws IllegalArgumentException if a value is out of range
         */
        public Builder addLimit(int limit, Duration period, int burst) {
            requireNonNull(period, "period");
            if (limit < 1) {
                throw new IllegalArgumentException("limit must be at least 1: " + limit);
            }
            if (burst < 1 || burst > limit) {
                throw new IllegalArgumentException("burst must be from 1 to the limit of " + limit + ": " + burst);
            }
            if (period.isNegative() || period.compareTo(Duration.ofNanos(limit)) < 0) {
                throw new IllegalArgumentException("period must be at least one nanosecond per call: " + period);
            }
            // A half-open window starts with at most `burst` permits and gains less than what is refilled in a period.
            limits.add(Bandwidth.builder()
                    .capacity(burst)
                    .refillGreedy(limit - burst + 1L, period)
                    .build());
            return this;
        }

        /**
         * Sets the clock; the default is the system's.
         *
         * @param clock tells the time
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Returns the bucket, full.
         *
         * @return the bucket
         * @throws IllegalArgumentException if there is no limit
         */
        public TokenBucket build() {
            if (limits.isEmpty()) {
                throw new IllegalArgumentException("a token bucket needs at least one limit");
            }
            return new TokenBucket(this);
        }
    }
}
