package io.mlconnector.testkit;

import io.mlconnector.spi.Ledger;
import java.util.Optional;

/**
 * What every {@link Ledger} promises. Extend it, say how an empty ledger is opened, and, if the ledger outlives its
 * process, how the same one is opened again.
 */
public abstract class LedgerContract extends TransactionContract {

    /** Creates the tests. */
    protected LedgerContract() {}

    /**
     * Opens a new, empty ledger.
     *
     * @return the ledger; the tests close it
     */
    @Override
    protected abstract Ledger open();

    /**
     * Opens the ledger that {@link #open} gave last, after it was closed.
     *
     * @return the ledger with what it held; empty if such a ledger does not outlive its closing
     */
    @Override
    protected Optional<Ledger> reopen() {
        return Optional.empty();
    }
}
