package io.mlconnector.testkit;

import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.spi.Ledger;

class InMemoryLedgerTest extends LedgerContract {

    @Override
    protected Ledger open() {
        return new InMemoryLedger();
    }
}
