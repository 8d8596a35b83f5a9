package io.mlconnector.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlconnector.engine.Health;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.spi.ConnectionStats;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The metrics that are read from an engine. Safe for threads. */
final class EngineMeters {

    private static final long NANOS_KEPT = TimeUnit.SECONDS.toNanos(5);

    private final SyncEngine engine;
    private final Clock clock;
    private @Nullable Health health;
    private long askedAt;

    EngineMeters(SyncEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    void bindTo(MeterRegistry meters) {
        for (String flow : engine.flows()) {
            flowGauge(meters, flow, Metric.FLOW_UP, of -> value(of.status()));
            flowGauge(meters, flow, Metric.FLOW_LAG, of -> seconds(of.behind()));
            flowGauge(meters, flow, Metric.FLOW_FAILURES, Health.OfFlow::failuresInARow);
            flowGauge(meters, flow, Metric.FLOW_PARKED, Health.OfFlow::parked);
            flowGauge(meters, flow, Metric.FLOW_DEAD, Health.OfFlow::dead);
            flowGauge(meters, flow, Metric.FLOW_IN_DOUBT, Health.OfFlow::inDoubt);
        }
        for (String connection : engine.stats().keySet()) {
            gauge(meters, "connection", connection, Metric.CONNECTION_UP, now -> connectionUp(now, connection));
            gauge(
                    meters,
                    "connection",
                    connection,
                    Metric.CONNECTION_PAUSED,
                    now -> seconds(stats(connection).state().paused()));
            counter(meters, connection, Metric.REQUESTS, ConnectionStats::requests);
            counter(meters, connection, Metric.THROTTLED, ConnectionStats::throttled);
            counter(meters, connection, Metric.RETRIES, ConnectionStats::retries);
            counter(meters, connection, Metric.WAITED, stats -> seconds(stats.waited()));
            counter(meters, connection, Metric.TOKENS, ConnectionStats::tokenRequests);
            counter(meters, connection, Metric.RECEIVED, ConnectionStats::bytesReceived);
        }
    }

    private void flowGauge(MeterRegistry meters, String flow, Metric metric, ToDoubleFunction<Health.OfFlow> value) {
        gauge(
                meters,
                "flow",
                flow,
                metric,
                now -> now.flows().stream()
                        .filter(of -> of.flow().equals(flow))
                        .mapToDouble(value)
                        .findFirst()
                        .orElse(metric == Metric.FLOW_UP ? 0 : Double.NaN)); // the ledger cannot be read
    }

    private void gauge(MeterRegistry meters, String tag, String name, Metric metric, ToDoubleFunction<Health> value) {
        Gauge.builder(metric.id, this, meter -> value.applyAsDouble(meter.health()))
                .description(metric.meaning)
                .baseUnit(metric.kind.unit)
                .tag(tag, name)
                .strongReference(true)
                .register(meters);
    }

    private void counter(
            MeterRegistry meters, String connection, Metric metric, ToDoubleFunction<ConnectionStats> value) {
        FunctionCounter.builder(metric.id, engine, of -> value.applyAsDouble(stats(connection)))
                .description(metric.meaning)
                .baseUnit(metric.kind.unit)
                .tag("connection", connection)
                .register(meters);
    }

    private ConnectionStats stats(String connection) {
        return engine.stats().getOrDefault(connection, ConnectionStats.NONE);
    }

    /** One look is good for all the gauges of a scrape. */
    private synchronized Health health() {
        long now = clock.monotonicTime();
        if (health == null || now - askedAt > NANOS_KEPT) {
            health = engine.health();
            askedAt = now;
        }
        return health;
    }

    private static double connectionUp(Health health, String connection) {
        return health.connections().stream()
                .filter(of -> of.connection().equals(connection))
                .mapToDouble(of -> value(of.status()))
                .findFirst()
                .orElse(0);
    }

    private static double value(Health.Status status) {
        return switch (status) {
            case UP -> 1;
            case DEGRADED -> 0.5;
            case DOWN -> 0;
        };
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? Double.NaN : duration.toNanos() / 1e9;
    }
}
