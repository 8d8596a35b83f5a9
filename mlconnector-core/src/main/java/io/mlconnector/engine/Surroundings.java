package io.mlconnector.engine;

import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Sleeper;
import io.mlconnector.spi.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/** Time, chance, threads and the log of an engine, and whether it is to close. */
record Surroundings(
        InstantSource clock,
        Sleeper sleeper,
        RandomGenerator random,
        Workers workers,
        Logger log,
        BooleanSupplier draining) {

    /** Ends the pass if the engine is to close. */
    void refuseWhileDraining() {
        if (draining.getAsBoolean()) {
            throw new UnavailableException(
                    "ended after a page, because the engine closes; the next pass goes on from here",
                    MlConnectorException.Details.NONE);
        }
    }

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
