package io.mlconnector.engine;

import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.UnavailableException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Lets a flow run once at a time within this process. Safe for threads. */
final class Turns {

    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    /** Does the work now, or refuses if the flow is running. */
    <R> R now(Flow<?> flow, Supplier<R> work) {
        Semaphore turn = turn(flow);
        if (!turn.tryAcquire()) {
            throw new IllegalStateException("flow " + flow.name() + " is running already");
        }
        return releasing(turn, work);
    }

    /** Does the work once the flow does not run. */
    <R> R whenFree(Flow<?> flow, Supplier<R> work) {
        Semaphore turn = turn(flow);
        try {
            turn.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    "interrupted while flow " + flow.name() + " is running", MlConnectorException.Details.NONE, e);
        }
        return releasing(turn, work);
    }

    private static <R> R releasing(Semaphore turn, Supplier<R> work) {
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }

    private Semaphore turn(Flow<?> flow) {
        return turns.computeIfAbsent(flow.name(), name -> new Semaphore(1));
    }
}
