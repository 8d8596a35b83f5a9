package io.mlconnector.engine;

import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Sleeper;
import io.mlconnector.spi.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/** Time, chance, threads and the log of an engine. */
record Surroundings(InstantSource clock, Sleeper sleeper, RandomGenerator random, Workers workers, Logger log) {

    /** Waits; an interrupt ends the pass. */
    void pause(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            return;
        }
        try {
            sleeper.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting", MlConnectorException.Details.NONE, e);
        }
    }
}
