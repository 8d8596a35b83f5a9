package io.mlconnector.examples;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.ifs.IfsConnectorProvider;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Settings;
import io.mlconnector.stripe.StripeConnectorProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How middleware embeds the library, as the README shows it. */
final class Embedding {

    private Embedding() {}

    static List<FlowReport> sync(Map<String, ?> ifsSettings, Map<String, ?> stripeSettings, Path file) {
        // begin
        Connector ifs = new IfsConnectorProvider()
                .open(Settings.of("ifs-prod", ifsSettings), ConnectorContext.ofDefaults("ifs-prod"));
        Connector stripe = new StripeConnectorProvider()
                .open(Settings.of("stripe-prod", stripeSettings), ConnectorContext.ofDefaults("stripe-prod"));
        try (JdbcLedger ledger = JdbcLedger.sqlite(file);
                SyncEngine engine = SyncEngine.builder()
                        .ledger(ledger)
                        .addConnection(ifs)
                        .addConnection(stripe)
                        .addFlow(Flow.of("customers", Customer.class)
                                .from("ifs-prod/customers")
                                .to("stripe-prod/customers")
                                .build())
                        .addFlow(Flow.of("invoices", Invoice.class)
                                .from("ifs-prod/invoices")
                                .to("stripe-prod/invoices")
                                .build())
                        .build()) {
            return engine.runAll();
        }
        // end
    }
}
