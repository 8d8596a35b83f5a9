package io.mlconnector.examples.kill;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Link;
import io.mlconnector.testkit.kill.KillMatrix;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The records that go to a sink from a ledger of one kind. */
final class KilledRun implements AutoCloseable {

    private final KilledSinks sink;
    private final Store store;
    private final int records;
    private @Nullable KilledSystem system;

    private KilledRun(KilledSinks sink, Store store, int records) {
        this.sink = sink;
        this.store = store;
        this.records = records;
    }

    /** Every sink from every ledger, with as many records as {@code -Dkill.records} says, or 30 batches. */
    static List<KilledRun> all() {
        return Arrays.stream(KilledSinks.values())
                .flatMap(sink -> Arrays.stream(Store.values())
                        .map(store -> new KilledRun(
                                sink,
                                store,
                                Integer.getInteger(
                                        "kill.records", 30 * sink.sink().batch()))))
                .toList();
    }

    enum Store {
        SQLITE("SQLite"),
        POSTGRESQL("PostgreSQL");

        private final String text;

        Store(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    KilledSinks sink() {
        return sink;
    }

    Store store() {
        return store;
    }

    /** Starts the system. */
    KillMatrix begin(Path folder) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        KilledSystem started = sink.sink().start(records, today);
        system = started;
        String ledger = store == Store.SQLITE
                ? folder.resolve(sink.name() + ".db").toString()
                : PostgresServer.shared().newDatabase().getURL() + "?user=postgres";
        link(ledger, started.links());
        KillMatrix.Builder matrix = KillMatrix.of(
                        SinkProcess.class,
                        started.wire(),
                        IntStream.range(0, records).mapToObj(started::document).collect(Collectors.toSet()),
                        started::documents)
                .batches(sink.sink().batch(), sink.sink().callsOfABatch())
                .arguments(
                        sink.name(),
                        ledger,
                        Integer.toString(records),
                        today.toString(),
                        SinkProcess.json(started.settings()));
        started.calls().forEach(matrix::call);
        return matrix.build();
    }

    /** What an earlier run of other flows has left in the ledger. */
    private static void link(String file, Map<RecordKey, RecordKey> links) {
        try (Ledger ledger = SinkProcess.open(file)) {
            Lease lease = ledger.acquire("links");
            ledger.inTransaction(lease, tx -> {
                tx.mappings()
                        .put(links.entrySet().stream()
                                .map(link -> new Link(
                                        link.getKey(),
                                        link.getValue(),
                                        null,
                                        new Fingerprint(0, new TreeMap<>()),
                                        Instant.now()))
                                .toList());
                return links;
            });
            ledger.release(lease);
        }
    }

    void check() {
        requireNonNull(system).check();
    }

    @Override
    public void close() {
        if (system != null) {
            system.close();
        }
    }

    @Override
    public String toString() {
        return sink + ", on " + store;
    }
}
