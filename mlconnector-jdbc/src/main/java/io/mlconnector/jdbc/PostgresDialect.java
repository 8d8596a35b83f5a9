package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

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
    public void lockSchema(Session session) {
        session.query(
                "waiting for other processes that migrate",
                "SELECT pg_advisory_xact_lock(" + SCHEMA_LOCK + ")",
                Session.Binding.NONE,
                row -> {});
    }

    @Override
    public Statements read(Connection connection) throws SQLException {
        return begin(connection, "REPEATABLE READ READ ONLY");
    }

    @Override
    public Statements look(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        return new PostgresStatements(connection);
    }

    @Override
    public Statements write(Connection connection) throws SQLException {
        return begin(connection, "READ COMMITTED");
    }

    @Override
    public Statements write(Connection connection, Fence fence) throws SQLException {
        PostgresStatements statements = begin(connection, "READ COMMITTED");
        statements.putOff(fence);
        return statements;
    }

    /** The driver sends BEGIN along with the first statements. */
    private static PostgresStatements begin(Connection connection, String isolation) throws SQLException {
        connection.setAutoCommit(false);
        var statements = new PostgresStatements(connection);
        statements.putOff("SET TRANSACTION ISOLATION LEVEL " + isolation, Session.Binding.NONE);
        return statements;
    }

    @Override
    public void rollBack(Connection connection) throws SQLException {
        connection.rollback();
    }

    @Override
    public String keys() {
        return "AS MATERIALIZED (SELECT k.number - 1, k.connection, k.entity, k.id"
                + " FROM unnest(?::text[], ?::text[], ?::text[])"
                + " WITH ORDINALITY AS k (connection, entity, id, number))";
    }

    @Override
    public void bindKeys(StatementParameters parameters, List<RecordKey> keys) throws SQLException {
        bind(parameters, keys.stream().map(RecordKey::connection));
        bind(parameters, keys.stream().map(RecordKey::entity));
        bind(parameters, keys.stream().map(RecordKey::id));
    }

    @Override
    public String isOneOf(String column) {
        return column + " = ANY (?::text[])";
    }

    @Override
    public void bindTexts(StatementParameters parameters, Collection<String> texts) throws SQLException {
        bind(parameters, texts.stream());
    }

    private static void bind(StatementParameters parameters, Stream<String> texts) throws SQLException {
        parameters.array("text", texts.map(StoredText::encode).toArray());
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
