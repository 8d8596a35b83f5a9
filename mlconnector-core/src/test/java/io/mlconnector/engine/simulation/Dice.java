package io.mlconnector.engine.simulation;

import java.time.Duration;
import java.util.Random;

/** All chance of a simulation, from one seed. */
final class Dice {

    private final Random random;
    private final int rate;
    private boolean calm;

    Dice(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        rate = 1 + random.nextInt(4);
    }

    /** Whether a fault happens; never again once it is {@link #calm}. */
    boolean fault(Fault fault) {
        return !calm && random.nextInt(1000) < fault.perMille() * rate / 2;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From zero to the longest, both included. */
    Duration upTo(Duration longest) {
        return Duration.ofMillis((long) (random.nextDouble() * (longest.toMillis() + 1)));
    }

    void calm() {
        calm = true;
    }
}
