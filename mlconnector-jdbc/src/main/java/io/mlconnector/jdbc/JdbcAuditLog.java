package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditChain;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.AuditQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Audit entries in {@code ml_audit}. {@code ml_audit_head} holds the number and the hash of the last one, so that its
 * removal shows too, and so that transactions append one after the other.
 */
final class JdbcAuditLog implements AuditLog {

    private static final String COLUMNS = """
            sequence, hash, flow, run, source_connection, source_entity, source_id, source_version,
            target_connection, target_entity, target_id, action, changes, mapping, attempts, outcome,
            detail, request_id, at
            """;

    private final Session session;

    JdbcAuditLog(Session session) {
        this.session = session;
    }

    @Override
    public void append(Collection<AuditEntry> entries) {
        session.writing();
        if (entries.isEmpty()) {
            return;
        }
        Head head = head();
        if (head == null) {
            throw Faults.of("appending to the audit log", new SQLException("the head of the log is missing"));
        }
        var sealed = new ArrayList<Sealed>(entries.size());
        long sequence = head.sequence;
        String hash = head.hash;
        for (AuditEntry entry : entries) {
            sequence++;
            hash = AuditChain.hash(hash, sequence, entry);
            sealed.add(new Sealed(sequence, hash, entry));
        }
        session.batch(
                "appending " + entries.size() + " audit entries",
                "INSERT INTO ml_audit (" + COLUMNS
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                sealed,
                Sealed::sequence,
                JdbcAuditLog::bind);
        var last = new Head(sequence, hash);
        session.update(
                "moving the head of the audit log",
                "UPDATE ml_audit_head SET sequence = ?, hash = ? WHERE only_row = 1",
                parameters -> parameters.number(last.sequence).text(last.hash));
    }

    private @Nullable Head head() {
        var heads = new ArrayList<Head>(1);
        session.query(
                "reading the head of the audit log",
                "SELECT sequence, hash FROM ml_audit_head WHERE only_row = 1" + session.forUpdate(),
                Session.Binding.NONE,
                row -> heads.add(new Head(row.number(), row.text())));
        return heads.isEmpty() ? null : heads.get(0);
    }

    private static void bind(Parameters parameters, Sealed sealed) throws SQLException {
        AuditEntry entry = sealed.entry;
        Action action = entry.action();
        parameters
                .number(sealed.sequence)
                .text(sealed.hash)
                .text(entry.flow())
                .text(entry.run())
                .key(entry.source())
                .text(entry.sourceVersion())
                .key(entry.target())
                .text(action == null ? null : action.name())
                .text(Json.write(entry.changes()))
                .text(entry.mapping())
                .number(entry.attempts())
                .text(entry.outcome().name())
                .text(entry.detail())
                .text(entry.requestId())
                .instant(entry.at());
    }

    @Override
    public List<AuditEntry> query(AuditQuery query) {
        session.reading();
        var conditions = new Conditions();
        conditions.text("flow", query.flow());
        conditions.text("run", query.run());
        conditions.key("source", query.source());
        conditions.key("target", query.target());
        conditions.text(
                "outcome", query.outcome() == null ? null : query.outcome().name());
        var entries = new ArrayList<AuditEntry>();
        session.query(
                "querying the audit log",
                "SELECT " + COLUMNS + " FROM ml_audit" + conditions.sql + " ORDER BY sequence DESC LIMIT ?",
                parameters -> {
                    for (String value : conditions.values) {
                        parameters.text(value);
                    }
                    parameters.number(query.limit());
                },
                row -> {
                    row.number();
                    row.text();
                    entries.add(entry(row));
                });
        Collections.reverse(entries);
        return entries;
    }

    @Override
    public Optional<String> verify() {
        session.reading();
        Head head = head();
        var check = new AuditCheck();
        session.scan("verifying the audit log", "SELECT " + COLUMNS + " FROM ml_audit ORDER BY sequence", row -> {
            if (check.fault().isEmpty()) {
                check(check, row);
            }
        });
        return head == null ? check.endWithoutHead() : check.end(head.sequence, head.hash);
    }

    /** A row that cannot be understood was altered: what this class writes can be read. */
    private static void check(AuditCheck check, Row row) throws SQLException {
        long sequence = row.number();
        AuditEntry entry;
        String hash;
        try {
            hash = row.text();
            entry = entry(row);
        } catch (IllegalArgumentException e) {
            check.unreadable(sequence);
            return;
        }
        check.next(sequence, hash, entry);
    }

    private static AuditEntry entry(Row row) throws SQLException {
        String flow = row.text();
        String run = row.text();
        RecordKey source = row.key();
        String sourceVersion = row.textOrNull();
        RecordKey target = row.keyOrNull();
        String action = row.textOrNull();
        return new AuditEntry(
                flow,
                run,
                source,
                sourceVersion,
                target,
                action == null ? null : Action.valueOf(action),
                Json.map(row.text()),
                row.text(),
                (int) row.number(),
                AuditEntry.Outcome.valueOf(row.text()),
                row.textOrNull(),
                row.textOrNull(),
                row.instant());
    }

    private record Head(long sequence, String hash) {}

    private record Sealed(long sequence, String hash, AuditEntry entry) {}

    /** The part of a query that narrows it. */
    private static final class Conditions {

        private final StringBuilder sql = new StringBuilder();
        private final List<String> values = new ArrayList<>();

        void text(String column, @Nullable String value) {
            if (value != null) {
                sql.append(sql.length() == 0 ? " WHERE " : " AND ")
                        .append(column)
                        .append(" = ?");
                values.add(value);
            }
        }

        void key(String prefix, @Nullable RecordKey key) {
            if (key != null) {
                text(prefix + "_connection", key.connection());
                text(prefix + "_entity", key.entity());
                text(prefix + "_id", key.id());
            }
        }
    }
}
