package io.mlconnector.jdbc;

import static io.mlconnector.jdbc.Samples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Position;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStatementsTest {

    private static final int PAGE = 1000;

    private final TestPool pool = new TestPool(PostgresServer.shared().newDatabase(), false);
    private final JdbcLedger ledger = JdbcLedger.open(pool.dataSource());
    private Lease lease = new Lease("f", 1);

    @BeforeEach
    void acquire() {
        lease = ledger.acquire("f");
        pool.takeExecuted();
    }

    @AfterEach
    void close() throws SQLException {
        ledger.close();
        pool.closeIdle();
    }

    @Test
    void looksUpAPageInOneStatement() {
        ledger.read(tx -> tx.mappings().known("f", TARGET, Samples.sources(PAGE)));
        assertThat(pool.takeExecuted()).hasSize(2).first().asString().startsWith("SET TRANSACTION");

        ledger.read(tx -> tx.mappings().resolve("stripe", Samples.sources(PAGE)));
        assertThat(pool.takeExecuted()).hasSize(2).first().asString().startsWith("SET TRANSACTION");
    }

    @Test
    void beginsATransactionWithTheLookAtItsEpoch() {
        Samples.write(ledger, lease, tx -> {});

        assertThat(pool.takeExecuted()).hasSize(2).last().isEqualTo("commit");
    }

    @Test
    void writesAPageInSevenStatementsBesideBeginAndCommit() {
        Samples.write(ledger, lease, tx -> tx.intents().put(Samples.intents("f", PAGE)));
        List<String> intents = pool.takeExecuted();
        Samples.write(ledger, lease, tx -> {
            tx.mappings().put(Samples.links(PAGE));
            tx.intents().close("f", Samples.sources(PAGE));
            tx.audit().append(Samples.entries("f", PAGE));
        });
        List<String> settle = pool.takeExecuted();
        Samples.write(ledger, lease, tx -> tx.positions().save("f", new Position("1")));
        List<String> position = pool.takeExecuted();

        assertThat(betweenBeginAndCommit(intents)).hasSize(1);
        assertThat(betweenBeginAndCommit(settle)).hasSize(5);
        assertThat(betweenBeginAndCommit(position)).hasSize(1);
    }

    private static List<String> betweenBeginAndCommit(List<String> executed) {
        assertThat(executed).first().asString().startsWith("SET TRANSACTION");
        assertThat(executed).last().isEqualTo("commit");
        return executed.subList(1, executed.size() - 1);
    }
}
