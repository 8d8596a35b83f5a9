package io.mlconnector.config;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.Flow.Conflicts;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.schedule.Schedule;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.SourceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a flow out of its settings. Which kind of record it carries follows from its source. */
record FlowSettings(
        String name,
        Endpoint source,
        Endpoint target,
        int lanes,
        int batch,
        Flow.Deletes deletes,
        Optional<Schedule> schedule,
        @Nullable Conflicts conflicts,
        List<String> sourceOwns,
        List<String> targetOwns) {

    static FlowSettings read(String name, Settings settings, Set<String> connections) {
        Endpoint source = endpoint(settings, "from", connections);
        Endpoint target = endpoint(settings, "to", connections);
        var flow = new FlowSettings(
                name,
                source,
                target,
                settings.integer("lanes", 4, 1, 64),
                settings.integer("batch", 100, 1, 10_000),
                settings.choice("deletes", Flow.Deletes.REMOVE),
                every(settings),
                settings.has("conflicts") ? settings.choice("conflicts", Conflicts.PARK_FOR_REVIEW) : null,
                settings.texts("sourceOwns"),
                settings.texts("targetOwns"));
        settings.check();
        return flow;
    }

    Flow<?> open(Map<String, Connector> connections) {
        Connector connector = connections.get(source.connection());
        if (connector == null) {
            throw new ConfigurationException(
                    "flows." + name + " cannot be made, because the connection " + source.connection() + " is faulty");
        }
        return ofType(connector.source(source.entity(), SourceContext.EMPTY).type());
    }

    private <T extends BusinessRecord> Flow<T> ofType(Class<T> type) {
        Flow.Builder<T> flow = Flow.of(name, type)
                .from(source.toString())
                .to(target.toString())
                .lanes(lanes)
                .batch(batch)
                .deletes(deletes)
                .sourceOwns(sourceOwns.toArray(String[]::new))
                .targetOwns(targetOwns.toArray(String[]::new));
        if (conflicts != null) {
            flow.conflicts(conflicts);
        }
        return flow.build();
    }

    /** The short form of a schedule. */
    private static Optional<Schedule> every(Settings settings) {
        Duration every = settings.duration("every", Duration.ZERO);
        if (every.isZero()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Schedule.every(every));
        } catch (IllegalArgumentException e) {
            settings.fault("every", "must be from PT1S to ten years: " + every);
            return Optional.empty();
        }
    }

    private static Endpoint endpoint(Settings settings, String name, Set<String> connections) {
        String text = settings.text(name);
        Endpoint endpoint = new Endpoint("missing", "missing");
        if (text.isEmpty()) {
            return endpoint;
        }
        try {
            endpoint = Endpoint.parse(text);
            if (!connections.contains(endpoint.connection())) {
                settings.fault(
                        name,
                        "names an unknown connection '" + endpoint.connection() + "'; known: "
                                + String.join(", ", connections));
            }
        } catch (IllegalArgumentException e) {
            settings.fault(name, String.valueOf(e.getMessage()));
        }
        return endpoint;
    }
}
