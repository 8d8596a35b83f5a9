package io.mlconnector.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.SealedEntry;
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

    private static final int CUSTOMERS = 2_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Store.class)
    void theSecondLogHasEveryEntryAlthoughTheProcessWasKilledAfterADelivery(Store store) throws Exception {
        Path secondLog = folder.resolve("second.log");
        String ledger = store.empty(folder);
        try (Bank bank = new Bank()) {
            var life = new Life(bank, ledger, CUSTOMERS, Duration.ofMinutes(2), secondLog);
            life.kill(new Kill(Place.AFTER_DELIVERY, 2));
            life.kill(new Kill(Place.AFTER_DELIVERY, 1));

            String end = life.finish();

            assertThat(end).contains("completed=true", "audit=whole");
            assertThat(bank.doubled()).isZero();
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
