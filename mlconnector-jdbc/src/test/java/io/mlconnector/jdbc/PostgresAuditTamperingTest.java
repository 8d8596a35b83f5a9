package io.mlconnector.jdbc;

import io.mlconnector.testkit.postgres.PostgresServer;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresAuditTamperingTest extends AuditTampering {

    private static PGSimpleDataSource dataSource = new PGSimpleDataSource();

    @BeforeAll
    static void makeADatabase() {
        dataSource = PostgresServer.shared().newDatabase();
    }

    @Override
    JdbcLedger open() {
        PostgresServer.newSchema(dataSource);
        return JdbcLedger.open(dataSource);
    }

    @Override
    void execute(String... statements) {
        Sql.execute(dataSource, statements);
    }
}
