package io.mlconnector.engine.simulation;

import io.mlconnector.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Which records have a write that nobody has the answer of, and until when it may still take effect. */
final class Suspense {

    private final Map<RecordKey, Instant> openUntil = new HashMap<>();
    private final InstantSource clock;
    private final Duration settleTime;
    private final Trace trace;

    Suspense(InstantSource clock, Duration settleTime, Trace trace) {
        this.clock = clock;
        this.settleTime = settleTime;
        this.trace = trace;
    }

    void sending(RecordKey key) {
        trace.require(
                !openUntil.containsKey(key), "a write of " + key + " before the one without an answer was looked up");
    }

    /** The call has ended, or the process has died, and the caller does not know what became of the write. */
    void unanswered(RecordKey key) {
        openUntil.put(key, clock.instant().plus(settleTime));
    }

    void answered(RecordKey key) {
        openUntil.remove(key);
    }

    void lookedUp(RecordKey key) {
        Instant until = openUntil.remove(key);
        trace.require(
                until == null || !clock.instant().isBefore(until), "a look-up of " + key + " before the settle time");
    }
}
