package io.mlconnector.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.testkit.stripe.StripeSandbox;
import io.mlconnector.testkit.syspro.SysproDemoData;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** A SYSPRO with customers and invoices, and an empty Stripe account. Sessions are stolen and answers lost while money comes back. */
final class SysproStripeSystems implements PayingSystems {

    private static final int CUSTOMERS = 200;
    private static final int INVOICES = 1_000;
    private static final int EDITED_CUSTOMERS = 10;
    private static final int EDITED_INVOICES = 20;
    private static final int FINALIZED_INVOICES = 120;

    private final SysproSandbox syspro = SysproSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();
    private final StripePayers payers = new StripePayers(stripe);
    private final SysproStripeMoney money = new SysproStripeMoney(syspro, stripe, payers);
    private final SysproDemoData data;
    private final int customers;
    private final int invoices;

    SysproStripeSystems() {
        this(CUSTOMERS, INVOICES);
    }

    SysproStripeSystems(int customers, int invoices) {
        this.customers = customers;
        this.invoices = invoices;
        data = SysproDemoData.seeded(2026, LocalDate.now(ZoneOffset.UTC), customers, invoices);
        data.loadInto(syspro);
    }

    SysproSandbox syspro() {
        return syspro;
    }

    StripePayers payers() {
        return payers;
    }

    @Override
    public String name() {
        return "syspro-stripe";
    }

    @Override
    public Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("SYSPRO_BASE_URL", syspro.baseUrl().toString()),
                Map.entry("SYSPRO_ENET_URL", syspro.enetUrl().toString()),
                Map.entry("SYSPRO_COMPANY", setting("company")),
                Map.entry("SYSPRO_USER", setting("user")),
                Map.entry("SYSPRO_PASSWORD", setting("password")),
                Map.entry("SYSPRO_OPERATOR", setting("operator")),
                Map.entry("SYSPRO_OPERATOR_PASSWORD", setting("operatorPassword")),
                Map.entry("SYSPRO_REQUESTS_PER_SECOND", "1000"),
                Map.entry("STRIPE_BASE_URL", stripe.baseUrl().toString()),
                Map.entry("STRIPE_API_KEY", stripe.apiKey()),
                Map.entry("STRIPE_WEBHOOK_SECRET", payers.secret()),
                Map.entry("STRIPE_REQUESTS_PER_SECOND", "1000"));
    }

    private String setting(String name) {
        return String.valueOf(syspro.settings().get(name));
    }

    @Override
    public Map<String, Map<Tally, Integer>> expected() {
        return Map.of(
                "customers", Map.of(Tally.CREATED, customers),
                "invoices", Map.of(Tally.CREATED, invoices));
    }

    @Override
    public Map<String, Integer> edit() {
        int editedCustomers = data.editCustomers(syspro, EDITED_CUSTOMERS);
        int editedInvoices = data.editInvoices(syspro, EDITED_INVOICES);
        return Map.of("customers", editedCustomers, "invoices", editedInvoices);
    }

    @Override
    public String invoices() {
        return "invoices";
    }

    @Override
    public Map<String, Map<String, String>> webhookSettings() {
        return Map.of("stripe-prod", Map.of("webhookSecrets", "${env:STRIPE_WEBHOOK_SECRET}"));
    }

    @Override
    public String pay() {
        return money.pay(Math.min(FINALIZED_INVOICES, invoices / 2));
    }

    @Override
    public String deliverBadly(SyncEngine engine) {
        return payers.deliverBadly(engine);
    }

    @Override
    public void deliverTheRest(SyncEngine engine) {
        syspro.stealSession();
        payers.deliverTheRest(engine);
    }

    @Override
    public TargetCount countMoney() {
        return money.count();
    }

    @Override
    public TargetCount count() {
        Map<String, List<JsonNode>> foundCustomers = stripe.customersByMetadata("mlc_key");
        Map<String, List<JsonNode>> foundInvoices = stripe.invoicesByMetadata("mlc_key");
        int documents = stripe.customers().size() + stripe.invoices().size();
        int distinct = foundCustomers.size() + foundInvoices.size();
        long missing = syspro.rows("ArCustomer").stream()
                        .filter(row -> !foundCustomers.containsKey("syspro-prod/customers/" + row.get("Customer")))
                        .count()
                + ofTypeInvoice().stream()
                        .filter(row -> !foundInvoices.containsKey("syspro-prod/invoices/" + id(row)))
                        .count();
        return new TargetCount(documents, documents - distinct, (int) missing);
    }

    private List<Map<String, Object>> ofTypeInvoice() {
        return syspro.rows("ArInvoice").stream()
                .filter(row -> "I".equals(row.get("DocumentType")))
                .toList();
    }

    private static String id(Map<String, Object> row) {
        return row.get("Customer") + "|" + row.get("Invoice") + "|" + row.get("DocumentType");
    }

    @Override
    public List<Sample> samples() {
        Map<String, List<JsonNode>> found = stripe.invoicesByMetadata("mlc_key");
        return List.of("R", "EUR", "JPY").stream()
                .flatMap(currency -> ofTypeInvoice().stream()
                        .filter(row -> currency.equals(row.get("PostCurrency")))
                        .limit(1))
                .map(row -> sample(row, found))
                .toList();
    }

    private Sample sample(Map<String, Object> row, Map<String, List<JsonNode>> found) {
        JsonNode invoice = found.getOrDefault("syspro-prod/invoices/" + id(row), List.of()).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no invoice for " + row));
        return new Sample(
                "SYSPRO invoice " + row.get("Invoice") + "  ->  Stripe "
                        + invoice.path("id").asText(),
                List.of(
                        new String[] {
                            "total",
                            row.get("CurrencyValue") + " " + row.get("PostCurrency"),
                            invoice.path("total").asText() + " "
                                    + invoice.path("currency").asText()
                        },
                        new String[] {
                            "tax",
                            String.valueOf(row.get("TaxPortion")),
                            invoice.path("total").asLong()
                                    - invoice.path("total_excluding_tax").asLong() + ""
                        },
                        new String[] {
                            "order, lines",
                            String.valueOf(row.get("SalesOrder")),
                            stripe.lines(invoice.path("id").asText()).size() + " lines"
                        },
                        new String[] {
                            "balance",
                            String.valueOf(row.get("InvoiceBal1")),
                            invoice.path("status").asText()
                        }));
    }

    @Override
    public void close() {
        payers.close();
        stripe.close();
        syspro.close();
    }
}
