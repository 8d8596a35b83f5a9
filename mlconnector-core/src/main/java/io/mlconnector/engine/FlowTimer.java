package io.mlconnector.engine;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs flows by their schedules, one at a time, on a thread of its own. Safe for threads. */
final class FlowTimer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    private final Consumer<String> run;
    private final RandomGenerator random;
    private final ScheduledThreadPoolExecutor executor;

    FlowTimer(Consumer<String> run, RandomGenerator random) {
        this.run = run;
        this.random = random;
        this.executor = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("mlconnector-timer"));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void add(String flow, Schedule schedule) {
        executor.execute(() -> runAndPlanNext(flow, schedule));
    }

    private void runAndPlanNext(String flow, Schedule schedule) {
        try {
            run.accept(flow);
        } catch (RuntimeException e) {
            LOG.error("flow {} failed and will be tried again at its next time", flow, e);
        }
        try {
            var unused = executor.schedule(
                    () -> runAndPlanNext(flow, schedule), schedule.next(random).toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("flow {} is not planned again, because the engine closes", flow);
        }
    }

    @Override
    public void close() {
        Termination.await(executor);
    }
}
