package io.mlconnector.jdbc.kill;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.Customer;
import io.mlconnector.spi.Ledger;
import java.net.URI;
import java.time.Duration;

/** The one flow of these tests, with a trap at every place. */
final class Engines {

    static final String FLOW = "customers";

    private Engines() {}

    static SyncEngine open(Ledger ledger, int customers, URI bank, Duration settleTime, MovedTime time, Trap trap) {
        return builder(ledger, customers, bank, settleTime, time, trap).build();
    }

    static SyncEngine.Builder builder(
            Ledger ledger, int customers, URI bank, Duration settleTime, MovedTime time, Trap trap) {
        return SyncEngine.builder()
                .ledger(new TrappedLedger(ledger, trap))
                .clock(time)
                .sleeper(time)
                .addConnection(new ErpConnector(customers))
                .addConnection(new BankConnector(bank, settleTime, trap))
                .addFlow(Flow.of(FLOW, Customer.class)
                        .from("erp/customers")
                        .to("bank/customers")
                        .build());
    }
}
