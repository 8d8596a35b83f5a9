package io.mlconnector.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditTamperingTest extends AuditTampering {

    @TempDir
    Path directory = Path.of(".");

    @Override
    JdbcLedger open() {
        return JdbcLedger.sqlite(file());
    }

    @Override
    void execute(String... statements) {
        Sql.execute(file(), statements);
    }

    private Path file() {
        return directory.resolve("ledger.db");
    }
}
