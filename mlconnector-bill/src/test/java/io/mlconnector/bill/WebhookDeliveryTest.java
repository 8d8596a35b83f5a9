package io.mlconnector.bill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mlconnector.engine.Flow;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.bill.BillSandbox;
import io.mlconnector.testkit.bill.BillWebhooks;
import io.mlconnector.webhook.WebhookHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Deliveries that are doubled, late, shuffled or never come, with polling behind them. */
final class WebhookDeliveryTest {

    /** An ERP that shows the status of bills. */
    private static final class Erp implements Connector, Sink<Bill> {

        private final Map<String, List<Bill.PaymentStatus>> shown = new ConcurrentHashMap<>();

        @Override
        public Class<Bill> type() {
            return Bill.class;
        }

        @Override
        public List<WriteOutcome> write(List<Write<Bill>> batch) {
            var outcomes = new ArrayList<WriteOutcome>();
            for (Write<Bill> write : batch) {
                Bill bill = write instanceof Write.Create<Bill> create
                        ? create.record()
                        : ((Write.Update<Bill>) write).record();
                shown.computeIfAbsent(bill.key().id(), id -> new CopyOnWriteArrayList<>())
                        .add(bill.paymentStatus());
                outcomes.add(new WriteOutcome.Applied(TargetRef.of(bill.key().id()), null));
            }
            return outcomes;
        }

        @Override
        public Lookup find(Write<Bill> write) {
            return Lookup.ABSENT;
        }

        @Override
        public String connection() {
            return "erp";
        }

        @Override
        public Set<String> readable() {
            return Set.of();
        }

        @Override
        public Set<String> writable() {
            return Set.of("bill-status");
        }

        @Override
        public Source<?> source(String entity, SourceContext context) {
            throw new ConfigurationException("the ERP is only written");
        }

        @Override
        public Sink<?> sink(String entity) {
            return this;
        }

        @Override
        public List<Finding> check(Set<String> entities) {
            return List.of(Finding.ok("erp", "there"));
        }

        @Override
        public ConnectionStats stats() {
            return ConnectionStats.NONE;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void everyStatusIsShownOnceHoweverBadlyItsEventsAreDelivered() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/bill";
        Erp erp = new Erp();
        try (Fixture fixture = new Fixture(BillSandbox.builder(), Map.of("webhooks", Map.of("url", url)));
                SyncEngine engine = SyncEngine.builder()
                        .ledger(new InMemoryLedger())
                        .addConnection(fixture.connector())
                        .addConnection(erp)
                        .addFlow(Flow.of("status", Bill.class)
                                .from("bill/bills")
                                .to("erp/bill-status")
                                .build())
                        .build()) {
            server.createContext("/bill", new WebhookHandler(engine.webhooks("bill")));
            server.start();
            String vendor = fixture.bill.enterVendor("Nordhaven", "USD");
            var ids = new ArrayList<String>();
            for (int number = 0; number < 20; number++) {
                ids.add(fixture.bill.enterBill(vendor, "NB-" + number, "100.00"));
            }
            engine.run("status");
            BillWebhooks webhooks = fixture.bill.webhooks();

            fixture.bill.advance(Duration.ofMinutes(10));
            ids.forEach(id -> fixture.bill.pay(id, null, "CLEARED"));
            List<Integer> answers = webhooks.deliver(new BillWebhooks.Plan(11, 0.3, 0.5, 0.3, true));
            engine.processWebhooks();
            long byWebhook = erp.shown.values().stream()
                    .filter(statuses -> statuses.contains(Bill.PaymentStatus.PAID))
                    .count();
            engine.run("status");
            webhooks.deliver(BillWebhooks.Plan.FAITHFUL);
            engine.processWebhooks();

            assertThat(answers)
                    .isNotEmpty()
                    .allSatisfy(status -> assertThat(status).isEqualTo(200));
            assertThat(byWebhook).isBetween(1L, 19L);
            assertThat(erp.shown)
                    .hasSize(20)
                    .allSatisfy((id, statuses) ->
                            assertThat(statuses).containsExactly(Bill.PaymentStatus.OPEN, Bill.PaymentStatus.PAID));
        } finally {
            server.stop(0);
        }
    }
}
