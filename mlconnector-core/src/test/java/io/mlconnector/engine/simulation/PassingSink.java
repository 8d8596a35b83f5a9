package io.mlconnector.engine.simulation;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.List;

/** Passes everything on. */
abstract class PassingSink<T extends BusinessRecord> implements Sink<T> {

    private final Sink<T> inner;

    PassingSink(Sink<T> inner) {
        this.inner = inner;
    }

    @Override
    public Class<T> type() {
        return inner.type();
    }

    @Override
    public int maxBatch() {
        return inner.maxBatch();
    }

    @Override
    public List<WriteOutcome> write(List<Write<T>> batch) {
        return inner.write(batch);
    }

    @Override
    public Lookup find(Write<T> write) {
        return inner.find(write);
    }

    @Override
    public Duration settleTime() {
        return inner.settleTime();
    }
}
