package io.mlconnector.engine;

import io.mlconnector.engine.InMemoryLedgerState.Sealed;
import io.mlconnector.spi.AuditChain;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.AuditQuery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
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
        List<Sealed> log = state.audit;
        int before = log.size();
        transaction.onUndo(() -> log.subList(before, log.size()).clear());
        String hash = before == 0 ? AuditChain.START : log.get(before - 1).hash();
        for (AuditEntry entry : entries) {
            AuditEntry kept = truncated(entry);
            hash = AuditChain.hash(hash, log.size() + 1L, kept);
            log.add(new Sealed(kept, hash));
        }
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
                && matches(query.outcome(), entry.outcome());
    }

    private static boolean matches(@Nullable Object wanted, @Nullable Object actual) {
        return wanted == null || wanted.equals(actual);
    }

    @Override
    public Optional<String> verify() {
        transaction.reading();
        String previous = AuditChain.START;
        for (int i = 0; i < state.audit.size(); i++) {
            Sealed sealed = state.audit.get(i);
            if (!AuditChain.hash(previous, i + 1L, sealed.entry()).equals(sealed.hash())) {
                return Optional.of("audit entry " + (i + 1) + " was altered or moved");
            }
            previous = sealed.hash();
        }
        return Optional.empty();
    }
}
