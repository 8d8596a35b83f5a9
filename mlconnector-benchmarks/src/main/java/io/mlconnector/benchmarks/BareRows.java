package io.mlconnector.benchmarks;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Link;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes the ledger's rows by bare JDBC, in one transaction, with nothing worked out: no hash chain, no fence, no checks. */
final class BareRows implements AutoCloseable {

    private static final String HASH = "0".repeat(64);

    private final Connection connection;
    private long sequence;

    /** Takes a connection to a database that has the ledger's tables, and closes it in the end. */
    BareRows(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    int write(LedgerRows rows) throws SQLException {
        try (PreparedStatement intents = connection.prepareStatement(
                        "INSERT INTO ml_intent (flow, source_connection, source_entity, source_id, target_connection,"
                                + " target_entity, action, idempotency_key, payload, fingerprint, changed_fields,"
                                + " intended_at, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, 0)");
                PreparedStatement closed = connection.prepareStatement(
                        "DELETE FROM ml_intent WHERE flow = ? AND source_connection = ? AND source_entity = ?"
                                + " AND source_id = ?");
                PreparedStatement links = connection.prepareStatement(
                        "INSERT INTO ml_link (source_connection, source_entity, source_id, target_connection,"
                                + " target_entity, target_id, fingerprint, linked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement audit = connection.prepareStatement(
                        "INSERT INTO ml_audit (sequence, hash, flow, run, source_connection, source_entity, source_id,"
                                + " source_version, target_connection, target_entity, target_id, action, changes,"
                                + " mapping, attempts, outcome, request_id, at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)")) {
            for (int i = 0; i < rows.sources.size(); i++) {
                add(intents, rows.intents.get(i));
                add(closed, rows.sources.get(i));
                add(links, rows.links.get(i));
                add(audit, rows.entries.get(i));
            }
            intents.executeBatch();
            closed.executeBatch();
            links.executeBatch();
            audit.executeBatch();
            connection.commit();
        }
        return rows.sources.size();
    }

    private static void add(PreparedStatement statement, Intent intent) throws SQLException {
        statement.setString(1, intent.flow());
        key(statement, 2, intent.source());
        statement.setString(5, intent.target().connection());
        statement.setString(6, intent.target().entity());
        statement.setString(7, intent.action().name());
        statement.setString(8, intent.idempotencyKey().value());
        statement.setString(9, intent.payload());
        statement.setString(10, intent.fingerprint().format());
        statement.setLong(11, intent.intendedAt().toEpochMilli());
        statement.addBatch();
    }

    private static void add(PreparedStatement statement, RecordKey source) throws SQLException {
        statement.setString(1, LedgerRows.FLOW);
        key(statement, 2, source);
        statement.addBatch();
    }

    private static void add(PreparedStatement statement, Link link) throws SQLException {
        key(statement, 1, link.source());
        key(statement, 4, link.target());
        statement.setString(7, link.fingerprint().format());
        statement.setLong(8, link.linkedAt().toEpochMilli());
        statement.addBatch();
    }

    private void add(PreparedStatement statement, AuditEntry entry) throws SQLException {
        statement.setLong(1, ++sequence);
        statement.setString(2, HASH);
        statement.setString(3, entry.flow());
        statement.setString(4, entry.run());
        key(statement, 5, entry.source());
        statement.setString(8, entry.sourceVersion());
        RecordKey target = entry.target() == null ? entry.source() : entry.target();
        key(statement, 9, target);
        statement.setString(12, String.valueOf(entry.action()));
        statement.setString(13, entry.changes().toString());
        statement.setString(14, entry.mapping());
        statement.setString(15, entry.outcome().name());
        statement.setString(16, entry.requestId());
        statement.setLong(17, entry.at().toEpochMilli());
        statement.addBatch();
    }

    private static void key(PreparedStatement statement, int first, RecordKey key) throws SQLException {
        statement.setString(first, key.connection());
        statement.setString(first + 1, key.entity());
        statement.setString(first + 2, key.id());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
