package io.mlconnector.engine.simulation;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.util.Optional;

/** Passes everything on. */
abstract class PassingSource<T extends BusinessRecord> implements Source<T> {

    private final Source<T> inner;

    PassingSource(Source<T> inner) {
        this.inner = inner;
    }

    @Override
    public Class<T> type() {
        return inner.type();
    }

    @Override
    public Page<T> poll(Position from) {
        return inner.poll(from);
    }

    @Override
    public Optional<Change<T>> fetch(String id) {
        return inner.fetch(id);
    }
}
