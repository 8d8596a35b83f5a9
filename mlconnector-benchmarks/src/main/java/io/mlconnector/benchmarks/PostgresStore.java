package io.mlconnector.benchmarks;

import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.spi.Ledger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/** A PostgreSQL on loopback that syncs every commit, as a real one does. */
final class PostgresStore implements LedgerStore {

    private final EmbeddedPostgres server = EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    private int databases;

    PostgresStore() throws IOException {}

    private DataSource newDatabase() throws SQLException {
        String name = "ledger_" + ++databases;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.getDatabase("postgres", name, Map.of("reWriteBatchedInserts", "true"));
    }

    @Override
    public Ledger newLedger() throws SQLException {
        return JdbcLedger.open(newDatabase());
    }

    @Override
    public Connection newTables() throws SQLException {
        DataSource database = newDatabase();
        LedgerStore.makeTables(JdbcLedger.open(database));
        return database.getConnection();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
