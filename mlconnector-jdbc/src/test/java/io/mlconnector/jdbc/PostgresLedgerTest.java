package io.mlconnector.jdbc;

import io.mlconnector.spi.Ledger;
import io.mlconnector.testkit.LedgerContract;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresLedgerTest extends LedgerContract {

    private static PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private static int schemas;

    @BeforeAll
    static void makeADatabase() {
        dataSource = PostgresServer.shared().newDatabase();
    }

    @Override
    protected Ledger open() {
        String schema = "ledger_" + ++schemas;
        Sql.execute(dataSource, "CREATE SCHEMA " + schema);
        dataSource.setCurrentSchema(schema);
        return JdbcLedger.open(dataSource);
    }

    @Override
    protected Optional<Ledger> reopen() {
        return Optional.of(JdbcLedger.open(dataSource));
    }
}
