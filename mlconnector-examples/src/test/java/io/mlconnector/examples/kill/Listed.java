package io.mlconnector.examples.kill;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Reads a fixed number of records, in pages. */
record Listed<T extends BusinessRecord>(Endpoint origin, Class<T> type, int records, int page, IntFunction<T> record)
        implements Connector, Source<T> {

    static <T extends BusinessRecord> Listed<T> of(
            String origin, Class<T> type, int records, int page, IntFunction<T> record) {
        return new Listed<>(Endpoint.parse(origin), type, records, page, record);
    }

    @Override
    public Page<T> poll(Position from) {
        int start = from.isStart() ? 0 : Integer.parseInt(from.value());
        int end = Math.min(records, start + page);
        List<Change<T>> changes = IntStream.range(start, end)
                .mapToObj(number -> Change.upsert(requireNonNull(record.apply(number)), null, null))
                .toList();
        return Page.of(changes, new Position(Integer.toString(end)), end == records);
    }

    @Override
    public Optional<Change<T>> fetch(String id) {
        return Optional.empty();
    }

    @Override
    public String connection() {
        return origin.connection();
    }

    @Override
    public Set<String> readable() {
        return Set.of(origin.entity());
    }

    @Override
    public Set<String> writable() {
        return Set.of();
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return this;
    }

    @Override
    public Sink<?> sink(String entity) {
        throw new ConfigurationException(connection() + " is only read");
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok(connection(), "there"));
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
