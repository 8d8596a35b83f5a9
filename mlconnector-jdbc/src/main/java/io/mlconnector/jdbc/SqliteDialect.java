package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
    public void lockSchema(Connection connection) {}

    @Override
    public void begin(Connection connection, boolean writes) throws SQLException {
        execute(connection, writes ? "BEGIN IMMEDIATE" : "BEGIN");
    }

    @Override
    public Fence begin(Connection connection, String flow, FlowLock lock) throws SQLException {
        begin(connection, true);
        try (PreparedStatement statement = connection.prepareStatement("SELECT epoch FROM ml_lease WHERE flow = ?")) {
            new Parameters(statement).text(flow);
            try (ResultSet epochs = statement.executeQuery()) {
                return new Fence(epochs.next() ? epochs.getLong(1) : 0, lock.isHeld());
            }
        }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        execute(connection, "COMMIT");
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
        execute(connection, "ROLLBACK");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String keys() {
        return "AS MATERIALIZED (SELECT key, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))";
    }

    @Override
    public void bind(Parameters parameters, List<RecordKey> keys) throws SQLException {
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
    public String forUpdate() {
        return "";
    }

    @Override
    public int fetchSize() {
        return 0;
    }
}
