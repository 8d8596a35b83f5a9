package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Bill;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a large file costs in memory: read in a process of its own, with a small heap. */
class LargeFileTest {

    private static final int INVOICES = 20_000;
    private static final int LINES = 5;

    @Test
    @Timeout(180)
    void aHundredThousandLinesPassThroughAHeapOf64MiB() throws Exception {
        try (StampliSandbox sandbox = StampliSandbox.start()) {
            sandbox.put(Invoices.path(1), largeFile());
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx64m",
                            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                            "-cp",
                            System.getProperty("java.class.path")
                                    + File.pathSeparator
                                    + System.getProperty("surefire.test.class.path", ""),
                            LargeFileTest.class.getName(),
                            Integer.toString(sandbox.port()),
                            sandbox.password(),
                            sandbox.hostKey())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.readLine()).isEqualTo(INVOICES + " bills, " + INVOICES * LINES + " lines, 0 faults");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static byte[] largeFile() {
        var rows = new ArrayList<String>();
        for (int number = 1; number <= INVOICES; number++) {
            for (int line = 1; line <= LINES; line++) {
                rows.add(Invoices.row(
                        number,
                        Map.of(
                                "net_amount", "500.00",
                                "tax_amount", "41.25",
                                "total_amount", "541.25",
                                "line_number", Integer.toString(line))));
            }
        }
        return Invoices.file(rows).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads all bills and prints how many there are. */
    @SuppressWarnings("unchecked") // the source of bills
    public static void main(String[] arguments) {
        var settings = Map.of(
                "host", "127.0.0.1",
                "port", Integer.valueOf(arguments[0]),
                "user", "mlconnector",
                "password", arguments[1],
                "hostKeys", List.of(arguments[2]),
                "completeness", "rename");
        var clock = new ManualClock(Instant.parse("2026-03-06T08:00:00Z"));
        var source = (Source<Bill>) new StampliConnectorProvider()
                .open(Settings.of("stampli", settings), new ConnectorContext("stampli", clock, clock, new Random(1)))
                .source("bills", SourceContext.EMPTY);
        int bills = 0;
        int lines = 0;
        int faults = 0;
        Position position = Position.START;
        boolean last = false;
        while (!last) {
            Page<Bill> page = source.poll(position);
            bills += page.changes().size();
            faults += page.malformed().size();
            lines += page.changes().stream()
                    .mapToInt(change -> change.record() == null ? 0 : change.record().lines().size())
                    .sum();
            source.settled(page.next());
            position = page.next();
            last = page.last();
        }
        System.out.println(bills + " bills, " + lines + " lines, " + faults + " faults");
    }
}
