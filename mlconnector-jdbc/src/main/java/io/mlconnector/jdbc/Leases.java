package io.mlconnector.jdbc;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Sleeper;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What this ledger holds: per flow a lock against everybody else, and the newest epoch that was given under it. Safe for
 * threads.
 */
final class Leases {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** How long it may be taken for granted that a lock which was held is held. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    private final FlowLocks locks;
    private final Database database;
    private final Duration wait;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final ConcurrentMap<String, Flow> flows = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Waits for a flow that somebody else holds up to {@code wait}. */
    Leases(FlowLocks locks, Database database, Duration wait, InstantSource clock, Sleeper sleeper) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("the time to wait for a lease must not be negative: " + wait);
        }
        this.locks = locks;
        this.database = database;
        this.wait = wait;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    Lease acquire(String name) throws SQLException {
        Flow flow = flow(name);
        synchronized (flow) {
            if (flow.lock != null && !flow.lock.isHeld()) {
                flow.unlock();
            }
            flow.epoch = locked(name, flow, () -> database.raiseEpoch(name));
            return new Lease(name, flow.epoch);
        }
    }

    /** Returns the lock under which a lease may write. */
    FlowLock lock(Lease lease) throws SQLException {
        Flow flow = flow(lease.flow());
        synchronized (flow) {
            if (lease.epoch() <= flow.over) {
                throw over(lease);
            }
            if (flow.lock == null) { // given by a ledger that was closed since, or by none
                flow.epoch = locked(lease.flow(), flow, () -> {
                    long newest = database.epoch(lease.flow());
                    refuseStale(lease, newest);
                    return newest;
                });
            }
            refuseStale(lease, flow.epoch);
            return flow.lock();
        }
    }

    /** Refuses a lease that is over. Asks for the lock only now and then, as every call to a target asks here. */
    void check(Lease lease) throws SQLException {
        Flow flow = flow(lease.flow());
        synchronized (flow) {
            FlowLock lock = lock(lease);
            Instant now = clock.instant();
            Duration since = Duration.between(flow.heldAt, now);
            if (since.isNegative() || since.compareTo(TRUSTED) >= 0) {
                if (!lock.isHeld()) {
                    throw lost(lease, lock);
                }
                flow.heldAt = now;
            }
        }
    }

    void release(Lease lease) {
        Flow flow = flow(lease.flow());
        synchronized (flow) {
            if (flow.lock != null && flow.epoch == lease.epoch()) {
                flow.over = flow.epoch;
                flow.unlock();
            }
        }
    }

    /** Tells why a lease is over, after the database has said that it is. */
    LedgerException over(Fence fence) throws SQLException {
        Lease lease = fence.lease();
        long newest = database.epoch(lease.flow());
        LedgerException over = lost(lease, fence.lock());
        return newest == lease.epoch() ? over : stale(lease, newest);
    }

    /** The lock is gone, so the lease is too, even if nobody else has taken the flow yet. */
    private LedgerException lost(Lease lease, FlowLock lock) {
        Flow flow = flow(lease.flow());
        synchronized (flow) {
            if (flow.lock == lock && flow.epoch == lease.epoch()) {
                flow.over = flow.epoch;
                flow.unlock();
            }
        }
        return over(lease);
    }

    void close() {
        closed = true;
        for (Flow flow : flows.values()) {
            synchronized (flow) {
                if (flow.lock != null) {
                    flow.unlock();
                }
            }
        }
    }

    private static void refuseStale(Lease lease, long newest) {
        if (lease.epoch() != newest) {
            throw stale(lease, newest);
        }
    }

    private static LedgerException stale(Lease lease, long newest) {
        return new LedgerException(
                "flow '" + lease.flow() + "': the lease of epoch " + lease.epoch() + " is refused, the newest epoch is "
                        + newest,
                Details.NONE);
    }

    private static LedgerException over(Lease lease) {
        return new LedgerException(
                "flow '" + lease.flow() + "': the lease of epoch " + lease.epoch()
                        + " is over: it was given back, or its lock was lost",
                Details.NONE);
    }

    private Flow flow(String name) {
        return flows.computeIfAbsent(name, unused -> new Flow());
    }

    /** Runs a step under the flow's lock, and keeps the lock if the step succeeds or if it was held before. */
    private long locked(String name, Flow flow, EpochStep step) throws SQLException {
        boolean before = flow.lock != null;
        if (!before) {
            flow.lock = take(name);
            flow.heldAt = clock.instant();
        }
        boolean keep = before;
        try {
            long epoch = step.run();
            keep = true;
            return epoch;
        } finally {
            if (!keep) {
                flow.unlock();
            }
        }
    }

    private FlowLock take(String name) throws SQLException {
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(PAUSE)) {
            if (closed) {
                throw Faults.closed();
            }
            FlowLock lock = locks.tryLock(name);
            if (lock != null) {
                return lock;
            }
            if (waited.compareTo(wait) >= 0) {
                throw new LedgerException(
                        "flow '" + name + "' is held by " + database.holder(name)
                                + ": one process, and one ledger of it, may run a flow at a time",
                        Details.NONE);
            }
            pause(name);
        }
    }

    private void pause(String name) {
        try {
            sleeper.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException("interrupted while waiting for flow '" + name + "'", Details.NONE, e);
        }
    }

    /** What the ledger's tables say of leases. */
    interface Database {

        /** Raises the newest epoch and returns it, and leaves word of who did so. */
        long raiseEpoch(String flow) throws SQLException;

        /** Returns the newest epoch; 0 if the flow was never acquired. */
        long epoch(String flow) throws SQLException;

        /** Returns who raised the epoch last. */
        String holder(String flow) throws SQLException;
    }

    private interface EpochStep {
        long run() throws SQLException;
    }

    /** Guarded by itself. */
    private static final class Flow {

        private @Nullable FlowLock lock;
        private long epoch;

        /** Leases up to this epoch are not to be used again. */
        private long over;

        /** When the lock was last seen to be held. */
        private Instant heldAt = Instant.MIN;

        FlowLock lock() {
            FlowLock held = lock;
            if (held == null) {
                throw new IllegalStateException("the flow is not locked");
            }
            return held;
        }

        void unlock() {
            FlowLock held = lock();
            lock = null;
            held.release();
        }
    }
}
