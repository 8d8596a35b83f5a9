package io.mlconnector.jdbc;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditCheck;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.SealedEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Audit entries in {@code ml_audit}. {@code ml_audit_head} holds the number and the hash of the last one, so that its
 * removal shows too, and so that transactions append one after the other. {@code ml_audit_anchor} holds those of the last one
 * that was pruned, {@code ml_audit_delivery} those of the last one that each second log has.
 */
final class JdbcAuditLog implements AuditLog {

    private static final String COLUMNS = """
            sequence, hash, flow, run, source_connection, source_entity, source_id, source_version,
            target_connection, target_entity, target_id, action, changes, mapping, attempts, outcome,
            detail, request_id, at
            """;

    private static final Insert ENTRIES = Insert.into("ml_audit", COLUMNS, "");

    private final Session session;

    JdbcAuditLog(Session session) {
        this.session = session;
    }

    @Override
    public void append(Collection<AuditEntry> entries) {
        session.writing();
        if (!entries.isEmpty()) {
            appendFreely(entries);
        }
    }

    private void appendFreely(Collection<AuditEntry> entries) {
        AuditMark last = head();
        var sealed = new ArrayList<SealedEntry>(entries.size());
        for (AuditEntry entry : entries) {
            SealedEntry next = SealedEntry.following(last, entry);
            sealed.add(next);
            last = next.mark();
        }
        session.insert(
                "appending " + entries.size() + " audit entries",
                ENTRIES,
                sealed,
                SealedEntry::sequence,
                JdbcAuditLog::bind);
        move("head", last);
    }

    private static void bind(Parameters parameters, SealedEntry sealed) throws SQLException {
        AuditEntry entry = sealed.entry();
        Action action = entry.action();
        parameters
                .number(sealed.sequence())
                .text(sealed.hash())
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
        var selection = new AuditSelection(query);
        var entries = new ArrayList<AuditEntry>();
        session.query("querying the audit log", "SELECT " + COLUMNS + selection.sql(), selection::bind, row -> {
            row.number();
            row.text();
            entries.add(entry(row));
        });
        Collections.reverse(entries);
        return entries;
    }

    @Override
    public List<SealedEntry> after(long sequence, int limit) {
        session.reading();
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        var entries = new ArrayList<SealedEntry>();
        session.query(
                "reading the audit log after entry " + sequence,
                "SELECT " + COLUMNS + " FROM ml_audit WHERE sequence > ? ORDER BY sequence LIMIT ?",
                parameters -> parameters.number(sequence).number(limit),
                row -> entries.add(new SealedEntry(row.number(), row.text(), entry(row))));
        return entries;
    }

    @Override
    public AuditMark head() {
        return present("head", find("head"));
    }

    @Override
    public AuditMark anchor() {
        return present("anchor", find("anchor"));
    }

    private static AuditMark present(String place, Optional<AuditMark> mark) {
        return mark.orElseThrow(
                () -> Faults.of("reading the audit log", new SQLException("the " + place + " of the log is missing")));
    }

    /** The head of the log is its last entry, the anchor the last that was pruned. Who writes keeps others from moving it. */
    private Optional<AuditMark> find(String place) {
        session.reading();
        var marks = new ArrayList<AuditMark>(1);
        session.query(
                "reading the " + place + " of the audit log",
                "SELECT sequence, hash FROM ml_audit_" + place + " WHERE only_row = 1" + session.forUpdate(),
                Session.Binding.NONE,
                row -> marks.add(new AuditMark(row.number(), row.text())));
        return marks.stream().findFirst();
    }

    private void move(String place, AuditMark to) {
        session.write(
                "moving the " + place + " of the audit log",
                "UPDATE ml_audit_" + place + " SET sequence = ?, hash = ? WHERE only_row = 1",
                parameters -> parameters.number(to.sequence()).text(to.hash()));
    }

    @Override
    public Optional<String> verify() {
        session.reading();
        Optional<AuditMark> anchor = find("anchor");
        Optional<AuditMark> head = find("head");
        if (anchor.isEmpty()) {
            return Optional.of("the anchor of the audit log was removed");
        }
        var check = new AuditCheck(anchor.get());
        session.scan(
                "verifying the audit log",
                "SELECT " + COLUMNS + " FROM ml_audit ORDER BY sequence",
                row -> check(check, row));
        return check.end(head.orElse(null));
    }

    /** A row that cannot be understood was altered: what this class writes can be read. */
    private static void check(AuditCheck check, Row row) throws SQLException {
        long sequence = row.number();
        SealedEntry sealed;
        try {
            sealed = new SealedEntry(sequence, row.text(), entry(row));
        } catch (IllegalArgumentException e) {
            check.unreadable(sequence);
            return;
        }
        check.next(sealed);
    }

    @Override
    public long prune(AuditReceipt exported, String person, Instant at) {
        session.writingFreely();
        requireNonNull(person, "person");
        AuditMark anchor = anchor();
        AuditMark upTo = exported.to();
        if (!exported.reachesBeyond(anchor)) {
            return 0;
        }
        if (!holds(upTo)) {
            throw AuditReceipt.ofAnotherLog(upTo);
        }
        exported.requireDelivered(deliveries());
        int removed = session.update(
                "pruning the audit log up to entry " + upTo.sequence(),
                "DELETE FROM ml_audit WHERE sequence <= ?",
                parameters -> parameters.number(upTo.sequence()));
        move("anchor", upTo);
        appendFreely(List.of(AuditEntry.ofPruning(upTo, removed, person, at)));
        return removed;
    }

    private boolean holds(AuditMark mark) {
        var hashes = new ArrayList<String>(1);
        session.query(
                "looking up audit entry " + mark.sequence(),
                "SELECT hash FROM ml_audit WHERE sequence = ?",
                parameters -> parameters.number(mark.sequence()),
                row -> hashes.add(row.text()));
        return hashes.contains(mark.hash());
    }

    /** The anchor is locked, so that nothing is pruned before the new log is known to all. */
    @Override
    public void enlist(String name) {
        session.writingFreely();
        requireNonNull(name, "name");
        AuditMark anchor = anchor();
        session.write(
                "enlisting the second audit log '" + name + "'",
                """
                INSERT INTO ml_audit_delivery (name, sequence, hash) VALUES (?, ?, ?)
                ON CONFLICT (name) DO NOTHING
                """,
                parameters -> parameters.text(name).number(anchor.sequence()).text(anchor.hash()));
    }

    @Override
    public Map<String, AuditMark> deliveries() {
        session.reading();
        var deliveries = new HashMap<String, AuditMark>();
        session.query(
                "reading how far second audit logs have come",
                "SELECT name, sequence, hash FROM ml_audit_delivery",
                Session.Binding.NONE,
                row -> deliveries.put(row.text(), new AuditMark(row.number(), row.text())));
        return deliveries;
    }

    @Override
    public void delivered(String name, AuditMark upTo) {
        session.writingFreely();
        session.write(
                "noting what the second audit log '" + name + "' has",
                "UPDATE ml_audit_delivery SET sequence = ?, hash = ? WHERE name = ? AND sequence < ?",
                parameters -> parameters
                        .number(upTo.sequence())
                        .text(upTo.hash())
                        .text(name)
                        .number(upTo.sequence()));
    }

    @Override
    public void forget(String name) {
        session.writingFreely();
        session.write(
                "forgetting the second audit log '" + name + "'",
                "DELETE FROM ml_audit_delivery WHERE name = ?",
                parameters -> parameters.text(name));
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
                Outcome.valueOf(row.text()),
                row.textOrNull(),
                row.textOrNull(),
                row.instant());
    }
}
