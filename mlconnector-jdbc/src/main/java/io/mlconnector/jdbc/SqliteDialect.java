package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;

/**
 * SQLite: a transaction that writes begins with the file's only write lock, so nothing more needs locking. Transactions
 * are begun and ended in SQL, because the driver's own commit begins the next one at once and so keeps the lock.
 */
final class SqliteDialect implements Dialect {

    @Override
    public String schema(String script) {
        return script.replace("{text}", "TEXT").replace("{long}", "INTEGER");
    }

    @Override
    public void lockSchema(Session session) {}

    @Override
    public Statements read(Connection connection) throws SQLException {
        execute(connection, "BEGIN");
        return new SqliteStatements(connection);
    }

    @Override
    public Statements look(Connection connection) {
        return new SqliteStatements(connection);
    }

    @Override
    public Statements write(Connection connection) throws SQLException {
        execute(connection, "BEGIN IMMEDIATE");
        return new SqliteStatements(connection);
    }

    @Override
    public Statements write(Connection connection, Fence fence) throws SQLException {
        Statements statements = write(connection);
        long[] newest = new long[1];
        statements.query(
                "SELECT epoch FROM ml_lease WHERE flow = ?",
                0,
                parameters -> parameters.text(fence.lease().flow()),
                row -> newest[0] = row.number());
        if (newest[0] != fence.lease().epoch() || !fence.lock().isHeld()) {
            fence.close();
            throw new SQLException("the lease is over");
        }
        return statements;
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
        execute(connection, "ROLLBACK");
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String keys() {
        return "AS MATERIALIZED (SELECT key, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))";
    }

    @Override
    public void bindKeys(StatementParameters parameters, List<RecordKey> keys) throws SQLException {
        // The parts are encoded before they become JSON, as they are in their columns.
        List<List<String>> parts = keys.stream()
                .map(key -> List.of(
                        StoredText.encode(key.connection()),
                        StoredText.encode(key.entity()),
                        StoredText.encode(key.id())))
                .toList();
        parameters.text(Json.write(parts));
    }

    @Override
    public String isOneOf(String column) {
        return column + " IN (SELECT value FROM json_each(?))";
    }

    @Override
    public void bindTexts(StatementParameters parameters, Collection<String> texts) throws SQLException {
        parameters.text(Json.write(texts.stream().map(StoredText::encode).toList()));
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public int fetchSize() {
        return 0;
    }
}
