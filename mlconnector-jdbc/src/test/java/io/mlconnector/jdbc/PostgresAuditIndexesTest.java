package io.mlconnector.jdbc;

import io.mlconnector.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresAuditIndexesTest extends AuditIndexes {

    private static PGSimpleDataSource dataSource = new PGSimpleDataSource();

    @BeforeAll
    static void fill() {
        dataSource = PostgresServer.shared().newDatabase();
        JdbcLedger.open(dataSource).close();
        Sql.execute(
                dataSource,
                "CREATE TEMP VIEW numbers AS SELECT n FROM generate_series(1, 50000) n",
                FILL,
                "ANALYZE ml_audit");
    }

    @Override
    Connection connect() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    String explain() {
        return "EXPLAIN";
    }
}
