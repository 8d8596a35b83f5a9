package io.mlconnector.jdbc;

import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings the schema of a ledger to the version that this code knows: the n-th script leads to version n. */
final class Migrations {

    static final List<String> SCRIPTS = List.of(
            "001-ledger.sql", "002-two-way-and-retry.sql", "003-lease-holder.sql", "004-audit-and-inbox.sql");

    private final Dialect dialect;
    private final List<String> scripts;

    Migrations(Dialect dialect, List<String> scripts) {
        this.dialect = dialect;
        this.scripts = scripts;
    }

    /** Runs what is missing, within the connection's current transaction. */
    void run(Connection connection) throws SQLException {
        dialect.lockSchema(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    dialect.schema("CREATE TABLE IF NOT EXISTS ml_schema_version (version {long} PRIMARY KEY)"));
            int version = version(statement);
            if (version > scripts.size()) {
                throw new LedgerException(
                        "the ledger has schema version " + version + ", and this ml-connector knows none above "
                                + scripts.size() + ": use the newer ml-connector that made it",
                        Details.NONE);
            }
            for (int next = version + 1; next <= scripts.size(); next++) {
                for (String sql : statements(scripts.get(next - 1))) {
                    statement.execute(sql);
                }
                statement.execute("INSERT INTO ml_schema_version (version) VALUES (" + next + ")");
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT MAX(version) FROM ml_schema_version")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    private List<String> statements(String script) {
        try (InputStream in = Migrations.class.getResourceAsStream("schema/" + script)) {
            if (in == null) {
                throw new IllegalStateException("the schema script " + script + " is not in the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return dialect
                    .schema(text)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .reduce("", (before, line) -> before + line + "\n")
                    .transform(sql -> List.of(sql.split(";\n")))
                    .stream()
                    .filter(sql -> !sql.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema script " + script, e);
        }
    }
}
