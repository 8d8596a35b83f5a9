package io.mlconnector.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.mlconnector.spi.Secret;
import io.mlconnector.testkit.stripe.StripeWebhooks.Plan;
import io.mlconnector.webhook.HmacSignature;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StripeSandboxMoneyTest {

    private static final Instant START = Instant.parse("2026-08-03T10:00:00Z");

    private StripeSandbox stripe =
            StripeSandbox.builder().clock(InstantSource.fixed(START)).start();
    private Browser browser = new Browser(stripe);
    private String customer = "";

    @BeforeEach
    void createCustomer() throws Exception {
        customer = browser.post("/v1/customers", "name=Rheinwerk", "email=ap@rheinwerk.example")
                .id();
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void partPaymentsAddUpToAPaidInvoice() throws Exception {
        String invoice = open(10_000);

        stripe.money().payPart(invoice, 4000);
        String between = status(invoice);
        stripe.money().pay(invoice);

        assertThat(between).isEqualTo("open");
        assertThat(status(invoice)).isEqualTo("paid");
        assertThat(rows(invoice))
                .extracting(row -> row.path("amount_paid").asLong())
                .containsExactly(4000L, 6000L);
    }

    @Test
    void onePaymentPaysSeveralInvoices() throws Exception {
        String first = open(10_000);
        String second = open(5000);

        JsonNode intent = stripe.money().payTogether(Map.of(first, 10_000L, second, 2000L));

        assertThat(status(first)).isEqualTo("paid");
        assertThat(status(second)).isEqualTo("open");
        assertThat(intent.path("amount_received").asLong()).isEqualTo(12_000);
        assertThat(intent.has("invoice")).isFalse();
        assertThat(browser.get(
                                "/v1/invoice_payments",
                                "payment[type]=payment_intent",
                                "payment[payment_intent]=" + intent.path("id").asText())
                        .body()
                        .path("data"))
                .hasSize(2);
    }

    @Test
    void whatIsPaidTooMuchBecomesCredit() throws Exception {
        String invoice = open(1000);

        stripe.money().payPart(invoice, 1500);

        JsonNode paid = browser.get("/v1/invoices/" + invoice).body();
        assertThat(paid.path("amount_overpaid").asLong()).isEqualTo(500);
        assertThat(stripe.customers().get(0).path("balance").asLong()).isEqualTo(-500);
    }

    @Test
    void theFeeIsKnownLaterAndInTheCurrencyOfSettlement() throws Exception {
        stripe.money().holdFees();
        stripe.money().settleIn("chf", new BigDecimal("0.95"));
        stripe.money().pay(open(10_000));
        JsonNode before = stripe.objects("charge").get(0).path("balance_transaction");

        stripe.money().bookFees();

        JsonNode booked = stripe.objects("balance_transaction").get(0);
        assertThat(before.isNull()).isTrue();
        assertThat(booked.path("amount").asLong()).isEqualTo(9500);
        assertThat(booked.path("currency").asText()).isEqualTo("chf");
        assertThat(booked.path("exchange_rate").decimalValue()).isEqualByComparingTo("0.95");
        assertThat(types()).contains("charge.updated");
    }

    @Test
    void bankDebitsTakeTheirTimeAndMayComeBack() throws Exception {
        String first = open(1000);
        String second = open(2000);
        String arrives = stripe.money().startDebit(first).path("id").asText();
        stripe.money().startDebit(second);

        stripe.money().finishDebit(arrives);
        stripe.money().decline(second);

        assertThat(status(first)).isEqualTo("paid");
        assertThat(status(second)).isEqualTo("open");
        assertThat(types()).contains("payment_intent.processing", "payment_intent.payment_failed");
    }

    @Test
    void aDisputeWithdrawsAndReinstates() throws Exception {
        stripe.money().pay(open(1000));
        String charge = stripe.objects("charge").get(0).path("id").asText();
        String dispute = stripe.money().inquire(charge, "general").path("id").asText();
        int asked =
                stripe.objects("dispute").get(0).path("balance_transactions").size();
        stripe.money().escalate(dispute);
        stripe.money().submitEvidence(dispute);

        JsonNode won = stripe.money().win(dispute);

        assertThat(asked).isZero();
        assertThat(won.path("balance_transactions")).hasSize(2);
        assertThatThrownBy(() -> stripe.money().lose(dispute)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailedRefundComesBack() throws Exception {
        stripe.money().pay(open(1000));
        String charge = stripe.objects("charge").get(0).path("id").asText();
        String refund = stripe.money().startRefund(charge, 400).path("id").asText();

        JsonNode failed = stripe.money().failRefund(refund);

        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("failure_balance_transaction").asText()).startsWith("txn_");
        assertThat(stripe.objects("charge").get(0).path("amount_refunded").asLong())
                .isZero();
    }

    @Test
    void aSubscriptionsInvoiceIsMadeByStripe() {
        JsonNode invoice = stripe.money().invoiceSubscription(customer, 4900, "eur");

        assertThat(invoice.path("billing_reason").asText()).isEqualTo("subscription_cycle");
        assertThat(invoice.path("parent")
                        .path("subscription_details")
                        .path("subscription")
                        .asText())
                .startsWith("sub_");
        assertThat(invoice.path("total").asLong()).isEqualTo(4900);
    }

    @Test
    void aLateEventAppearsBelowNewerOnes() throws Exception {
        stripe.eventBehaviour().late(1, Duration.ofHours(1));
        browser.post("/v1/customers", "name=Late");
        browser.post("/v1/customers", "name=Prompt");
        List<String> before = names();

        stripe.advance(Duration.ofHours(1));

        assertThat(before).containsExactly("Prompt", "Rheinwerk");
        assertThat(names()).containsExactly("Prompt", "Late", "Rheinwerk");
    }

    @Test
    void anExpiredCursorIsUnknown() throws Exception {
        String event =
                browser.get("/v1/events").body().path("data").get(0).path("id").asText();
        stripe.advance(Duration.ofDays(31));

        Browser.Reply reply = browser.get("/v1/events", "ending_before=" + event);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("resource_missing");
    }

    @Test
    void oneChangeMayHaveTwoEvents() throws Exception {
        stripe.eventBehaviour().twice(1);

        browser.post("/v1/customers", "name=Twice");

        JsonNode data = browser.get("/v1/events").body().path("data");
        assertThat(data.get(0).path("data")).isEqualTo(data.get(1).path("data"));
        assertThat(data.get(0).path("id")).isNotEqualTo(data.get(1).path("id"));
    }

    @Test
    void eventsHaveTheShapeOfTheAccountsVersion() throws Exception {
        stripe.close();
        stripe = StripeSandbox.builder().apiVersion("2024-06-20").start();
        browser = new Browser(stripe);
        createCustomer();
        String invoice = open(1000);

        stripe.money().pay(invoice);

        JsonNode succeeded = stripe.events().stream()
                .filter(event -> event.path("type").asText().equals("payment_intent.succeeded"))
                .findFirst()
                .orElseThrow();
        assertThat(succeeded.path("api_version").asText()).isEqualTo("2024-06-20");
        assertThat(succeeded.path("data").path("object").path("invoice").asText())
                .isEqualTo(invoice);
        assertThat(browser.get("/v1/payment_intents").body().path("data").get(0).has("invoice"))
                .isFalse();
    }

    @Test
    void webhooksAreSignedWithEverySecretAndComeAsThePlanSays() throws Exception {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        List<String> headers = Collections.synchronizedList(new ArrayList<>());
        server.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders().getFirst("Stripe-Signature"));
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            StripeWebhooks webhooks = stripe.webhooks(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "customer.created");
            String old = webhooks.secret();
            String next = webhooks.rollSecret(Duration.ofHours(1));
            for (int i = 0; i < 100; i++) {
                browser.post("/v1/customers", "name=C" + i);
            }

            List<StripeWebhooks.Delivery> sent = webhooks.deliver(new Plan(7, 0.3, 0.3, 0.1, true));
            List<StripeWebhooks.Delivery> rest = webhooks.deliver(Plan.FAITHFUL);

            assertThat(received).hasSize(sent.size() + rest.size());
            var distinct = new HashSet<>(received);
            assertThat(distinct.size()).isBetween(50, 85);
            assertThat(received.size()).isGreaterThan(distinct.size());
            assertThat(rest).isNotEmpty();
            byte[] body = received.get(0).getBytes(StandardCharsets.UTF_8);
            byte[] prefix = (START.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8);
            for (String secret : List.of(old, next)) {
                String signature =
                        HexFormat.of().formatHex(HmacSignature.sign(Secret.of(secret), List.of(prefix, body)));
                assertThat(headers.get(0)).contains(",v1=" + signature);
            }
        } finally {
            server.stop(0);
        }
    }

    private List<String> names() throws Exception {
        var names = new ArrayList<String>();
        browser.get("/v1/events", "type=customer.created")
                .body()
                .path("data")
                .forEach(event ->
                        names.add(event.path("data").path("object").path("name").asText()));
        return names;
    }

    private List<String> types() {
        return stripe.events().stream()
                .map(event -> event.path("type").asText())
                .toList();
    }

    private String status(String invoice) throws Exception {
        return browser.get("/v1/invoices/" + invoice).body().path("status").asText();
    }

    private List<JsonNode> rows(String invoice) {
        return stripe.objects("invoice_payment").stream()
                .filter(row -> row.path("invoice").asText().equals(invoice))
                .filter(row -> row.path("status").asText().equals("paid"))
                .sorted((a, b) -> Long.compare(
                        a.path("amount_paid").asLong(), b.path("amount_paid").asLong()))
                .toList();
    }

    private String open(long amount) throws Exception {
        String invoice = browser.post(
                        "/v1/invoices",
                        "customer=" + customer,
                        "currency=eur",
                        "collection_method=send_invoice",
                        "days_until_due=30")
                .id();
        browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=" + amount);
        browser.post("/v1/invoices/" + invoice + "/finalize");
        return invoice;
    }
}
