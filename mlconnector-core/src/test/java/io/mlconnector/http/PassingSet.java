package io.mlconnector.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes every question on to another set. */
abstract class PassingSet<R> implements FrontierSet<R, Instant> {

    private final FrontierSet<R, Instant> inner;

    PassingSet(FrontierSet<R, Instant> inner) {
        this.inner = inner;
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        return inner.probe(atMost);
    }

    @Override
    public List<R> pageByStamp(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        return inner.pageByStamp(window, after, size);
    }

    @Override
    public List<R> pageByKey(@Nullable List<String> after, int size) {
        return inner.pageByKey(after, size);
    }

    @Override
    public @Nullable Instant stampOf(R row) {
        return inner.stampOf(row);
    }

    @Override
    public List<String> keyOf(R row) {
        return inner.keyOf(row);
    }
}
