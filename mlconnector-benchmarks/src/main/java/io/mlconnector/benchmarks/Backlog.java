package io.mlconnector.benchmarks;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.model.Customer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A backlog of new rows in pages of 5,000 through source, planner, SQLite ledger and a sink that takes everything, in a process
 * of 64 MB.
 */
final class Backlog {

    private static final int FEW = 10_000;
    private static final int WARM_UPS = 8;
    private static final int MEASURED = 5;

    private Backlog() {}

    /**
     * What a row takes.
     *
     * @param few microseconds a row in a backlog of 10,000: the median of five, in a process that is warm
     * @param many microseconds a row in a backlog of {@code rows}
     * @param rows how many
     */
    record Pace(double few, double many, int rows) {

        double ratio() {
            return many / few;
        }
    }

    /** Runs in a process of its own. */
    static Pace run(int rows) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Backlog.class.getName(),
                        Integer.toString(rows))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> said = output.lines().toList();
            if (process.waitFor() != 0 || said.size() != 2) {
                throw new IllegalStateException(
                        "the backlog of " + rows + " rows ended with " + process.exitValue() + ": " + said);
            }
            return new Pace(Double.parseDouble(said.get(0)), Double.parseDouble(said.get(1)), rows);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Prints the microseconds a row for a few rows, then for as many as the argument says. */
    public static void main(String[] arguments) throws IOException {
        int rows = Integer.parseInt(arguments[0]);
        try (var store = new SqliteStore()) {
            for (int i = 0; i < WARM_UPS; i++) {
                pass(store, FEW);
            }
            double few = Stream.generate(() -> pass(store, FEW))
                    .limit(MEASURED)
                    .sorted(Comparator.naturalOrder())
                    .toList()
                    .get(MEASURED / 2);
            System.out.println(few);
            System.out.println(pass(store, rows));
        }
    }

    private static double pass(SqliteStore store, int rows) {
        try (JdbcLedger ledger = store.newLedger();
                SyncEngine engine = SyncEngine.builder()
                        .ledger(ledger)
                        .addConnection(new BulkConnector("erp", rows))
                        .addConnection(new BulkConnector("null", 0))
                        .addFlow(Flow.of("customers", Customer.class)
                                .from("erp/customers")
                                .to("null/customers")
                                .batch(1000)
                                .build())
                        .build()) {
            long start = System.nanoTime();
            FlowReport report = engine.run("customers");
            long nanos = System.nanoTime() - start;
            Map<String, Long> counts = Map.of(
                    "read", report.read().count(),
                    "created", report.outcome(Tally.CREATED).count());
            if (!counts.equals(Map.of("read", (long) rows, "created", (long) rows))) {
                throw new IllegalStateException("of " + rows + " rows: " + report);
            }
            return nanos / 1000.0 / rows;
        }
    }
}
