package io.mlconnector.micrometer;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.PageRead;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.engine.Tally;
import io.mlconnector.spi.Observer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells Micrometer what a sync engine does: as metrics, and as observations around runs, pages, batches and remote calls, which
 * a tracing bridge turns into spans. Tags name flows, connections and outcomes, and never a record. Safe for threads.
 *
 * <pre>{@code
 * MicrometerInsight insight = MicrometerInsight.of(meters, observations);
 * Integration integration = Integration.builder()
 *         .addListener(insight)
 *         .observer(insight)
 *         .load(file);
 * insight.bindTo(integration.engine());
 * }</pre>
 */
public final class MicrometerInsight implements SyncListener, Observer {

    private static final String FLOW = "flow";

    private final MeterRegistry meters;
    private final ObservationRegistry observations;
    private final Map<String, Observation> runs = new ConcurrentHashMap<>();
    private final Map<String, FlowReport> told = new ConcurrentHashMap<>();

    private MicrometerInsight(MeterRegistry meters, ObservationRegistry observations) {
        this.meters = requireNonNull(meters, "meters");
        this.observations = requireNonNull(observations, "observations");
    }

    /**
     * Returns insight for metrics alone: observations become timers.
     *
     * @param meters where the metrics go
     * @return the insight, for one engine
     */
    public static MicrometerInsight of(MeterRegistry meters) {
        ObservationRegistry timers = ObservationRegistry.create();
        timers.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        return new MicrometerInsight(meters, timers);
    }

    /**
     * Returns insight for metrics and traces.
     *
     * @param meters where the metrics go
     * @param observations where the observations go. Its handlers make timers of them, spans, or both; Spring Boot has one that
     *     makes both
     * @return the insight, for one engine
     */
    public static MicrometerInsight of(MeterRegistry meters, ObservationRegistry observations) {
        return new MicrometerInsight(meters, observations);
    }

    /**
     * Adds the metrics that are asked of the engine whenever somebody reads them: health, what waits, and what the connections
     * have done. The health is asked at most every five seconds.
     *
     * @param engine the engine, which should have this as listener and observer
     */
    public void bindTo(SyncEngine engine) {
        new EngineMeters(engine, meters.config().clock()).bindTo(meters);
    }

    @Override
    public void runStarted(String flow, String run) {
        told.remove(run);
    }

    @Override
    public void pageRead(PageRead page) {
        DistributionSummary.builder(Metric.PAGE_RECORDS.id)
                .description(Metric.PAGE_RECORDS.meaning)
                .tag(FLOW, page.flow())
                .register(meters)
                .record(page.records());
    }

    @Override
    public void pageSettled(FlowReport soFar) {
        count(told.put(soFar.run(), soFar), soFar);
    }

    @Override
    public void runEnded(FlowReport report) {
        count(told.remove(report.run()), report);
    }

    private void count(@Nullable FlowReport before, FlowReport now) {
        for (Tally tally : Tally.values()) {
            long more = now.count(tally) - (before == null ? 0 : before.count(tally));
            Counter.builder(Metric.RECORDS.id)
                    .description(Metric.RECORDS.meaning)
                    .tag(FLOW, now.flow())
                    .tag("outcome", tally.name().toLowerCase(Locale.ROOT))
                    .register(meters)
                    .increment((double) more);
        }
    }

    @Override
    public Ending run(String flow, String run) {
        Observation observation = observation(Metric.RUN, "run " + flow)
                .lowCardinalityKeyValue(FLOW, flow)
                .highCardinalityKeyValue("mlconnector.run", run);
        Ending ending = started(observation);
        runs.put(run, observation);
        return (outcome, failure) -> {
            runs.remove(run);
            ending.ended(outcome, failure);
        };
    }

    @Override
    public Ending page(String flow, String run) {
        return started(observation(Metric.PAGE, "page of " + flow)
                .parentObservation(runs.get(run))
                .lowCardinalityKeyValue(FLOW, flow));
    }

    @Override
    public Ending batch(String flow, String run, int records) {
        return started(observation(Metric.BATCH, "batch of " + flow)
                .parentObservation(runs.get(run))
                .lowCardinalityKeyValue(FLOW, flow)
                .highCardinalityKeyValue("mlconnector.records", Integer.toString(records)));
    }

    @Override
    public Ending call(String connection, String method, String operation) {
        return started(observation(Metric.CALL, method + " " + connection)
                .lowCardinalityKeyValue("connection", connection)
                .lowCardinalityKeyValue("method", method)
                .highCardinalityKeyValue("mlconnector.operation", operation));
    }

    private Observation observation(Metric metric, String shown) {
        return Observation.createNotStarted(metric.id, observations).contextualName(shown);
    }

    /** Until its end, what the same thread begins is part of it. */
    private static Ending started(Observation observation) {
        observation.start();
        Observation.Scope scope = observation.openScope();
        return (outcome, failure) -> {
            scope.close();
            if (failure != null) {
                observation.error(failure);
            }
            observation.lowCardinalityKeyValue("outcome", outcome).stop();
        };
    }
}
