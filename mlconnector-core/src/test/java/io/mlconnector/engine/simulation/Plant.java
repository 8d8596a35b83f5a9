package io.mlconnector.engine.simulation;

import io.mlconnector.http.FrontierSet;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A defect, planted around the engine; each method may put something between the engine and the honest part. */
interface Plant {

    /** No defect. */
    Plant NONE = new Plant() {};

    /** What is below the watched ledger, shared by all processes. */
    default Ledger store(Ledger honest) {
        return honest;
    }

    /** What a process takes for its ledger. */
    default Ledger ledger(Ledger honest) {
        return honest;
    }

    default <T extends BusinessRecord> Source<T> source(String flow, Source<T> honest, InstantSource clock) {
        return honest;
    }

    default <T extends BusinessRecord> Sink<T> sink(Sink<T> honest) {
        return honest;
    }

    default <R> FrontierSet<R, Instant> set(FrontierSet<R, Instant> honest) {
        return honest;
    }

    default Duration overlap(Duration honest) {
        return honest;
    }
}
