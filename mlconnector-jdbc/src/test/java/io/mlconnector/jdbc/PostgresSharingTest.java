package io.mlconnector.jdbc;

import static io.mlconnector.jdbc.Samples.countUp;
import static io.mlconnector.jdbc.Samples.position;
import static io.mlconnector.jdbc.Samples.save;
import static io.mlconnector.jdbc.Samples.verify;
import static io.mlconnector.jdbc.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.Position;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two ledgers on one database are what two processes are: they share nothing in memory. */
class PostgresSharingTest {

    private static final PGSimpleDataSource DATABASE = PostgresServer.shared().newDatabase();

    private final JdbcLedger ours = openAnew();
    private final JdbcLedger theirs = JdbcLedger.open(DATABASE);

    private static JdbcLedger openAnew() {
        PostgresServer.newSchema(DATABASE);
        return JdbcLedger.open(DATABASE);
    }

    @AfterEach
    void close() {
        ours.close();
        theirs.close();
    }

    @Test
    void showsAnotherProcessWhatIsCommitted() {
        Lease lease = ours.acquire("f");
        save(ours, lease, "1");
        ours.release(lease);

        assertThat(position(theirs, "f")).isEqualTo("1");
        assertThat(theirs.acquire("f")).isEqualTo(new Lease("f", 2));
    }

    @Test
    void refusesAFlowThatAnotherProcessHolds() {
        Lease lease = ours.acquire("f");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> theirs.acquire("f"))
                .withMessageStartingWith(
                        "flow 'f' is held by " + ProcessHandle.current().pid() + "@");

        save(ours, lease, "1");
        assertThat(theirs.acquire("g")).isEqualTo(new Lease("g", 1));
    }

    @Test
    void holdsTheFlowsOfOneSchemaAlone() {
        ours.acquire("f");
        PostgresServer.newSchema(DATABASE);

        try (JdbcLedger other = JdbcLedger.open(DATABASE)) {
            assertThat(other.acquire("f")).isEqualTo(new Lease("f", 1));
        }
    }

    @Test
    void givesItsConnectionsBackWithItsLeases() throws SQLException {
        var pool = new TestPool(DATABASE, false);
        try (JdbcLedger ledger = JdbcLedger.open(pool.dataSource())) {
            Lease lease = ledger.acquire("f");
            assertThat(pool.lent()).isEqualTo(1);
            assertThat(ledger.acquire("f")).isEqualTo(new Lease("f", 2));
            assertThat(pool.lent()).isEqualTo(1);
            ledger.release(lease);
            assertThat(pool.lent()).isEqualTo(1);

            ledger.release(new Lease("f", 2));

            assertThat(pool.lent()).isZero();
            assertThat(theirs.acquire("f")).isEqualTo(new Lease("f", 3));
            assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> ledger.acquire("f"));
            assertThat(pool.lent()).isZero();
            ledger.acquire("g");
        }
        assertThat(pool.lent()).isZero();
        pool.closeIdle();
    }

    @Test
    void fencesAProcessWhoseFlowWasTakenOver() {
        Lease lease = ours.acquire("f");
        PostgresServer.shared().terminateSessions(DATABASE);
        Lease taken = theirs.acquire("f");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> save(ours, lease, "1"))
                .withMessage("flow 'f': the lease of epoch 1 is refused, the newest epoch is 2");
        assertThat(position(theirs, "f")).isEmpty();

        save(theirs, taken, "2");
        assertThat(position(ours, "f")).isEqualTo("2");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> ours.acquire("f"));
    }

    @Test
    void takesAFlowOverOnlyBetweenTransactions() throws Exception {
        Lease lease = ours.acquire("f");
        var takeover = new CompletableFuture<Lease>();

        write(ours, lease, tx -> {
            tx.positions().save("f", new Position("1"));
            tx.positions().position("f");
            takeover.completeAsync(() -> ours.acquire("f"));
            awaitOneThatWaitsForALock();
            tx.positions().save("f", new Position("2"));
        });

        assertThat(takeover.get(60, TimeUnit.SECONDS)).isEqualTo(new Lease("f", 2));
        assertThat(position(theirs, "f")).isEqualTo("2");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> save(ours, lease, "3"));
    }

    @Test
    void givesEveryOfManyTakersItsOwnEpoch() throws Exception {
        var takers = IntStream.range(0, 20)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> ours.acquire("f").epoch()))
                .toList();
        CompletableFuture.allOf(takers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(takers.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(Long::valueOf).toList());
    }

    @Test
    void keepsTheAuditChainWholeWhileFlowsOfTwoProcessesAppend() throws Exception {
        List<CompletableFuture<Void>> flows = List.of(
                countingTo50(ours, "a"), countingTo50(theirs, "b"), countingTo50(ours, "c"), countingTo50(theirs, "d"));
        CompletableFuture.allOf(flows.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(List.of("a", "b", "c", "d"))
                .allSatisfy(flow -> assertThat(position(theirs, flow)).isEqualTo("50"));
        assertThat(Sql.query(DATABASE, "SELECT COUNT(*) FROM ml_audit")).isEqualTo("200");
        assertThat(verify(ours)).isEmpty();
        assertThat(verify(theirs)).isEmpty();
    }

    private static CompletableFuture<Void> countingTo50(JdbcLedger ledger, String flow) {
        return CompletableFuture.runAsync(() -> {
            Lease lease = ledger.acquire(flow);
            for (int i = 0; i < 50; i++) {
                countUp(ledger, lease);
            }
        });
    }

    @Test
    void readsOneStateWhileAnotherProcessCommits() {
        Lease lease = theirs.acquire("f");
        save(theirs, lease, "1");

        List<String> seen = ours.read(tx -> {
            String before = tx.positions().position("f").value();
            CompletableFuture.runAsync(() -> save(theirs, lease, "2")).join();
            return List.of(before, tx.positions().position("f").value());
        });

        assertThat(seen).containsExactly("1", "1");
        assertThat(position(ours, "f")).isEqualTo("2");
    }

    @Test
    void makesTheTablesOnceWhenProcessesOpenAnEmptyDatabaseTogether() throws Exception {
        PostgresServer.newSchema(DATABASE);
        var opening = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> JdbcLedger.open(DATABASE).close()))
                .toList();
        CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

        assertThat(Sql.query(DATABASE, "SELECT COUNT(*) FROM ml_schema_version"))
                .isEqualTo("" + Migrations.SCRIPTS.size());
        assertThat(Sql.query(DATABASE, "SELECT COUNT(*) FROM ml_audit_head")).isEqualTo("1");
    }

    private static void awaitOneThatWaitsForALock() {
        for (int i = 0; i < 3000; i++) {
            String waiting = Sql.query(
                    DATABASE,
                    "SELECT COUNT(*) FROM pg_stat_activity, pg_sleep(0.01)"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
            if (!waiting.equals("0")) {
                return;
            }
        }
        throw new AssertionError("nobody waits for a lock");
    }
}
