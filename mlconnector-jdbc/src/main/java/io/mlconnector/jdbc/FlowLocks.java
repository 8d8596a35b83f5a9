package io.mlconnector.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everybody else from running the flows of a ledger: other processes, and other ledgers of this one. Whatever ends
 * a process ends its locks.
 */
interface FlowLocks {

    /** Takes the lock of a flow without waiting for it; returns null if somebody else has it. */
    @Nullable FlowLock tryLock(String flow) throws SQLException;
}
