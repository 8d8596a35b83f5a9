package io.mlconnector.engine;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import java.util.function.Function;

/** Passes everything on. */
public abstract class PassingLedger implements Ledger {

    private final Ledger inner;

    protected PassingLedger(Ledger inner) {
        this.inner = inner;
    }

    @Override
    public Lease acquire(String flow) {
        return inner.acquire(flow);
    }

    @Override
    public void release(Lease lease) {
        inner.release(lease);
    }

    @Override
    public void check(Lease lease) {
        inner.check(lease);
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        return inner.inTransaction(lease, work);
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        return inner.withoutLease(work);
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        return inner.read(work);
    }

    @Override
    public void close() {
        inner.close();
    }
}
