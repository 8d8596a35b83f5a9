package io.mlconnector.engine;

import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.webhook.WebhookEndpoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the endpoints of webhooks, and has what they store processed on a thread of its own, soon after their answer. Safe for
 * threads.
 */
final class Webhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncEngine.class);

    private final List<WebhookProcessor> processors;
    private final Ledger ledger;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor executor;
    private final AtomicBoolean queued = new AtomicBoolean();

    /**
     * Makes a processor for every connection that flows read from.
     *
     * @param refreshing brings records of a flow into step; waits while the flow runs
     */
    Webhooks(
            Wiring wiring,
            BiFunction<String, List<String>, FlowReport> refreshing,
            Ledger ledger,
            InstantSource clock) {
        Map<String, List<Flow<?>>> readers = new LinkedHashMap<>();
        wiring.flows()
                .forEach(flow -> readers.computeIfAbsent(flow.source().connection(), name -> new ArrayList<>())
                        .add(flow));
        this.processors = readers.entrySet().stream()
                .map(reader ->
                        new WebhookProcessor(reader.getKey(), reader.getValue(), wiring, refreshing, ledger, clock))
                .toList();
        this.ledger = ledger;
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("mlconnector-webhooks"));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    WebhookEndpoint endpoint(Connector connector) {
        String connection = connector.connection();
        WebhookParser parser = connector
                .webhooks()
                .orElseThrow(() -> new ConfigurationException("connection " + connection
                        + " takes no webhooks: its system sends none, or its signing secret is not configured"));
        return new WebhookEndpoint(connection, parser, ledger, clock, this::wake);
    }

    /** Processes what is due at every connection. */
    List<FlowReport> process() {
        var reports = new ArrayList<FlowReport>();
        processors.forEach(processor -> reports.addAll(processor.process()));
        return reports;
    }

    /** Looks every minute for events whose processing failed, and for those that an earlier process left. */
    void start() {
        var unused = executor.scheduleWithFixedDelay(this::processQuietly, 0, 1, TimeUnit.MINUTES);
    }

    private void wake() {
        if (queued.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    queued.set(false);
                    processQuietly();
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("webhook events stay in the inbox, because the engine closes");
            }
        }
    }

    private void processQuietly() {
        try {
            process();
        } catch (RuntimeException e) {
            LOG.warn("webhook events stay in the inbox and will be processed later", e);
        }
    }

    @Override
    public void close() {
        Termination.await(executor);
    }
}
