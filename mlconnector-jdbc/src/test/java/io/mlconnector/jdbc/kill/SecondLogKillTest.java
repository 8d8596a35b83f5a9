package io.mlconnector.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.SealedEntry;
import io.mlconnector.testkit.kill.KillReport;
import io.mlconnector.testkit.kill.KillStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed with SIGKILL after a second audit log has taken entries, before the ledger notes that it has. */
@Timeout(120)
class SecondLogKillTest {

    private static final int CUSTOMERS = Integer.getInteger("kill.records", 240);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theSecondLogHasEveryEntryAlthoughTheProcessWasKilledAfterADelivery(Store store) throws Exception {
        String ledger = store.empty(folder);
        Path secondLog;
        try (Life life = new Life(ledger, CUSTOMERS, Duration.ofMinutes(2), folder)) {
            life.matrix().kill(KillStep.OWN, "", 2);
            life.matrix().kill(KillStep.OWN, "", 1);

            KillReport report = life.matrix().finish();

            report.assertWhole();
            secondLog = life.secondLog();
        }
        try (Ledger opened = Child.open(ledger)) {
            List<AuditMark> all = opened.read(tx ->
                    tx.audit().after(0, 100_000).stream().map(SealedEntry::mark).toList());
            assertThat(all).hasSizeGreaterThanOrEqualTo(CUSTOMERS);
            assertThat(SecondLog.read(secondLog).values()).containsExactlyElementsOf(all);
            assertThat(SecondLog.doubles(secondLog)).isPositive();
        }
    }
}
