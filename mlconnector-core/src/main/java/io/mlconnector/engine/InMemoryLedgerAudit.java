package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.AuditCheck;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.SealedEntry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit log of an {@link InMemoryLedger}. */
final class InMemoryLedgerAudit implements AuditLog {

    private final InMemoryLedgerState state;
    private final InMemoryLedgerTransaction transaction;

    InMemoryLedgerAudit(InMemoryLedgerState state, InMemoryLedgerTransaction transaction) {
        this.state = state;
        this.transaction = transaction;
    }

    @Override
    public void append(Collection<AuditEntry> entries) {
        transaction.writing();
        entries.forEach(this::append);
    }

    private void append(AuditEntry entry) {
        List<SealedEntry> log = state.audit;
        log.add(SealedEntry.following(head(), truncated(entry)));
        transaction.onUndo(() -> log.remove(log.size() - 1));
    }

    private static AuditEntry truncated(AuditEntry entry) {
        return new AuditEntry(
                entry.flow(),
                entry.run(),
                entry.source(),
                entry.sourceVersion(),
                entry.target(),
                entry.action(),
                entry.changes(),
                entry.mapping(),
                entry.attempts(),
                entry.outcome(),
                entry.detail(),
                entry.requestId(),
                InMemoryLedgerState.truncated(entry.at()));
    }

    @Override
    public List<AuditEntry> query(AuditQuery query) {
        transaction.reading();
        Deque<AuditEntry> found = new ArrayDeque<>();
        for (int i = state.audit.size() - 1; i >= 0 && found.size() < query.limit(); i--) {
            AuditEntry entry = state.audit.get(i).entry();
            if (matches(query, entry)) {
                found.addFirst(entry);
            }
        }
        return new ArrayList<>(found);
    }

    private static boolean matches(AuditQuery query, AuditEntry entry) {
        return matches(query.flow(), entry.flow())
                && matches(query.run(), entry.run())
                && matches(query.source(), entry.source())
                && matches(query.target(), entry.target())
                && matches(
                        query.targetId(),
                        entry.target() == null ? null : entry.target().id())
                && matches(query.outcome(), entry.outcome())
                && (query.from() == null || !entry.at().isBefore(query.from()))
                && (query.to() == null || entry.at().isBefore(query.to()));
    }

    private static boolean matches(@Nullable Object wanted, @Nullable Object actual) {
        return wanted == null || wanted.equals(actual);
    }

    @Override
    public List<SealedEntry> after(long sequence, int limit) {
        transaction.reading();
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        List<SealedEntry> log = state.audit;
        int from = (int) Math.min(log.size(), Math.max(0, sequence - state.auditAnchor.sequence()));
        int to = (int) Math.min(log.size(), (long) from + limit);
        return List.copyOf(log.subList(from, to));
    }

    @Override
    public AuditMark head() {
        transaction.reading();
        int size = state.audit.size();
        return size == 0 ? state.auditAnchor : state.audit.get(size - 1).mark();
    }

    @Override
    public AuditMark anchor() {
        transaction.reading();
        return state.auditAnchor;
    }

    @Override
    public Optional<String> verify() {
        transaction.reading();
        var check = new AuditCheck(state.auditAnchor);
        state.audit.forEach(check::next);
        return check.end(head());
    }

    @Override
    public long prune(AuditReceipt exported, String person, Instant at) {
        transaction.writingFreely();
        requireNonNull(person, "person");
        AuditMark anchor = state.auditAnchor;
        AuditMark upTo = exported.to();
        if (!exported.reachesBeyond(anchor)) {
            return 0;
        }
        if (after(upTo.sequence() - 1, 1).stream().map(SealedEntry::mark).noneMatch(upTo::equals)) {
            throw AuditReceipt.ofAnotherLog(upTo);
        }
        exported.requireDelivered(state.auditDeliveries);
        List<SealedEntry> oldest = state.audit.subList(0, (int) (upTo.sequence() - anchor.sequence()));
        List<SealedEntry> removed = List.copyOf(oldest);
        oldest.clear();
        state.auditAnchor = upTo;
        transaction.onUndo(() -> {
            state.audit.addAll(0, removed);
            state.auditAnchor = anchor;
        });
        append(AuditEntry.ofPruning(upTo, removed.size(), person, at));
        return removed.size();
    }

    @Override
    public void enlist(String name) {
        transaction.writingFreely();
        if (!state.auditDeliveries.containsKey(requireNonNull(name, "name"))) {
            transaction.set(state.auditDeliveries, name, state.auditAnchor);
        }
    }

    @Override
    public Map<String, AuditMark> deliveries() {
        transaction.reading();
        return Map.copyOf(state.auditDeliveries);
    }

    @Override
    public void delivered(String name, AuditMark upTo) {
        transaction.writingFreely();
        AuditMark before = state.auditDeliveries.get(name);
        if (before != null && before.sequence() < upTo.sequence()) {
            transaction.set(state.auditDeliveries, name, upTo);
        }
    }

    @Override
    public void forget(String name) {
        transaction.writingFreely();
        transaction.set(state.auditDeliveries, name, null);
    }
}
