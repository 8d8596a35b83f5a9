package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how patiently a call is repeated: full jitter under a ceiling that doubles, so that callers who failed
 * together do not come back together. It only tells how long to wait; the caller waits. Immutable.
 *
 * @param base the ceiling of the first wait, from 1 ms to {@code cap}
 * @param cap the highest ceiling, at most one day
 * @param attempts how often a call is sent in all, the first time included, at least 1
 * @param budget the time a call may take in all; no wait is begun that would end later. More than zero
 */
public record Backoff(Duration base, Duration cap, int attempts, Duration budget) {

    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public Backoff {
        requireNonNull(base, "base");
        requireNonNull(cap, "cap");
        requireNonNull(budget, "budget");
        if (base.compareTo(Duration.ofMillis(1)) < 0 || base.compareTo(cap) > 0) {
            throw new IllegalArgumentException("base must be from 1 ms to the cap of " + cap + ": " + base);
        }
        if (cap.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("cap must be at most " + LONGEST + ": " + cap);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
        }
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("budget must be more than zero: " + budget);
        }
    }

    /**
     * Returns the default: 0.5 s base, 60 s cap, 5 attempts, 10 minutes in all.
     *
     * @return the default
     */
    public static Backoff ofDefaults() {
        return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(60), 5, Duration.ofMinutes(10));
    }

    /**
     * Returns a backoff that sends a call once and never repeats it.
     *
     * @return no repetition
     */
    public static Backoff never() {
        return ofDefaults().withAttempts(1);
    }

    /**
     * Returns this backoff with other ceilings.
     *
     * @param newBase the ceiling of the first wait
     * @param newCap the highest ceiling
     * @return the changed copy
     * @throws IllegalArgumentException if a value is out of range
     */
    public Backoff withDelays(Duration newBase, Duration newCap) {
        return new Backoff(newBase, newCap, attempts, budget);
    }

    /**
     * Returns this backoff with another number of attempts.
     *
     * @param newAttempts how often a call is sent in all, at least 1
     * @return the changed copy
     * @throws IllegalArgumentException if the number is below 1
     */
    public Backoff withAttempts(int newAttempts) {
        return new Backoff(base, cap, newAttempts, budget);
    }

    /**
     * Returns this backoff with another budget.
     *
     * @param newBudget the time a call may take in all, more than zero
     * @return the changed copy
     * @throws IllegalArgumentException if the budget is not more than zero
     */
    public Backoff withBudget(Duration newBudget) {
        return new Backoff(base, cap, attempts, newBudget);
    }

    /**
     * Returns how long to wait after the attempt that failed: evenly spread from zero to a ceiling of {@code base}
     * doubled {@code attempt} times, at most {@code cap}. In whole milliseconds.
     *
     * @param attempt the number of the attempt that failed, from 0
     * @param random the dice
     * @return the wait, from zero to {@code cap}
     * @throws IllegalArgumentException if {@code attempt} is negative
     */
    public Duration delay(int attempt, RandomGenerator random) {
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt must not be negative: " + attempt);
        }
        // One day doubled 20 times is far below Long.MAX_VALUE.
        long ceiling = Math.min(cap.toMillis(), base.toMillis() << Math.min(attempt, 20));
        return Duration.ofMillis(random.nextLong(ceiling + 1));
    }
}
