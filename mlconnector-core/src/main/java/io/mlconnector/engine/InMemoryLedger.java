package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException.Details;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A ledger that lives as long as its object: for tests and trials. It keeps every promise of a ledger except that of
 * outliving the process. One transaction writes at a time, and readers wait for it. Safe for threads.
 */
public final class InMemoryLedger implements Ledger {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final InMemoryLedgerState state = new InMemoryLedgerState();
    private boolean closed;

    /** Creates an empty ledger. */
    public InMemoryLedger() {}

    @Override
    public Lease acquire(String flow) {
        requireNonNull(flow, "flow");
        enter(lock.writeLock());
        try {
            return new Lease(flow, state.epochs.merge(flow, 1L, Long::sum));
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void check(Lease lease) {
        requireNonNull(lease, "lease");
        enter(lock.readLock());
        try {
            refuseStale(lease);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        requireNonNull(lease, "lease");
        requireNonNull(work, "work");
        return write(work, () -> {
            refuseStale(lease);
            return InMemoryLedgerTransaction.under(lease, state);
        });
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        requireNonNull(work, "work");
        return write(work, () -> InMemoryLedgerTransaction.withoutLease(state));
    }

    private <R> R write(Function<LedgerTransaction, R> work, Supplier<InMemoryLedgerTransaction> beginning) {
        enter(lock.writeLock());
        try {
            InMemoryLedgerTransaction transaction = beginning.get();
            boolean done = false;
            try {
                R result = work.apply(transaction);
                done = true;
                return result;
            } finally {
                transaction.end(done);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        requireNonNull(work, "work");
        enter(lock.readLock());
        try {
            var transaction = InMemoryLedgerTransaction.reading(state);
            try {
                return work.apply(transaction);
            } finally {
                transaction.end(true);
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        refuseNesting();
        lock.writeLock().lock();
        try {
            closed = true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void enter(Lock wanted) {
        refuseNesting();
        wanted.lock();
        if (closed) {
            wanted.unlock();
            throw new LedgerException("the ledger is closed", Details.NONE);
        }
    }

    private void refuseNesting() {
        if (lock.isWriteLockedByCurrentThread() || lock.getReadHoldCount() > 0) {
            throw new IllegalStateException("this thread is already within a transaction of the ledger");
        }
    }

    private void refuseStale(Lease lease) {
        long newest = state.epochs.getOrDefault(lease.flow(), 0L);
        if (lease.epoch() != newest) {
            throw new LedgerException(
                    "flow '" + lease.flow() + "': the lease of epoch " + lease.epoch()
                            + " is refused, the newest epoch is " + newest,
                    Details.NONE);
        }
    }
}
