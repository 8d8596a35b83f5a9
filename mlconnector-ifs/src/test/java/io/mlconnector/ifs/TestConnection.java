package io.mlconnector.ifs;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A connection to a sandbox, with settings of the test's own. */
final class TestConnection {

    static final Instant NOW = Instant.parse("2026-01-20T09:00:00Z");

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, Object> entities = new LinkedHashMap<>();
    private ManualClock clock = new ManualClock(NOW);

    private TestConnection() {}

    static TestConnection to(IfsSandbox sandbox) {
        var connection = new TestConnection();
        connection.settings.put("baseUrl", sandbox.baseUrl().toString());
        connection.settings.put("tokenUrl", sandbox.tokenUrl().toString());
        connection.settings.put("clientId", sandbox.clientId());
        connection.settings.put("clientSecret", sandbox.clientSecret());
        connection.settings.put("company", "10");
        connection.settings.put("requestsPerMinute", 1_000_000);
        connection.settings.put("entities", connection.entities);
        return connection;
    }

    TestConnection with(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    TestConnection entity(String role, Map<String, ?> entity) {
        entities.put(role, entity);
        return this;
    }

    /** Shares a clock with somebody else, such as the server. */
    TestConnection onClock(ManualClock shared) {
        clock = shared;
        return this;
    }

    ManualClock clock() {
        return clock;
    }

    Map<String, Object> settings() {
        return settings;
    }

    Connector open() {
        var context = new ConnectorContext("ifs-test", clock, clock, new Random(7));
        return new IfsConnectorProvider().open(Settings.of("connections.ifs-test", settings), context);
    }

    @SuppressWarnings("unchecked") // each test knows what its entity is
    <T extends BusinessRecord> Source<T> source(String entity) {
        return (Source<T>) open().source(entity, SourceContext.EMPTY);
    }

    @SuppressWarnings("unchecked") // each test knows what its entity is
    <T extends BusinessRecord> Sink<T> sink(String entity) {
        return (Sink<T>) open().sink(entity);
    }

    /** What a source delivered until it was caught up. */
    record Delivered<T extends BusinessRecord>(List<Change<T>> changes, List<Malformed> malformed, Position next) {

        List<T> records() {
            return changes.stream().map(Change::record).toList();
        }

        Map<String, T> byId() {
            var records = new LinkedHashMap<String, T>();
            changes.forEach(change -> records.put(change.key().id(), record(change)));
            return records;
        }

        T record(String id) {
            return changes.stream()
                    .filter(change -> change.key().id().equals(id))
                    .map(Delivered::record)
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new AssertionError("no record " + id));
        }

        private static <T extends BusinessRecord> T record(Change<T> change) {
            T record = change.record();
            if (record == null) {
                throw new AssertionError("no record: " + change);
            }
            return record;
        }
    }

    static <T extends BusinessRecord> Delivered<T> drain(Source<T> source, Position from) {
        var changes = new ArrayList<Change<T>>();
        var malformed = new ArrayList<Malformed>();
        Position position = from;
        for (int pages = 0; pages < 10_000; pages++) {
            Page<T> page = source.poll(position);
            changes.addAll(page.changes());
            malformed.addAll(page.malformed());
            position = page.next();
            if (page.last()) {
                return new Delivered<>(changes, malformed, position);
            }
        }
        throw new AssertionError("the source is never caught up");
    }

    static <T extends BusinessRecord> Delivered<T> drain(Source<T> source) {
        return drain(source, Position.START);
    }
}
