package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Fingerprint;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the simulation needs of the engine and may not see from its own package. */
public final class SteppedEngines {

    private SteppedEngines() {}

    /** Runs polls and lanes on the given executors instead of threads. */
    public static SyncEngine.Builder onExecutors(SyncEngine.Builder builder, Supplier<ExecutorService> executors) {
        return builder.workers((name, threads) -> executors.get());
    }

    public static Fingerprint fingerprint(@Nullable BusinessRecord record) {
        return record == null ? Fingerprint.none() : new Fingerprinter().of(record);
    }
}
