package io.mlconnector.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An IFS Cloud with customers, orders and vouchers, and an empty Stripe account. */
final class IfsStripeSystems implements ChaoticSystems, PayingSystems {

    private static final int CUSTOMERS = 300;
    private static final int INVOICES = 2_000;
    private static final int EDITED_CUSTOMERS = 12;
    private static final int EDITED_INVOICES = 25;
    private static final int FINALIZED_INVOICES = 120;

    private final IfsSandbox ifs = IfsSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();
    private final StripePayers payers = new StripePayers(stripe);
    private final IfsDemoData data;
    private final int customers;
    private final int invoices;

    IfsStripeSystems() {
        this(CUSTOMERS, INVOICES);
    }

    IfsStripeSystems(int customers, int invoices) {
        this.customers = customers;
        this.invoices = invoices;
        // Stamped an hour ago, so that the overlap of the next poll does not read everything again.
        data = IfsDemoData.seeded(2026, Instant.now().minusSeconds(3_600), customers, invoices);
        data.loadInto(ifs);
    }

    @Override
    public String name() {
        return "ifs-stripe";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "IFS_BASE_URL", ifs.baseUrl().toString(),
                "IFS_TOKEN_URL", ifs.tokenUrl().toString(),
                "IFS_CLIENT_ID", ifs.clientId(),
                "IFS_CLIENT_SECRET", ifs.clientSecret(),
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
        return new IfsStripeChaos(ifs, stripe, invoices);
    }

    @Override
    public Map<String, Integer> edit() {
        int customers = data.editCustomers(ifs, EDITED_CUSTOMERS).size();
        int invoices = data.editVouchers(ifs, EDITED_INVOICES).size();
        return Map.of("customers", customers, "invoices", invoices);
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
        ifs.stopFailing();
        stripe.clearFaults();
        return payers.pay(Math.min(FINALIZED_INVOICES, invoices / 2));
    }

    @Override
    public String deliverBadly(SyncEngine engine) {
        return payers.deliverBadly(engine);
    }

    @Override
    public void deliverTheRest(SyncEngine engine) {
        payers.deliverTheRest(engine);
    }

    @Override
    public TargetCount countMoney() {
        return new IfsStripeMoney(ifs, stripe, payers).count();
    }

    @Override
    public TargetCount count() {
        Map<String, List<JsonNode>> customers = stripe.customersByMetadata("mlc_key");
        Map<String, List<JsonNode>> invoices = stripe.invoicesByMetadata("mlc_key");
        int documents = stripe.customers().size() + stripe.invoices().size();
        int distinct = customers.size() + invoices.size();
        int missing = missing(customers, "customers", ifs.rows("CustomerSet"))
                + missing(invoices, "invoices", ifs.rows("VoucherSet"));
        return new TargetCount(documents, documents - distinct, missing);
    }

    private static int missing(Map<String, List<JsonNode>> found, String entity, List<IfsRow> rows) {
        int missing = 0;
        for (IfsRow row : rows) {
            String key = "ifs-prod/" + entity + "/" + id(entity, row);
            missing += found.containsKey(key) ? 0 : 1;
        }
        return missing;
    }

    static String id(String entity, IfsRow row) {
        return entity.equals("customers")
                ? row.text("CustomerId")
                : String.join(
                        "|",
                        row.text("Company"),
                        row.text("VoucherType"),
                        Long.toString(row.number("AccountingYear")),
                        Long.toString(row.number("VoucherNo")));
    }

    @Override
    public List<Sample> samples() {
        Map<String, List<JsonNode>> invoices = stripe.invoicesByMetadata("mlc_key");
        var samples = new ArrayList<Sample>();
        for (String currency : List.of("EUR", "JPY", "KWD")) {
            ifs.rows("VoucherSet").stream()
                    .filter(row -> row.text("CurrencyCode").equals(currency))
                    .findFirst()
                    .ifPresent(row -> samples.add(sample(row, invoices)));
        }
        return samples;
    }

    private Sample sample(IfsRow voucher, Map<String, List<JsonNode>> invoices) {
        JsonNode invoice = invoices.getOrDefault("ifs-prod/invoices/" + id("invoices", voucher), List.of()).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no invoice for " + voucher));
        String customerName = ifs.row("CustomerSet", voucher.text("CustomerId"))
                .map(row -> row.text("Name"))
                .orElse("?");
        String stripeName = stripe.customers().stream()
                .filter(customer -> customer.path("id").equals(invoice.path("customer")))
                .map(customer -> customer.path("name").asText())
                .findFirst()
                .orElse("?");
        return new Sample(
                "IFS Cloud voucher " + voucher.text("SeriesId") + " " + voucher.text("InvoiceNo") + "  ->  Stripe "
                        + invoice.path("id").asText(),
                List.of(
                        new String[] {"customer", customerName, stripeName},
                        new String[] {
                            "total",
                            voucher.decimal("GrossCurrAmount") + " " + voucher.text("CurrencyCode"),
                            invoice.path("total").asText() + " "
                                    + invoice.path("currency").asText()
                        },
                        new String[] {
                            "net",
                            String.valueOf(voucher.decimal("NetCurrAmount")),
                            invoice.path("total_excluding_tax").asText()
                        },
                        new String[] {
                            "due",
                            String.valueOf(voucher.value("DueDate")),
                            Instant.ofEpochSecond(invoice.path("due_date").asLong())
                                    .toString()
                        },
                        new String[] {
                            "order, lines",
                            voucher.text("OrderNo"),
                            stripe.lines(invoice.path("id").asText()).size() + " lines"
                        },
                        new String[] {
                            "status",
                            "Objstate " + voucher.value("Objstate"),
                            invoice.path("status").asText()
                        }));
    }

    @Override
    public void close() {
        payers.close();
        stripe.close();
        ifs.close();
    }
}
