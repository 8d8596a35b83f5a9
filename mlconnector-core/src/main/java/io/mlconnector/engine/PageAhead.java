package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.UnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Polls one page ahead: while a page is being written, the next one is on its way. No more than two pages are ever in
 * memory. For one thread.
 */
final class PageAhead<T extends BusinessRecord> implements AutoCloseable {

    /** A poll that hears no interruption ends by its own time limits; nobody waits longer than this for it. */
    private static final long SECONDS_TO_END = 30;

    private final Function<Position, Page<T>> source;
    private final ExecutorService executor;
    private Future<Page<T>> coming;

    PageAhead(String flow, Source<T> source, Position from, Workers workers) {
        this(flow, source::poll, from, workers);
    }

    PageAhead(String flow, Function<Position, Page<T>> source, Position from, Workers workers) {
        this.source = source;
        this.executor = workers.open("mlconnector-" + flow + "-poll", 1);
        this.coming = poll(from);
    }

    /** Returns the next page, and starts to poll the one after it. */
    Page<T> next() {
        try {
            Page<T> page = coming.get();
            if (!page.last()) {
                coming = poll(page.next());
            }
            return page;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while reading", MlConnectorException.Details.NONE, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("the source died", e.getCause());
        }
    }

    private Future<Page<T>> poll(Position from) {
        return executor.submit(() -> source.apply(from));
    }

    /**
     * Cancels the poll that is on its way, and waits until it has ended, because a source serves one thread at a time and
     * the next run may begin at once.
     */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                throw new UnavailableException(
                        "the source has not ended its poll within " + SECONDS_TO_END + " s after it was cancelled",
                        MlConnectorException.Details.NONE,
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
