package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what an observer throws from the work that it looks at. */
final class HarmlessObserver implements Observer {

    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);

    private final Observer observer;

    HarmlessObserver(Observer observer) {
        this.observer = requireNonNull(observer, "observer");
    }

    @Override
    public Ending run(String flow, String run) {
        return begun(() -> observer.run(flow, run));
    }

    @Override
    public Ending page(String flow, String run) {
        return begun(() -> observer.page(flow, run));
    }

    @Override
    public Ending batch(String flow, String run, int records) {
        return begun(() -> observer.batch(flow, run, records));
    }

    @Override
    public Ending call(String connection, String method, String operation) {
        return begun(() -> observer.call(connection, method, operation));
    }

    private static Ending begun(Supplier<Ending> beginning) {
        try {
            Ending ending = requireNonNull(beginning.get(), "ending");
            return (outcome, failure) -> {
                try {
                    ending.ended(outcome, failure);
                } catch (RuntimeException e) {
                    LOG.warn("an observer failed", e);
                }
            };
        } catch (RuntimeException e) {
            LOG.warn("an observer failed", e);
            return Ending.NONE;
        }
    }
}
