package io.mlconnector.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.testkit.cloudsuite.CloudSuiteDemoData;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An Infor CloudSuite with customers and invoices, and an empty Stripe account. */
final class CloudSuiteStripeSystems implements ChaoticSystems, PayingSystems {

    private static final int CUSTOMERS = 300;
    private static final int INVOICES = 2_000;
    private static final int EDITED_CUSTOMERS = 12;
    private static final int EDITED_INVOICES = 25;
    private static final int FINALIZED_INVOICES = 120;

    private final CloudSuiteSandbox m3 = CloudSuiteSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();
    private final StripePayers payers = new StripePayers(stripe);
    private final CloudSuiteStripeMoney money = new CloudSuiteStripeMoney(m3, stripe, payers);
    private final CloudSuiteDemoData data;
    private final Path ionapi;
    private final int customers;
    private final int invoices;

    CloudSuiteStripeSystems() {
        this(CUSTOMERS, INVOICES);
    }

    CloudSuiteStripeSystems(int customers, int invoices) {
        this.customers = customers;
        this.invoices = invoices;
        data = CloudSuiteDemoData.load(2026, m3, customers, invoices);
        try {
            ionapi = Files.createTempFile("demo", ".ionapi");
            Files.writeString(ionapi, m3.ionapi());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "cloudsuite-stripe";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "CLOUDSUITE_IONAPI_FILE", ionapi.toString(),
                "CLOUDSUITE_REQUESTS_PER_MINUTE", "100000",
                "STRIPE_BASE_URL", stripe.baseUrl().toString(),
                "STRIPE_API_KEY", stripe.apiKey(),
                "STRIPE_WEBHOOK_SECRET", payers.secret(),
                "STRIPE_REQUESTS_PER_SECOND", "1000");
    }

    @Override
    public Map<String, Map<Tally, Integer>> expected() {
        return Map.of(
                "customers", Map.of(Tally.CREATED, customers),
                "invoices", Map.of(Tally.CREATED, invoices));
    }

    @Override
    public Chaos unleash() {
        return new CloudSuiteStripeChaos(m3, stripe, invoices);
    }

    @Override
    public Map<String, Integer> edit() {
        return Map.of(
                "customers", data.editCustomers(EDITED_CUSTOMERS),
                "invoices", data.editInvoices(EDITED_INVOICES));
    }

    @Override
    public String invoices() {
        return "invoices";
    }

    /** Sandboxes do at once what they do at all, so nothing is waited for after a lost answer. */
    @Override
    public Map<String, Map<String, String>> webhookSettings() {
        return Map.of(
                "stripe-prod", Map.of("webhookSecrets", "${env:STRIPE_WEBHOOK_SECRET}"),
                "m3-prod", Map.of("settleTime", "PT1S"));
    }

    /** M3 goes on losing answers, for it is now that it is written to. */
    @Override
    public String pay() {
        stripe.clearFaults();
        m3.stopFailing();
        return money.pay(Math.min(FINALIZED_INVOICES, invoices / 2));
    }

    @Override
    public String deliverBadly(SyncEngine engine) {
        return payers.deliverBadly(engine);
    }

    @Override
    public void deliverTheRest(SyncEngine engine) {
        payers.deliverTheRest(engine);
    }

    CloudSuiteSandbox m3() {
        return m3;
    }

    /** The subscription payment: its invoice is Stripe's alone. */
    @Override
    public int withoutInvoice() {
        return 1;
    }

    /** How many writes to M3 ended in a 504 although they took effect. */
    int answersLost() {
        return money.lost().values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public TargetCount countMoney() {
        return money.count();
    }

    @Override
    public TargetCount count() {
        Map<String, List<JsonNode>> foundCustomers = stripe.customersByMetadata("mlc_key");
        Map<String, List<JsonNode>> foundInvoices = stripe.invoicesByMetadata("mlc_key");
        int documents = stripe.customers().size()
                + foundInvoices.values().stream().mapToInt(List::size).sum();
        int distinct = foundCustomers.size() + foundInvoices.size();
        int missing = (int) m3.customers().stream()
                        .filter(row -> !foundCustomers.containsKey("m3-prod/customers/" + row.get("CUNO")))
                        .count()
                + (int) m3.invoices().stream()
                        .filter(row -> !foundInvoices.containsKey("m3-prod/invoices/" + id(row)))
                        .count();
        return new TargetCount(documents, documents - distinct, missing);
    }

    private static String id(Map<String, String> invoice) {
        return String.join(
                "|",
                String.valueOf(invoice.get("DIVI")),
                String.valueOf(invoice.get("PYNO")),
                String.valueOf(invoice.get("CUNO")),
                String.valueOf(invoice.get("CINO")),
                String.valueOf(invoice.get("INYR")));
    }

    @Override
    public List<Sample> samples() {
        Map<String, List<JsonNode>> found = stripe.invoicesByMetadata("mlc_key");
        return m3.invoices().stream()
                .filter(row -> "9".equals(row.get("RECO")))
                .limit(2)
                .map(row -> sample(row, found.getOrDefault("m3-prod/invoices/" + id(row), List.of())))
                .toList();
    }

    private static Sample sample(Map<String, String> row, List<JsonNode> found) {
        JsonNode invoice = found.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no invoice for " + row.get("CINO")));
        return new Sample(
                "CloudSuite invoice " + row.get("CINO") + "  ->  Stripe "
                        + invoice.path("id").asText(),
                List.of(
                        new String[] {
                            "total",
                            row.get("CUAM") + " " + row.get("CUCD"),
                            invoice.path("total").asText() + " "
                                    + invoice.path("currency").asText()
                        },
                        new String[] {
                            "due",
                            String.valueOf(row.get("DUDT")),
                            Instant.ofEpochSecond(invoice.path("due_date").asLong())
                                    .toString()
                        },
                        new String[] {
                            "status",
                            "RECO " + row.get("RECO") + ", open " + row.get("OCUA"),
                            invoice.path("status").asText()
                        }));
    }

    @Override
    public void close() {
        payers.close();
        stripe.close();
        m3.close();
        try {
            Files.deleteIfExists(ionapi);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
