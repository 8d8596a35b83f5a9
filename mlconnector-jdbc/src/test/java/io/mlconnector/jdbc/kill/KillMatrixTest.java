package io.mlconnector.jdbc.kill;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.testkit.internal.DocumentedTable;
import io.mlconnector.testkit.kill.KillMatrix;
import io.mlconnector.testkit.kill.KillReport;
import io.mlconnector.testkit.kill.KillStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that runs a flow is killed with SIGKILL at every step, and started again. The target knows no idempotency
 * key, and a request may take effect after its sender is dead. Documents are counted at the target.
 */
@Timeout(600)
class KillMatrixTest {

    private static final int CUSTOMERS = Integer.getInteger("kill.records", 240);
    private static final Duration SETTLE_TIME = Duration.ofMinutes(2);
    private static final Map<Store, KillReport> REPORTS = new EnumMap<>(Store.class);

    @TempDir
    private static Path folder;

    /** Both flows run in the same processes. */
    @BeforeAll
    static void kill() throws Exception {
        Path onSqlite = Files.createDirectory(folder.resolve("sqlite"));
        Path onPostgres = Files.createDirectory(folder.resolve("postgres"));
        try (Life sqlite = new Life(Store.SQLITE.empty(onSqlite), CUSTOMERS, SETTLE_TIME, onSqlite);
                Life postgres = new Life(Store.POSTGRESQL.empty(onPostgres), CUSTOMERS, SETTLE_TIME, onPostgres)) {
            List<KillReport> reports = KillMatrix.runTogether(List.of(sqlite.matrix(), postgres.matrix()));
            REPORTS.put(Store.SQLITE, reports.get(0));
            REPORTS.put(Store.POSTGRESQL, reports.get(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordHasOneDocumentAlthoughTheProcessWasKilledAtEveryStep(Store store) throws Exception {
        KillReport report = requireNonNull(REPORTS.get(store));

        report.assertWhole();
        assertThat(report.kills())
                .extracting(KillReport.Kill::step)
                .containsAll(EnumSet.complementOf(EnumSet.of(KillStep.OWN)));
        Path secondLog =
                folder.resolve(store == Store.SQLITE ? "sqlite" : "postgres").resolve("second.log");
        assertThat(SecondLog.read(secondLog).keySet()).hasSizeGreaterThanOrEqualTo(CUSTOMERS);
    }

    @Test
    void seesTheDoubleOfALookUpBeforeTheSettleTime() throws Exception {
        try (Life life = new Life(Store.SQLITE.empty(folder), CUSTOMERS, Duration.ZERO, folder)) {
            life.matrix().kill(KillStep.IN_FLIGHT, "document", Engines.BATCH + 3);
            life.matrix().finish();

            int landed = life.wire().land();

            assertThat(landed).isPositive();
            assertThat(life.bank().documents().values().stream()
                            .mapToInt(count -> count - 1)
                            .sum())
                    .isEqualTo(landed);
        }
    }

    @AfterAll
    static void isWhatTheDocumentSays() throws IOException {
        var steps = new DocumentedTable("kill steps", "killed", "kills", "doubled");
        for (KillStep step : EnumSet.complementOf(EnumSet.of(KillStep.OWN))) {
            List<KillReport.Kill> kills = REPORTS.values().stream()
                    .flatMap(report -> report.kills().stream())
                    .filter(kill -> kill.step() == step)
                    .toList();
            steps.add(
                    step,
                    kills.size(),
                    kills.stream().mapToInt(KillReport.Kill::doubled).sum());
        }
        var matrix = new DocumentedTable("kill matrix", "ledger", "records", "kills", "doubled", "lost");
        REPORTS.forEach((store, report) -> matrix.add(
                store,
                report.records(),
                report.kills().size(),
                report.doubled(),
                report.lost().size()));
        if (System.getProperty("kill.records") == null) {
            steps.check();
            matrix.check();
        } else {
            steps.write();
            matrix.write();
        }
    }
}
