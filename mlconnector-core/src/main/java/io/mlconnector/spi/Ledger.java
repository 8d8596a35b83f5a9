package io.mlconnector.spi;

import java.util.function.Function;

/**
 * Everything that must outlive a process, with transactions over all of it. Safe for threads.
 */
public interface Ledger extends AutoCloseable {

    /**
     * Takes over the right to write for a flow. Writes under earlier leases of that flow are refused from now on. A ledger
     * that several processes share lets one of them hold a flow at a time: another is refused until the first gives its
     * lease back or dies.
     *
     * @param flow the flow
     * @return the lease, with a higher epoch than any before it
     * @throws LedgerException if the store fails, or if another process holds the flow
     */
    Lease acquire(String flow);

    /**
     * Gives the right to write back, so that another process may take it without waiting. A lease that is not the newest is
     * given back without effect.
     *
     * @param lease the lease; it must not be used any more
     * @throws LedgerException if the store fails
     */
    default void release(Lease lease) {}

    /**
     * Refuses a lease that is over. Asked before each call to a target, by any thread, so that nothing more is sent under
     * it; a store that must ask somebody else may rely on what it learned less than a second ago.
     *
     * @param lease the lease
     * @throws LedgerException if it is over
     */
    default void check(Lease lease) {}

    /**
     * Runs work in one transaction: all of it is durable when this returns, and none of it if it throws.
     *
     * @param <R> what the work returns
     * @param lease the right to write; the work may touch that flow's data alone, besides links, the inbox and the audit
     * @param work the work; it must not keep the transaction
     * @return what the work returned
     * @throws LedgerException if the store fails, or if the lease is no longer the newest: then nothing is written
     */
    <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work);

    /**
     * Runs work in one transaction that has no lease, and so no fencing epoch: all of it is durable when this returns, and
     * none of it if it throws. It may write to {@link LedgerTransaction#inbox()} and may prune and deliver
     * {@link LedgerTransaction#audit()}; any other write throws {@link IllegalStateException}.
     *
     * <p>Several processes may receive webhooks for one connection at once, and receive while a flow runs, so none of them can
     * own the inbox. No epoch is needed there, because none of these writes does harm when it comes late or twice: an event is
     * stored once however often it is put, a settled event stays settled, a failure only puts a pending one off, an anchor
     * and a delivery only move forward.
     *
     * @param <R> what the work returns
     * @param work the work; it must not keep the transaction
     * @return what the work returned
     * @throws LedgerException if the store fails: then nothing is written
     */
    <R> R withoutLease(Function<LedgerTransaction, R> work);

    /**
     * Runs work that only reads, on one consistent state.
     *
     * @param <R> what the work returns
     * @param work the work; a write within it throws {@link IllegalStateException}
     * @return what the work returned
     * @throws LedgerException if the store fails
     */
    <R> R read(Function<LedgerTransaction, R> work);

    /**
     * Runs work that makes one call of one store, and reads. A ledger may spare it the transaction that {@link #read} makes.
     *
     * @param <R> what the work returns
     * @param work the work; a write within it, or a second call, throws {@link IllegalStateException}
     * @return what the work returned
     * @throws LedgerException if the store fails
     */
    default <R> R lookUp(Function<LedgerTransaction, R> work) {
        return read(work);
    }

    /** Releases the store. May be called again. */
    @Override
    void close();
}
