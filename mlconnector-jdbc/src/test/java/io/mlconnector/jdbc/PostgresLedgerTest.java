package io.mlconnector.jdbc;

import io.mlconnector.spi.Ledger;
import io.mlconnector.testkit.LedgerContract;
import io.mlconnector.testkit.postgres.PostgresServer;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresLedgerTest extends LedgerContract {

    private static PGSimpleDataSource dataSource = new PGSimpleDataSource();

    @BeforeAll
    static void makeADatabase() {
        dataSource = PostgresServer.shared().newDatabase();
    }

    @Override
    protected Ledger open() {
        PostgresServer.newSchema(dataSource);
        return JdbcLedger.open(dataSource);
    }

    @Override
    protected Optional<Ledger> reopen() {
        return Optional.of(JdbcLedger.open(dataSource));
    }
}
