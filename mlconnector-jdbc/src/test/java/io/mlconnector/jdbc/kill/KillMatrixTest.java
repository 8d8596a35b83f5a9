package io.mlconnector.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A process that runs a flow is killed with SIGKILL at every step, and started again. The target knows no idempotency
 * key, and a request may take effect after its sender is dead. Documents are counted at the target.
 */
@Timeout(120)
class KillMatrixTest {

    private static final int CUSTOMERS = 2_000;
    private static final Duration SETTLE_TIME = Duration.ofMinutes(2);
    private static final DocumentedTable TABLE =
            new DocumentedTable("kill matrix", "killed", "ledger", "runs", "records", "doubled", "lost");

    @TempDir
    private Path folder;

    static Stream<Arguments> runs() {
        return Arrays.stream(Step.values())
                .flatMap(step -> Arrays.stream(Store.values()).map(store -> Arguments.of(step, store)));
    }

    @ParameterizedTest(name = "{0}, on {1}")
    @MethodSource("runs")
    void everyRecordHasOneDocumentAlthoughTheProcessWasKilled(Step step, Store store) throws Exception {
        try (Bank bank = new Bank()) {
            var life = new Life(bank, store.empty(folder), CUSTOMERS, SETTLE_TIME, secondLog());
            for (Kill kill : step.kills()) {
                life.kill(kill);
            }

            String end = life.finish();

            TABLE.add(
                    step,
                    store,
                    1,
                    CUSTOMERS,
                    bank.doubled(),
                    CUSTOMERS - bank.documents().size());
            assertThat(end)
                    .contains("completed=true", "balanced=true", "inDoubt=0", "links=" + CUSTOMERS, "audit=whole");
            assertThat(bank.documents())
                    .hasSize(CUSTOMERS)
                    .allSatisfy((key, ids) -> assertThat(ids).hasSize(1));
            assertThat(life.landed() > 0).isEqualTo(step == Step.IN_FLIGHT);
            assertThat(SecondLog.read(secondLog()).keySet()).hasSizeGreaterThanOrEqualTo(CUSTOMERS);
        }
    }

    private Path secondLog() {
        return folder.resolve("second.log");
    }

    @Test
    void seesTheDoubleOfALookUpBeforeTheSettleTime() throws Exception {
        try (Bank bank = new Bank()) {
            var life = new Life(bank, Store.SQLITE.empty(folder), CUSTOMERS, Duration.ZERO, secondLog());
            life.kill(Step.IN_FLIGHT.kills().get(0));
            life.finish();

            int landed = bank.land();

            assertThat(landed).isPositive();
            assertThat(bank.doubled()).isEqualTo(landed);
        }
    }

    @AfterAll
    static void isWhatTheDocumentSays() throws IOException {
        TABLE.check();
    }
}
