package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Secret;
import io.mlconnector.testkit.stripe.StripeWebhooks;
import io.mlconnector.testkit.stripe.StripeWebhooks.Delivery;
import io.mlconnector.testkit.stripe.StripeWebhooks.Plan;
import io.mlconnector.webhook.WebhookEndpoint;
import io.mlconnector.webhook.WebhookHandler;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MoneyComesBackTest {

    private static final Plan ROUGH = new Plan(11, 0.3, 0.3, 0.2, true);

    private final Till till = new Till();
    private final Books books = new Books();
    private HttpServer server;
    private StripeWebhooks webhooks;
    private SyncEngine engine;
    private WebhookEndpoint endpoint;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        webhooks = till.stripe.webhooks(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/stripe"));
        till.restart(Map.of("webhookSecrets", List.of(webhooks.secret())));
        engine = SyncEngine.builder()
                .ledger(new InMemoryLedger())
                .clock(till.fixture::now)
                .sleeper(till.fixture::passTime)
                .addConnection(till.fixture.connector())
                .addConnection(books)
                .addFlow(Flow.of("payments", Payment.class)
                        .from("stripe/payments")
                        .to("erp/payments")
                        .build())
                .addFlow(Flow.of("refunds", Refund.class)
                        .from("stripe/refunds")
                        .to("erp/refunds")
                        .build())
                .addFlow(Flow.of("disputes", Dispute.class)
                        .from("stripe/disputes")
                        .to("erp/disputes")
                        .build())
                .build();
        endpoint = engine.webhooks("stripe");
        server.createContext("/stripe", new WebhookHandler(endpoint));
    }

    @AfterEach
    void close() {
        server.stop(0);
        engine.close();
        till.close();
    }

    @Test
    void everyPaymentRefundAndDisputeEndsExactlyOnceThoughWebhooksAreLostDoubledAndShuffled() {
        engine.runAll();
        var random = new Random(5);
        for (int round = 0; round < 4; round++) {
            move(random);
            webhooks.deliver(new Plan(ROUGH.seed() + round, ROUGH.dropped(), ROUGH.doubled(), ROUGH.late(), true));
            assertBalanced(engine.processWebhooks());
        }
        int byWebhook = books.payments.held().size();

        assertBalanced(engine.runAll());
        webhooks.deliver(Plan.FAITHFUL);
        assertBalanced(engine.processWebhooks());

        assertThat(byWebhook).isPositive();
        assertThat(endpoint.stats().repeated()).isPositive();
        assertThat(books.payments.created()).doesNotHaveDuplicates();
        assertThat(books.refunds.created()).doesNotHaveDuplicates();
        assertThat(books.disputes.created()).doesNotHaveDuplicates();
        assertThat(books.payments.held().keySet()).isEqualTo(paidRows());
        assertThat(books.refunds.held().keySet()).isEqualTo(ids("refund"));
        assertThat(books.disputes.held().keySet()).isEqualTo(ids("dispute"));
        assertThat(total()).isEqualTo(charged());
        books.disputes
                .held()
                .forEach((id, dispute) ->
                        assertThat(dispute.attributes().value("stripe_status")).contains(status("dispute", id)));
        books.refunds
                .held()
                .forEach((id, refund) ->
                        assertThat(refund.attributes().value("stripe_status")).contains(status("refund", id)));
    }

    @Test
    void aWebhookAndAPollOfOnePaymentWriteOnce() {
        engine.runAll();
        till.stripe.money().pay(till.open(1000));

        webhooks.deliver(Plan.FAITHFUL);
        engine.processWebhooks();
        engine.runAll();

        assertThat(books.payments.created()).hasSize(1);
    }

    @Test
    void aReplacedSigningSecretRefusesNoGenuineEvent() {
        webhooks.rollSecret(Duration.ofHours(1));
        engine.replaceSecret(
                "stripe",
                "webhookSecret",
                Secret.of(webhooks.secret()),
                till.fixture.now().plus(Duration.ofHours(1)));
        till.stripe.money().pay(till.open(1000));
        List<Delivery> both = webhooks.deliver(Plan.FAITHFUL);
        till.stripe.advance(Duration.ofHours(2));
        till.fixture.passTime(Duration.ofHours(2));
        till.stripe.money().pay(till.open(2000));

        List<Delivery> next = webhooks.deliver(Plan.FAITHFUL);

        assertThat(both).isNotEmpty().allMatch(delivery -> delivery.status() == 200);
        assertThat(next).isNotEmpty().allMatch(delivery -> delivery.status() == 200);
    }

    @Test
    void aReplacedApiKeyIsTakenUpWithoutARestart() {
        engine.runAll();
        String next = till.stripe.rollKey();
        engine.replaceSecret("stripe", "apiKey", Secret.of(next), till.fixture.now());
        till.stripe.money().pay(till.open(1000));

        assertThat(engine.runAll()).allMatch(FlowReport::completed);
        assertThat(books.payments.created()).hasSize(1);
    }

    @Test
    void theOldApiKeyServesUntilItsEndWhereTheNewOneIsRefused() {
        engine.runAll();
        engine.replaceSecret(
                "stripe",
                "apiKey",
                Secret.of("sk_test_notYetThere"),
                till.fixture.now().plus(Duration.ofHours(1)));

        assertThat(engine.runAll()).allMatch(FlowReport::completed);

        till.fixture.passTime(Duration.ofHours(2));
        assertThat(engine.runAll())
                .allSatisfy(report ->
                        assertThat(report.failureReason()).get().asString().contains("401"));
    }

    /** Whole and part payments, several invoices at once, money without an invoice, refunds and disputes. */
    private void move(Random random) {
        var charges = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            String invoice = till.open(1000 + random.nextInt(90_000));
            switch (random.nextInt(4)) {
                case 0 -> till.stripe.money().payPart(invoice, 700);
                case 1 -> {
                    Map<String, Long> amounts = new LinkedHashMap<>();
                    amounts.put(invoice, 500L);
                    amounts.put(till.open(1200), 1200L);
                    till.stripe.money().payTogether(amounts);
                }
                case 2 -> till.stripe.money().payWithoutInvoice(null, 4000, "eur", null);
                default -> till.stripe.money().pay(invoice);
            }
            charges.add(till.charge(till.stripe.objects("charge").size() - 1));
        }
        String refund = Till.id(till.stripe.money().startRefund(charges.get(0), 100));
        till.stripe.money().refund(charges.get(1), 200);
        if (random.nextBoolean()) {
            till.stripe.money().finishRefund(refund);
        } else {
            till.stripe.money().failRefund(refund);
        }
        String dispute = Till.id(till.stripe.money().dispute(charges.get(2), "general"));
        till.stripe.money().inquire(charges.get(3), "general");
        if (random.nextBoolean()) {
            till.stripe.money().win(dispute);
        } else {
            till.stripe.money().lose(dispute);
        }
    }

    private static void assertBalanced(List<FlowReport> reports) {
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.balanced()).isTrue();
            assertThat(report.failureReason()).isEmpty();
        });
    }

    private Set<String> paidRows() {
        Set<String> ids = till.stripe.objects("invoice_payment").stream()
                .filter(row -> row.path("status").asText().equals("paid"))
                .map(Till::id)
                .collect(Collectors.toSet());
        till.stripe.objects("payment_intent").stream()
                .filter(intent -> intent.path("status").asText().equals("succeeded"))
                .filter(intent -> till.stripe.objects("invoice_payment").stream()
                        .noneMatch(row -> row.path("payment")
                                .path("payment_intent")
                                .asText()
                                .equals(Till.id(intent))))
                .map(Till::id)
                .forEach(ids::add);
        return ids;
    }

    private Set<String> ids(String object) {
        return till.stripe.objects(object).stream().map(Till::id).collect(Collectors.toSet());
    }

    private String status(String object, String id) {
        return till.stripe.objects(object).stream()
                .filter(one -> Till.id(one).equals(id))
                .map(one -> one.path("status").asText())
                .findFirst()
                .orElseThrow();
    }

    private Money total() {
        Money sum = Money.zero("EUR");
        for (Payment payment : books.payments.held().values()) {
            sum = sum.plus(payment.amount());
        }
        return sum;
    }

    private Money charged() {
        long units = 0;
        for (JsonNode charge : till.stripe.objects("charge")) {
            units += charge.path("amount").asLong();
        }
        return Minor.money(BigDecimal.valueOf(units), "EUR");
    }
}
