package io.mlconnector.engine;

import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.DeadLetterStore;
import io.mlconnector.spi.IntentStore;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MappingStore;
import io.mlconnector.spi.PositionStore;
import io.mlconnector.spi.WebhookInbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One transaction: says what it may do, and notes how to undo what it did. */
final class InMemoryLedgerTransaction implements LedgerTransaction {

    private final InMemoryLedgerState state;
    private final @Nullable Lease lease;
    private final boolean writes;
    private final Thread owner = Thread.currentThread();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private boolean over;

    private InMemoryLedgerTransaction(InMemoryLedgerState state, @Nullable Lease lease, boolean writes) {
        this.state = state;
        this.lease = lease;
        this.writes = writes;
    }

    static InMemoryLedgerTransaction under(Lease lease, InMemoryLedgerState state) {
        return new InMemoryLedgerTransaction(state, lease, true);
    }

    static InMemoryLedgerTransaction withoutLease(InMemoryLedgerState state) {
        return new InMemoryLedgerTransaction(state, null, true);
    }

    static InMemoryLedgerTransaction reading(InMemoryLedgerState state) {
        return new InMemoryLedgerTransaction(state, null, false);
    }

    @Override
    public MappingStore mappings() {
        return new InMemoryLedgerMappings(state, this);
    }

    @Override
    public PositionStore positions() {
        return new InMemoryLedgerPositions(state, this);
    }

    @Override
    public IntentStore intents() {
        return new InMemoryLedgerIntents(state, this);
    }

    @Override
    public DeadLetterStore deadLetters() {
        return new InMemoryLedgerLetters(state, this);
    }

    @Override
    public WebhookInbox inbox() {
        return new InMemoryLedgerInbox(state, this);
    }

    @Override
    public AuditLog audit() {
        return new InMemoryLedgerAudit(state, this);
    }

    void end(boolean keep) {
        over = true;
        while (!keep && !undo.isEmpty()) {
            undo.pop().run();
        }
    }

    void reading() {
        if (Thread.currentThread() != owner || over) {
            throw new IllegalStateException("a ledger transaction is valid on its own thread until its work returns");
        }
    }

    /** Begins a write that needs no lease. */
    void writingFreely() {
        reading();
        if (!writes) {
            throw new IllegalStateException("a read of the ledger cannot write");
        }
    }

    void writing() {
        writingFreely();
        if (lease == null) {
            throw new IllegalStateException("this write needs a lease");
        }
    }

    void writing(String flow) {
        writing();
        if (lease != null && !lease.flow().equals(flow)) {
            throw new IllegalArgumentException(
                    "the lease of flow '" + lease.flow() + "' cannot write for flow '" + flow + "'");
        }
    }

    void onUndo(Runnable step) {
        undo.push(step);
    }

    /** Puts a value, or removes it if it is null. */
    <K, V> void set(Map<K, V> map, K key, @Nullable V value) {
        V before = assign(map, key, value);
        undo.push(() -> assign(map, key, before));
    }

    private static <K, V> @Nullable V assign(Map<K, V> map, K key, @Nullable V value) {
        return value == null ? map.remove(key) : map.put(key, value);
    }
}
