package io.mlconnector.engine;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners; what one of them throws harms neither the run nor the others. */
final class SafeListener implements SyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(SyncListener.class);

    private final List<SyncListener> listeners;

    SafeListener(List<SyncListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void runStarted(String flow, String run) {
        tell(listener -> listener.runStarted(flow, run));
    }

    @Override
    public void pageRead(PageRead page) {
        tell(listener -> listener.pageRead(page));
    }

    @Override
    public void pageSettled(FlowReport soFar) {
        tell(listener -> listener.pageSettled(soFar));
    }

    @Override
    public void runEnded(FlowReport report) {
        tell(listener -> listener.runEnded(report));
    }

    private void tell(Consumer<SyncListener> event) {
        for (SyncListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a listener failed", e);
            }
        }
    }
}
