package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.Tally;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Letter;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IFS Cloud to Stripe by the example's configuration file, from the OData feed to the documents in Stripe. */
class IfsStripeIntegrationTest {

    private final IfsSandbox ifs = IfsSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();
    private final IfsDemoData data = IfsDemoData.seeded(11, Instant.now().minusSeconds(3_600), 12, 30);
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        stripe.close();
        ifs.close();
    }

    @Test
    void everyRowIsInStripeOnceWithTheMoneyOfTheVoucher() throws IOException {
        data.loadInto(ifs);

        List<FlowReport> reports = runAll();

        assertThat(reports).allSatisfy(report -> assertThat(report.balanced()).isTrue());
        assertThat(created(reports)).containsExactly(12L, 30L, 0L, 0L, 0L);
        Map<String, List<JsonNode>> invoices = stripe.invoicesByMetadata("mlc_key");
        assertThat(invoices)
                .hasSize(30)
                .allSatisfy((key, found) -> assertThat(found).hasSize(1));
        for (IfsRow voucher : ifs.rows("VoucherSet")) {
            JsonNode invoice =
                    requireNonNull(invoices.get(key(voucher).toString())).get(0);
            assertThat(invoice.path("currency").asText()).isEqualToIgnoringCase(voucher.text("CurrencyCode"));
            assertThat(new BigDecimal(invoice.path("total").asText()))
                    .isEqualByComparingTo(
                            voucher.decimal("GrossCurrAmount").movePointRight(digits(voucher.text("CurrencyCode"))));
        }
    }

    @Test
    void aNewProcessOnTheSameLedgerWritesNothing() throws IOException {
        data.loadInto(ifs);
        runAll();
        long written = posts();

        List<FlowReport> reports = runAll();

        assertThat(created(reports)).containsExactly(0L, 0L, 0L, 0L, 0L);
        assertThat(posts()).isEqualTo(written);
    }

    @Test
    void aLostLedgerDoublesNothing() throws IOException {
        data.loadInto(ifs);
        runAll();
        for (String file : List.of("ledger.db", "ledger.db-wal", "ledger.db-shm")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        stripe.advance(Duration.ofHours(25)); // no idempotency key is known any more

        List<FlowReport> reports = runAll();

        assertThat(created(reports)).containsExactly(12L, 30L, 0L, 0L, 0L);
        assertThat(stripe.customers()).hasSize(12);
        assertThat(stripe.invoices()).hasSize(30);
        assertThat(runAll())
                .allSatisfy(report -> assertThat(report.count(Tally.DEAD)).isZero());
    }

    @Test
    void noAnswerIsLostTwiceOver() throws IOException {
        data.loadInto(ifs);
        stripe.failNext(5, StripeFault.droppedAnswer(), (method, path) -> method.equals("POST"));
        stripe.failNext(3, StripeFault.serverErrorAfterEffect(), (method, path) -> method.equals("POST"));
        stripe.failNext(4, StripeFault.rateLimited("global-rate"), (method, path) -> method.equals("POST"));

        List<FlowReport> reports = runAll();

        assertThat(reports).allSatisfy(report -> {
            assertThat(report.balanced()).isTrue();
            assertThat(report.count(Tally.IN_DOUBT)).isZero();
        });
        assertThat(stripe.customers()).hasSize(12);
        assertThat(stripe.invoices()).hasSize(30);
        assertThat(stripe.invoicesByMetadata("mlc_key")).hasSize(30);
    }

    @Test
    void anInvoiceWaitsForItsCustomerAndFollowsByItself() throws IOException {
        data.loadInto(ifs);
        IfsRow late = ifs.row("CustomerSet", data.vouchers().get(0).text("CustomerId"))
                .orElseThrow();
        ifs.delete("CustomerSet", late.text("CustomerId"));

        List<FlowReport> first = runAll();
        var stampedNow = new LinkedHashMap<String, Object>(late.values());
        stampedNow.remove("LastModificationTime");
        ifs.put("CustomerSet", stampedNow);
        List<FlowReport> second = runAll();

        long parked = first.get(1).count(Tally.PARKED);
        assertThat(parked).isPositive();
        assertThat(second.get(1).count(Tally.CREATED)).isEqualTo(parked);
        assertThat(second.get(1).balanced()).isTrue();
        assertThat(stripe.invoices()).hasSize(30);
    }

    @Test
    void aBadVoucherIsADeadLetterThatNamesFieldValueAndRule() throws IOException {
        data.loadInto(ifs);
        IfsRow voucher = ifs.rows("VoucherSet").get(3);
        Map<String, Object> wrong = new LinkedHashMap<>(voucher.values());
        wrong.put("NetCurrAmount", voucher.decimal("NetCurrAmount").add(BigDecimal.ONE));
        wrong.put("GrossCurrAmount", voucher.decimal("GrossCurrAmount").add(BigDecimal.ONE));
        ifs.put("VoucherSet", wrong);

        try (Integration integration = open()) {
            List<FlowReport> reports = integration.engine().runAll();
            List<Letter> letters =
                    integration.ledger().read(tx -> tx.deadLetters().list("invoices", Letter.Kind.DEAD, "", 10));

            assertThat(reports.get(1).count(Tally.DEAD)).isEqualTo(1);
            assertThat(reports.get(1).count(Tally.CREATED)).isEqualTo(29);
            assertThat(letters).singleElement().satisfies(letter -> {
                assertThat(letter.source()).isEqualTo(key(voucher));
                assertThat(letter.reason())
                        .contains("lines.net must add up to net")
                        .contains(voucher.decimal("NetCurrAmount").toPlainString())
                        .contains(voucher.decimal("NetCurrAmount")
                                .add(BigDecimal.ONE)
                                .toPlainString());
                assertThat(letter.payload()).contains(voucher.text("InvoiceNo"));
            });
        }
    }

    @Test
    void refusedCredentialsStopTheFlowsAtOnceAndNameNoSecret() throws IOException {
        data.loadInto(ifs);
        Map<String, String> environment = environment();
        environment.put("IFS_CLIENT_SECRET", "wrong-s3cret");

        try (Integration integration = open(environment)) {
            List<FlowReport> reports = List.of(
                    integration.engine().run("customers"), integration.engine().run("invoices"));

            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.failureReason())
                            .hasValueSatisfying(reason -> assertThat(reason)
                                    .contains("AuthenticationException")
                                    .doesNotContain("s3cret")));
            assertThat(ifs.traffic().tokenRequests()).isLessThanOrEqualTo(2);
            assertThat(stripe.requests()).isEmpty();
        }
    }

    @Test
    void theAuditProvesEveryFieldOfAnInvoice() throws IOException {
        data.loadInto(ifs);
        RecordKey source = key(ifs.rows("VoucherSet").get(0));

        try (Integration integration = open()) {
            integration.engine().runAll();
            List<AuditEntry> entries =
                    integration.ledger().read(tx -> tx.audit().query(AuditQuery.ofSource(source)));

            assertThat(entries).singleElement().satisfies(entry -> {
                assertThat(entry.outcome()).isEqualTo(AuditEntry.Outcome.APPLIED);
                assertThat(entry.changes()).containsKeys("lines", "total", "number");
                assertThat(entry.requestId()).startsWith("req_");
                assertThat(entry.sourceVersion()).startsWith("W/");
            });
            assertThat(integration
                            .ledger()
                            .<Boolean>read(tx -> tx.audit().verify().isEmpty()))
                    .isTrue();
        }
    }

    @Test
    void theStartUpCheckNamesASetThatDoesNotExistAndAMissingGrant() throws IOException {
        data.loadInto(ifs);
        String json = configuration()
                .replace(
                        "\"preset\":",
                        "\"entities\": {\"customers\": {\"path\":"
                                + " \"main/ifsapplications/projection/v1/CustomerHandling.svc/KundenSet\"}}, \"preset\":");
        ifs.revoke("main/ifsapplications/projection/v1/VoucherHandling.svc");

        try (Integration integration =
                Integration.builder().environment(environment()::get).parse(json)) {
            Map<String, List<Finding>> findings = integration.engine().check();

            assertThat(findings.get("stripe-prod"))
                    .allSatisfy(finding -> assertThat(finding.level()).isNotEqualTo(Finding.Level.FAILED));
            assertThat(findings.get("ifs-prod"))
                    .filteredOn(finding -> finding.level() == Finding.Level.FAILED)
                    .anySatisfy(finding -> assertThat(finding.toString()).contains("KundenSet", "CustomerSet"))
                    .anySatisfy(finding -> assertThat(finding.toString()).contains("VoucherHandling"));
        }
    }

    @Test
    void noSecretIsKeptInTheLedger() throws IOException {
        data.loadInto(ifs);
        runAll();

        try (var files = Files.list(folder)) {
            assertThat(files.toList()).isNotEmpty().allSatisfy(file -> {
                String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(bytes).doesNotContain(ifs.clientSecret()).doesNotContain(stripe.apiKey());
            });
        }
    }

    private List<FlowReport> runAll() throws IOException {
        try (Integration integration = open()) {
            return integration.engine().runAll();
        }
    }

    private Integration open() throws IOException {
        return open(environment());
    }

    /** Waits take no time: what would be waited for has happened already on a loopback. */
    private Integration open(Map<String, String> environment) throws IOException {
        return Integration.builder()
                .environment(environment::get)
                .sleeper(waits::add)
                .parse(configuration());
    }

    private Map<String, String> environment() {
        return new LinkedHashMap<>(Map.of(
                "IFS_BASE_URL", ifs.baseUrl().toString(),
                "IFS_TOKEN_URL", ifs.tokenUrl().toString(),
                "IFS_CLIENT_ID", ifs.clientId(),
                "IFS_CLIENT_SECRET", ifs.clientSecret(),
                "STRIPE_BASE_URL", stripe.baseUrl().toString(),
                "STRIPE_API_KEY", stripe.apiKey(),
                "STRIPE_REQUESTS_PER_SECOND", "1000",
                "MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString()));
    }

    private static String configuration() throws IOException {
        return Files.readString(Path.of("src/main/resources/io/mlconnector/examples/ifs-stripe.json"));
    }

    private long posts() {
        return stripe.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    private static List<Long> created(List<FlowReport> reports) {
        return reports.stream().map(report -> report.count(Tally.CREATED)).toList();
    }

    private static RecordKey key(IfsRow voucher) {
        return new RecordKey("ifs-prod", "invoices", IfsStripeSystems.id("invoices", voucher));
    }

    private static int digits(String currency) {
        return switch (currency) {
            case "JPY" -> 0;
            case "KWD" -> 3;
            default -> 2;
        };
    }
}
