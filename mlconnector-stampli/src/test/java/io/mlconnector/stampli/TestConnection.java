package io.mlconnector.stampli;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A connection to a sandbox, with settings of the test's own, and a ledger that keeps what its sources note. */
final class TestConnection {

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, Object> entities = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> notes = new HashMap<>();
    private final Map<String, Position> positions = new HashMap<>();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-06T08:00:00Z"));

    private TestConnection() {}

    static TestConnection to(StampliSandbox sandbox) {
        return to(sandbox.port(), sandbox.user(), sandbox.hostKey()).with("password", sandbox.password());
    }

    static TestConnection to(int port, String user, String hostKey) {
        var connection = new TestConnection();
        connection.settings.put("host", "127.0.0.1");
        connection.settings.put("port", port);
        connection.settings.put("user", user);
        connection.settings.put("hostKeys", List.of(hostKey));
        connection.settings.put("completeness", "rename");
        connection.settings.put("checkOrders", false);
        connection.settings.put("entities", connection.entities);
        return connection;
    }

    TestConnection with(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    TestConnection without(String name) {
        settings.remove(name);
        return this;
    }

    TestConnection entity(String entity, Map<String, ?> own) {
        entities.put(entity, own);
        return this;
    }

    ManualClock clock() {
        return clock;
    }

    Connector open() {
        var context = new ConnectorContext("stampli-test", clock, clock, new Random(7));
        return new StampliConnectorProvider().open(Settings.of("connections.stampli-test", settings), context);
    }

    /** Returns a source that remembers what was committed. */
    @SuppressWarnings("unchecked") // each test knows what its entity is
    <T extends BusinessRecord> Source<T> source(String entity) {
        Map<String, String> known = notes.computeIfAbsent(entity, name -> new HashMap<>());
        return (Source<T>) open().source(entity, name -> Optional.ofNullable(known.get(name)));
    }

    /** One pass of a new source, committed page by page as the engine does. */
    <T extends BusinessRecord> Delivered<T> pass(String entity) {
        Source<T> source = source(entity);
        return pass(entity, source, Integer.MAX_VALUE);
    }

    /** A pass that ends after some pages, as if the process were killed. */
    <T extends BusinessRecord> Delivered<T> pass(String entity, Source<T> source, int pages) {
        var changes = new ArrayList<Change<T>>();
        var malformed = new ArrayList<Malformed>();
        for (int number = 0; number < pages; number++) {
            Position from = positions.getOrDefault(entity, Position.START);
            Page<T> page = source.poll(from);
            changes.addAll(page.changes());
            malformed.addAll(page.malformed());
            if (!page.next().equals(from) || !page.notes().changes().isEmpty()) {
                commit(entity, page);
                source.settled(page.next());
            }
            if (page.last()) {
                break;
            }
        }
        return new Delivered<>(changes, malformed);
    }

    void commit(String entity, Page<?> page) {
        positions.put(entity, page.next());
        Map<String, String> known = notes.computeIfAbsent(entity, name -> new HashMap<>());
        page.notes().changes().forEach((name, text) -> {
            if (text == null) {
                known.remove(name);
            } else {
                known.put(name, text);
            }
        });
    }

    Position position(String entity) {
        return positions.getOrDefault(entity, Position.START);
    }

    /** What a pass delivered. */
    record Delivered<T extends BusinessRecord>(List<Change<T>> changes, List<Malformed> malformed) {

        List<String> ids() {
            return changes.stream().map(change -> change.key().id()).toList();
        }

        T record(String id) {
            for (Change<T> change : changes) {
                T record = change.record();
                if (change.key().id().equals(id) && record != null) {
                    return record;
                }
            }
            throw new AssertionError("no record " + id + " in " + ids());
        }

        List<String> faults() {
            return malformed.stream().flatMap(each -> each.faults().stream()).toList();
        }
    }
}
