package io.mlconnector.engine;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Observer;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * The pieces of work of one run: each shows itself to the observer, and each has flow, run and record in the log lines that it
 * writes, on whatever thread. What a thread had there before comes back. Safe for threads.
 */
record RunWork(String flow, String run, Observer observer) {

    /** Under these names, which are documented. */
    static final String FLOW = "mlconnector.flow";

    static final String RUN = "mlconnector.run";
    static final String RECORD = "mlconnector.record";

    <R> R page(Supplier<R> work) {
        return observed(() -> observer.page(flow, run), work);
    }

    /** Hands records to a sink. */
    <R> R batch(RecordKey first, int records, Supplier<R> work) {
        return observed(
                () -> observer.batch(flow, run, records),
                () -> about(records == 1 ? first.toString() : first + " and " + (records - 1) + " more", work));
    }

    private <R> R observed(Supplier<Observer.Ending> beginning, Supplier<R> work) {
        return named(() -> {
            Observer.Ending ending = beginning.get();
            try {
                R result = work.get();
                ending.ended("ok", null);
                return result;
            } catch (RuntimeException | Error e) {
                ending.failed(e);
                throw e;
            }
        });
    }

    /** Does work that is no piece of its own. */
    <R> R named(Supplier<R> work) {
        return with(FLOW, flow, () -> with(RUN, run, work));
    }

    /** Does work for one record. */
    static <R> R about(RecordKey record, Supplier<R> work) {
        return about(record.toString(), work);
    }

    private static <R> R about(String records, Supplier<R> work) {
        return with(RECORD, records, work);
    }

    private static <R> R with(String name, String value, Supplier<R> work) {
        String before = MDC.get(name);
        MDC.put(name, value);
        try {
            return work.get();
        } finally {
            if (before == null) {
                MDC.remove(name);
            } else {
                MDC.put(name, before);
            }
        }
    }
}
