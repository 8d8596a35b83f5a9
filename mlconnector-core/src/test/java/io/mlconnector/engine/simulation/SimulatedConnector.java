package io.mlconnector.engine.simulation;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A connection of one process to one of the two systems. */
record SimulatedConnector(String connection, Map<String, Source<?>> sources, Map<String, Sink<?>> sinks)
        implements Connector {

    static SimulatedConnector erp(Host host) {
        return new SimulatedConnector(
                "erp",
                host.world.entities().stream().collect(Collectors.toMap(Entity::name, entity -> source(host, entity))),
                Map.of());
    }

    static SimulatedConnector bank(Host host) {
        return new SimulatedConnector(
                "bank",
                Map.of(),
                host.world.entities().stream().collect(Collectors.toMap(Entity::name, entity -> sink(host, entity))));
    }

    private static <T extends BusinessRecord> Source<T> source(Host host, Entity<T> entity) {
        World world = host.world;
        return world.plant.source(entity.name(), new WatchedSource<>(host, entity), world.time);
    }

    private static <T extends BusinessRecord> Sink<T> sink(Host host, Entity<T> entity) {
        return host.world.plant.sink(new WatchedSink<>(host, entity));
    }

    @Override
    public Set<String> readable() {
        return sources.keySet();
    }

    @Override
    public Set<String> writable() {
        return sinks.keySet();
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        Source<?> source = sources.get(entity);
        if (source == null) {
            throw new ConfigurationException(connection + " has no source " + entity);
        }
        return source;
    }

    @Override
    public Sink<?> sink(String entity) {
        Sink<?> sink = sinks.get(entity);
        if (sink == null) {
            throw new ConfigurationException(connection + " has no sink " + entity);
        }
        return sink;
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok(connection, "there"));
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public void close() {}
}
