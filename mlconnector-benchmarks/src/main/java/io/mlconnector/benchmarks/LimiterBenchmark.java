package io.mlconnector.benchmarks;

import io.github.bucket4j.Bucket;
import io.mlconnector.http.TokenBucket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One permit out of a quota that is never short. The floor does what is needed at the least: it reads a clock, and counts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimiterBenchmark {

    private static final int PLENTY = 1_000_000_000;

    private final TokenBucket bucket = TokenBucket.perSecond(PLENTY);
    private final Bucket bucket4j = Bucket.builder()
            .addLimit(limit -> limit.capacity(PLENTY).refillGreedy(PLENTY, Duration.ofSeconds(1)))
            .build();
    private long nextFree = System.nanoTime();

    /** Creates the benchmark; called by JMH. */
    public LimiterBenchmark() {}

    /** The floor: a clock and an addition under a lock. */
    @Benchmark
    public synchronized long byHand() {
        long now = System.nanoTime();
        nextFree = Math.max(nextFree, now) + 1;
        return nextFree - now;
    }

    /** The library: on bucket4j, with a clock that cannot be set back. */
    @Benchmark
    public Object tokenBucket() {
        return bucket.reserve(1);
    }

    /** Bucket4j itself. */
    @Benchmark
    public long bucket4j() {
        return bucket4j.consumeIgnoringRateLimits(1);
    }
}
