package io.mlconnector.config;

import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerProvider;
import io.mlconnector.spi.Settings;

/** The ledger that forgets everything when the process ends: for trials. */
final class MemoryLedgerProvider implements LedgerProvider {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Ledger open(Settings settings) {
        settings.check();
        return new InMemoryLedger();
    }
}
