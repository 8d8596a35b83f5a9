package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** PostgreSQL: processes write side by side, so rows that decide are locked. */
final class PostgresDialect implements Dialect {

    /** The name of the lock under which schemas are migrated: "ml-conn" in ASCII. */
    private static final long SCHEMA_LOCK = 0x6d6c2d636f6e6eL;

    @Override
    public String schema(String script) {
        // Texts compare by their bytes, as in SQLite, and not by a language.
        return script.replace("{text}", "TEXT COLLATE \"C\"").replace("{long}", "BIGINT");
    }

    @Override
    public void lockSchema(Connection connection) throws SQLException {
        execute(connection, "SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")");
    }

    @Override
    public void begin(Connection connection, boolean writes) throws SQLException {
        connection.setAutoCommit(false);
        execute(
                connection,
                "SET TRANSACTION ISOLATION LEVEL " + (writes ? "READ COMMITTED" : "REPEATABLE READ READ ONLY"));
    }

    @Override
    public Fence begin(Connection connection, String flow, FlowLock lock) throws SQLException {
        connection.setAutoCommit(false);
        // The driver sends BEGIN and both statements in one round trip; the first has no rows.
        try (PreparedStatement statement = connection.prepareStatement("""
                SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
                SELECT epoch, EXISTS (
                  SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                    AND pid = ? AND (classid::bigint << 32) | objid::bigint = ?)
                FROM ml_lease WHERE flow = ? FOR UPDATE
                """)) {
            new Parameters(statement).number(lock.session()).number(lock.key()).text(flow);
            statement.execute();
            statement.getMoreResults();
            try (ResultSet fence = statement.getResultSet()) {
                return fence.next() ? new Fence(fence.getLong(1), fence.getBoolean(2)) : new Fence(0, false);
            }
        }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
        connection.rollback();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public String keys() {
        return "AS MATERIALIZED (SELECT k.number - 1, k.connection, k.entity, k.id"
                + " FROM unnest(?::text[], ?::text[], ?::text[])"
                + " WITH ORDINALITY AS k (connection, entity, id, number))";
    }

    @Override
    public void bind(Parameters parameters, List<RecordKey> keys) throws SQLException {
        parameters
                .texts(keys.stream().map(RecordKey::connection).toList())
                .texts(keys.stream().map(RecordKey::entity).toList())
                .texts(keys.stream().map(RecordKey::id).toList());
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public int fetchSize() {
        return 1000;
    }
}
