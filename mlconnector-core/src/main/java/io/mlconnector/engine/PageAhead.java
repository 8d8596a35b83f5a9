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

/**
 * Polls one page ahead: while a page is being written, the next one is on its way. No more than two pages are ever in
 * memory. For one thread.
 */
final class PageAhead<T extends BusinessRecord> implements AutoCloseable {

    private final Source<T> source;
    private final ExecutorService executor;
    private Future<Page<T>> coming;

    PageAhead(String flow, Source<T> source, Position from, Workers workers) {
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
        return executor.submit(() -> source.poll(from));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
