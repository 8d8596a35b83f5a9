package io.mlconnector.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditIndexesTest extends AuditIndexes {

    @TempDir
    static Path directory = Path.of(".");

    @BeforeAll
    static void fill() {
        JdbcLedger.sqlite(file()).close();
        Sql.execute(
                file(),
                "CREATE TEMP VIEW numbers AS WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 50000)"
                        + " SELECT n FROM r",
                FILL);
    }

    private static Path file() {
        return directory.resolve("ledger.db");
    }

    @Override
    Connection connect() throws SQLException {
        return Sql.connect(file());
    }

    @Override
    String explain() {
        return "EXPLAIN QUERY PLAN";
    }
}
