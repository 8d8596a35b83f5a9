package io.mlconnector.jdbc;

import io.mlconnector.spi.Lease;

/** The right under which a transaction writes. The database is asked for it before anything is written. For one thread. */
final class Fence {

    private final Lease lease;
    private final FlowLock lock;
    private boolean closed;

    Fence(Lease lease, FlowLock lock) {
        this.lease = lease;
        this.lock = lock;
    }

    Lease lease() {
        return lease;
    }

    FlowLock lock() {
        return lock;
    }

    /** The database says that the lease is not the newest, or that its lock is gone. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
