package io.mlconnector.jdbc.kill;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.Customer;
import io.mlconnector.spi.Connector;

/** The one flow of these tests. */
final class Engines {

    static final String FLOW = "customers";
    static final String TARGET = "bank/customers";
    static final int BATCH = 8;

    private Engines() {}

    /** Adds the flow from an ERP with some customers to the bank. */
    static SyncEngine.Builder flow(SyncEngine.Builder builder, int customers, Connector bank) {
        return builder.addConnection(new ErpConnector(customers))
                .addConnection(bank)
                .addFlow(Flow.of(FLOW, Customer.class)
                        .from("erp/customers")
                        .to(TARGET)
                        .batch(BATCH)
                        .build());
    }
}
