package io.mlconnector.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.jdbc.TestPool;
import io.mlconnector.spi.Ledger;
import io.mlconnector.testkit.kill.KillPlace;
import io.mlconnector.testkit.kill.Trap;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL ends all sessions in the middle of a pass, as it does when it restarts or fails over, that of the lease too.
 * Documents are counted at a target that knows no idempotency key.
 */
class TerminatedPassTest {

    private static final int CUSTOMERS = 240;
    private static final Duration SETTLE_TIME = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource(names = {"AFTER_INTENT", "AFTER_ANSWER", "IN_SETTLE", "BEFORE_POSITION"})
    void thePassFailsAndTheNextOneCompletesIt(KillPlace place) throws Exception {
        PGSimpleDataSource database = PostgresServer.shared().newDatabase();
        var pool = new TestPool(database, true);
        var left = new AtomicInteger(place == KillPlace.AFTER_ANSWER ? 100 : 2);
        Trap trap = reached -> {
            if (reached == place && left.decrementAndGet() == 0) {
                PostgresServer.shared().terminateSessions(database);
            }
        };
        var time = new MovedTime();
        try (Bank bank = new Bank();
                Ledger ledger = JdbcLedger.open(pool.dataSource());
                SyncEngine engine = Engines.flow(
                                SyncEngine.builder()
                                        .ledger(trap.watch(ledger))
                                        .clock(time)
                                        .sleeper(time),
                                CUSTOMERS,
                                trap.watch(new BankConnector(bank.uri(), SETTLE_TIME)))
                        .build()) {
            FlowReport failed = engine.run(Engines.FLOW);
            FlowReport completed = engine.run(Engines.FLOW);

            assertThat(failed.failureReason())
                    .hasValueSatisfying(reason -> assertThat(reason).startsWith("LedgerException: "));
            assertThat(failed.balanced()).isTrue();
            assertThat(completed.completed()).isTrue();
            assertThat(completed.balanced()).isTrue();
            assertThat(bank.documents())
                    .hasSize(CUSTOMERS)
                    .allSatisfy((key, count) -> assertThat(count).isEqualTo(1));
            Optional<String> fault = ledger.read(tx -> tx.audit().verify());
            assertThat(fault).isEmpty();
        }
        pool.closeIdle();
    }
}
