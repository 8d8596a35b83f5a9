package io.mlconnector.spi;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The default source of chance: each thread draws from its own generator. */
final class RandomGenerators {

    private RandomGenerators() {}

    static RandomGenerator threadSafe() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
