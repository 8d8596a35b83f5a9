package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The flows, and what each is connected to. Safe for threads. */
final class Wiring {

    private final Ledger ledger;
    private final Map<String, Connector> connections;
    private final Map<String, Flow<?>> flows = new LinkedHashMap<>();
    private final Map<String, Sink<?>> sinks = new LinkedHashMap<>();
    private final Opposites opposites;

    /**
     * Connects the flows, in the order in which they refer to each other.
     *
     * @throws ConfigurationException naming every flow that does not fit its connections
     */
    Wiring(Ledger ledger, Map<String, Connector> connections, List<Flow<?>> added) {
        this.ledger = ledger;
        this.connections = Map.copyOf(connections);
        var faults = new ArrayList<String>();
        added.stream()
                .sorted(Comparator.comparingInt(flow -> ReferenceOrder.rank(flow.type())))
                .forEach(flow -> connect(flow, faults));
        this.opposites = new Opposites(flows.values(), faults);
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
    }

    Collection<Flow<?>> flows() {
        return flows.values();
    }

    /** The other way of a two-way flow, and who wins. */
    Opposites opposites() {
        return opposites;
    }

    /** The names of the connections, in alphabetical order. */
    Set<String> connections() {
        return new TreeSet<>(connections.keySet());
    }

    /** The entities of a connection that flows read or write. */
    Set<String> entities(String connection) {
        Set<String> entities = new LinkedHashSet<>();
        for (Flow<?> flow : flows.values()) {
            for (Endpoint endpoint : List.of(flow.source(), flow.target())) {
                if (endpoint.connection().equals(connection)) {
                    entities.add(endpoint.entity());
                }
            }
        }
        return entities;
    }

    Flow<?> flow(String name) {
        Flow<?> flow = flows.get(requireNonNull(name, "name"));
        if (flow == null) {
            throw new IllegalArgumentException("there is no flow '" + name + "'; known: " + flows.keySet());
        }
        return flow;
    }

    @SuppressWarnings("unchecked") // the constructor has compared the types
    <T extends BusinessRecord> Source<T> source(Flow<T> flow) {
        Map<String, String> notes = ledger.lookUp(tx -> tx.positions().notes(flow.name()));
        SourceContext context = name -> Optional.ofNullable(notes.get(name));
        return (Source<T>) connection(flow.source()).source(flow.source().entity(), context);
    }

    @SuppressWarnings("unchecked") // the constructor has compared the types
    <T extends BusinessRecord> Sink<T> sink(Flow<T> flow) {
        return (Sink<T>) requireNonNull(sinks.get(flow.name()));
    }

    Connector connection(Endpoint endpoint) {
        return requireNonNull(connections.get(endpoint.connection()));
    }

    Connector connection(String connection) {
        Connector connector = connections.get(requireNonNull(connection, "connection"));
        if (connector == null) {
            throw new ConfigurationException("there is no connection '" + connection + "'; known: " + connections());
        }
        return connector;
    }

    private void connect(Flow<?> flow, List<String> faults) {
        if (flows.putIfAbsent(flow.name(), flow) != null) {
            faults.add("two flows are called " + flow.name());
            return;
        }
        boolean known = true;
        for (Endpoint endpoint : List.of(flow.source(), flow.target())) {
            if (!connections.containsKey(endpoint.connection())) {
                known = false;
                faults.add("flow " + flow.name() + " names an unknown connection '" + endpoint.connection()
                        + "'; known: " + connections());
            }
        }
        if (!known) {
            return;
        }
        try {
            Source<?> source = connection(flow.source()).source(flow.source().entity(), SourceContext.EMPTY);
            Sink<?> sink = connection(flow.target()).sink(flow.target().entity());
            sinks.put(flow.name(), sink);
            if (source.type() != flow.type() || sink.type() != flow.type()) {
                faults.add("flow " + flow.name() + " carries " + flow.type().getSimpleName() + ", but "
                        + flow.source() + " reads " + source.type().getSimpleName() + " and " + flow.target()
                        + " takes " + sink.type().getSimpleName());
            }
        } catch (ConfigurationException e) {
            e.faults().forEach(fault -> faults.add("flow " + flow.name() + ": " + fault));
        }
    }

    void close() {
        connections.values().forEach(Connector::close);
    }
}
