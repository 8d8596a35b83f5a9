package io.mlconnector.micrometer;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.ifs.IfsConnectorProvider;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Settings;
import io.mlconnector.stripe.StripeConnectorProvider;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A small IFS Cloud and a Stripe, with an engine between them that somebody looks into. */
final class Pair implements AutoCloseable {

    final IfsSandbox ifs = IfsSandbox.start();
    final StripeSandbox stripe = StripeSandbox.start();
    final Ledger ledger = new InMemoryLedger();
    final SyncEngine engine;
    private final IfsDemoData data = IfsDemoData.seeded(7, Instant.now().minusSeconds(3_600), 6, 12);

    Pair(MicrometerInsight insight, UnaryOperator<Customer> step) {
        data.loadInto(ifs);
        var time = new MovedTime();
        var random = new Random(7);
        ConnectorContext context = new ConnectorContext("ifs", time, time, random).withObserver(insight);
        ConnectorContext stripeContext = new ConnectorContext("stripe", time, time, random).withObserver(insight);
        engine = SyncEngine.builder()
                .ledger(ledger)
                .clock(time)
                .sleeper(time)
                .addConnection(new IfsConnectorProvider()
                        .open(
                                Settings.of(
                                        "ifs",
                                        Map.of(
                                                "baseUrl", ifs.baseUrl().toString(),
                                                "tokenUrl", ifs.tokenUrl().toString(),
                                                "clientId", ifs.clientId(),
                                                "clientSecret", ifs.clientSecret(),
                                                "company", "10")),
                                context))
                .addConnection(new StripeConnectorProvider()
                        .open(
                                Settings.of(
                                        "stripe",
                                        Map.of(
                                                "apiKey",
                                                stripe.apiKey(),
                                                "baseUrl",
                                                stripe.baseUrl().toString())),
                                stripeContext))
                .addFlow(Flow.of("customers", Customer.class)
                        .from("ifs/customers")
                        .to("stripe/customers")
                        .addTransform(step)
                        .build())
                .addFlow(Flow.of("invoices", Invoice.class)
                        .from("ifs/invoices")
                        .to("stripe/invoices")
                        .build())
                .addListener(insight)
                .observer(insight)
                .build();
        insight.bindTo(engine);
    }

    /** Changes something at the source, so that the next run has something to write. */
    void changeCustomers(int count) {
        data.editCustomers(ifs, count);
    }

    @Override
    public void close() {
        engine.close();
        ledger.close();
        stripe.close();
        ifs.close();
    }
}
