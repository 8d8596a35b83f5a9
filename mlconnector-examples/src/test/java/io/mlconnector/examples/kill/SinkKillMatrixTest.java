package io.mlconnector.examples.kill;

import static java.util.Objects.requireNonNull;

import io.mlconnector.testkit.internal.DocumentedTable;
import io.mlconnector.testkit.kill.KillMatrix;
import io.mlconnector.testkit.kill.KillReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A process that writes to every real sink, from a ledger of each kind, is killed with SIGKILL at every step, and started again. None
 * of these systems knows an idempotency key. Documents are counted at the system.
 */
class SinkKillMatrixTest {

    static final List<KilledRun> RUNS = KilledRun.all();

    private static final Map<KilledRun, KillReport> REPORTS = new LinkedHashMap<>();

    @BeforeAll
    static void kill(@TempDir Path folder) throws IOException, InterruptedException {
        var matrices = new ArrayList<KillMatrix>();
        for (KilledRun run : RUNS) {
            matrices.add(run.begin(folder));
        }
        List<KillReport> reports = KillMatrix.runTogether(matrices);
        for (int at = 0; at < reports.size(); at++) {
            REPORTS.put(RUNS.get(at), reports.get(at));
        }
    }

    @ParameterizedTest
    @FieldSource("RUNS")
    void everyRecordHasOneDocumentAlthoughTheProcessWasKilledAtEveryStep(KilledRun run) {
        requireNonNull(REPORTS.get(run)).assertWhole();
        run.check();
    }

    @AfterAll
    static void isWhatTheDocumentSays() throws IOException {
        RUNS.forEach(KilledRun::close);
        var table = new DocumentedTable(
                "kill matrix of the sinks", "sink", "ledger", "records", "kills", "doubled", "lost");
        REPORTS.forEach((run, report) -> table.add(
                run.sink(),
                run.store(),
                report.records(),
                report.kills().size(),
                report.doubled(),
                report.lost().size()));
        if (System.getProperty("kill.records") == null) {
            table.check();
        } else {
            table.write();
        }
    }
}
