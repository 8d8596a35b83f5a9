package io.mlconnector.jdbc;

/** A lock of {@link FlowLocks} that was taken. */
interface FlowLock {

    /** Returns the number under which the database knows the lock. */
    long key();

    /** Returns the number of the database's session that holds it; 0 if it is no session's. */
    long session();

    /** Asks whether it is still held. */
    boolean isHeld();

    /** Gives it back. It is gone even where this cannot be told to anybody. */
    void release();
}
