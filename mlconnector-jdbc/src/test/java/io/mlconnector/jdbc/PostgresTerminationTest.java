package io.mlconnector.jdbc;

import static io.mlconnector.jdbc.Samples.TARGET;
import static io.mlconnector.jdbc.Samples.countUp;
import static io.mlconnector.jdbc.Samples.position;
import static io.mlconnector.jdbc.Samples.save;
import static io.mlconnector.jdbc.Samples.verify;
import static io.mlconnector.jdbc.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Position;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The server ends every session of the ledger, as it does when it restarts or fails over. */
class PostgresTerminationTest {

    private static PGSimpleDataSource dataSource = new PGSimpleDataSource();

    private TestPool pool = new TestPool(dataSource, true);
    private List<JdbcLedger> opened = List.of();

    @BeforeAll
    static void makeADatabase() {
        dataSource = PostgresServer.shared().newDatabase();
    }

    @BeforeEach
    void open() {
        PostgresServer.newSchema(dataSource);
        use(new TestPool(dataSource, true));
    }

    private void use(TestPool next) {
        pool = next;
        opened = List.of(JdbcLedger.open(pool.dataSource()));
    }

    private JdbcLedger ledger() {
        return opened.get(0);
    }

    @AfterEach
    void close() throws SQLException {
        ledger().close();
        pool.closeIdle();
    }

    @Test
    void goesOnWithNewConnectionsWhenThoseOfThePoolAreDead() {
        Lease lease = ledger().acquire("f");
        save(ledger(), lease, "1");

        terminateAll();

        save(ledger(), ledger().acquire("f"), "2");
        assertThat(position(ledger(), "f")).isEqualTo("2");
    }

    @Test
    void endsALeaseWithTheSessionThatHoldsItsLock() {
        Lease lease = ledger().acquire("f");
        save(ledger(), lease, "1");

        terminateAll();

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> save(ledger(), lease, "2"))
                .withMessage("flow 'f': the lease of epoch 1 is over: it was given back, or its lock was lost");
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> save(ledger(), lease, "3"));
        assertThat(position(ledger(), "f")).isEqualTo("1");
        ledger().release(lease);
        assertThat(ledger().acquire("f")).isEqualTo(new Lease("f", 2));
    }

    @Test
    void failsOnceWhenThePoolLendsADeadConnectionUntested() {
        use(new TestPool(dataSource, false));
        Lease lease = ledger().acquire("f");
        save(ledger(), lease, "1");

        terminateAll();

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> position(ledger(), "f"));
        assertThat(position(ledger(), "f")).isEqualTo("1");
        save(ledger(), ledger().acquire("f"), "3");
        assertThat(position(ledger(), "f")).isEqualTo("3");
    }

    @Test
    void writesNothingOfATransactionThatIsTerminatedBeforeItsFirstWrite() {
        assertThatNothingIsWrittenBy(tx -> {
            terminateAll();
            writeAll(tx);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNothingOfATransactionThatIsTerminatedBetweenItsWrites(boolean swallows) {
        assertThatNothingIsWrittenBy(tx -> {
            writeAll(tx);
            terminateAll();
            try {
                tx.positions().save("f", new Position("9"));
            } catch (LedgerException e) {
                if (!swallows) {
                    throw e;
                }
            }
        });
    }

    @Test
    void writesNothingOfATransactionThatIsTerminatedBeforeItsCommit() {
        assertThatNothingIsWrittenBy(tx -> {
            writeAll(tx);
            terminateAll();
        });
    }

    private void assertThatNothingIsWrittenBy(Consumer<LedgerTransaction> work) {
        Lease lease = ledger().acquire("f");
        save(ledger(), lease, "1");

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> write(ledger(), lease, work));

        assertThat(position(ledger(), "f")).isEqualTo("1");
        assertThat(Stream.of("ml_link", "ml_intent", "ml_audit"))
                .allSatisfy(table -> assertThat(Sql.query(dataSource, "SELECT COUNT(*) FROM " + table))
                        .isEqualTo("0"));
        write(ledger(), ledger().acquire("f"), PostgresTerminationTest::writeAll);
        assertThat(position(ledger(), "f")).isEqualTo("2");
        assertThat(verify(ledger())).isEmpty();
    }

    private static void writeAll(LedgerTransaction tx) {
        tx.intents().put(Samples.intents("f", 10));
        tx.mappings().put(Samples.links(10));
        tx.audit().append(Samples.entries("f", 10));
        tx.positions().save("f", new Position("2"));
    }

    @Test
    void failsAReadThatIsTerminatedAndAnswersTheNext() {
        write(ledger(), ledger().acquire("f"), PostgresTerminationTest::writeAll);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger().<Long>read(tx -> {
                    terminateAll();
                    return tx.mappings().count(TARGET);
                }))
                .withMessageStartingWith("counting the links to ");

        assertThat(ledger().<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(10);
    }

    @Test
    void keepsBooksAndChainWholeWhileSessionsOfTwoFlowsAreTerminated() throws Exception {
        var first = CompletableFuture.supplyAsync(() -> countTo(40, "a"));
        var second = CompletableFuture.supplyAsync(() -> countTo(40, "b"));

        assertThat(first.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(3);
        assertThat(second.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(3);
        assertThat(position(ledger(), "a")).isEqualTo("40");
        assertThat(position(ledger(), "b")).isEqualTo("40");
        assertThat(Sql.query(dataSource, "SELECT COUNT(*) FROM ml_audit")).isEqualTo("80");
        assertThat(verify(ledger())).isEmpty();
    }

    /**
     * Terminates all sessions, those of the other flow too, at three points on the way.
     *
     * @return how often the flow had to begin again
     */
    private int countTo(int end, String flow) {
        var terminations = new ArrayDeque<>(List.of("10", "20", "30"));
        int faults = 0;
        while (true) {
            try {
                Lease lease = ledger().acquire(flow);
                for (String at = position(ledger(), flow); !at.equals("" + end); at = position(ledger(), flow)) {
                    if (at.equals(terminations.peek())) {
                        terminations.pop();
                        write(ledger(), lease, tx -> {
                            tx.positions().save(flow, new Position("99"));
                            terminateAll();
                        });
                    }
                    countUp(ledger(), lease);
                }
                return faults;
            } catch (LedgerException e) {
                if (++faults > 500) {
                    throw e;
                }
            }
        }
    }

    private static void terminateAll() {
        PostgresServer.shared().terminateSessions(dataSource);
    }
}
