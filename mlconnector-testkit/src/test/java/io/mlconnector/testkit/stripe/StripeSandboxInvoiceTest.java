package io.mlconnector.testkit.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StripeSandboxInvoiceTest {

    private static final String[] VAT = {
        "lines[0][tax_amounts][0][amount]=3800",
        "lines[0][tax_amounts][0][taxable_amount]=20000",
        "lines[0][tax_amounts][0][tax_rate_data][display_name]=VAT",
        "lines[0][tax_amounts][0][tax_rate_data][percentage]=19",
        "lines[0][tax_amounts][0][tax_rate_data][inclusive]=false"
    };

    private final StripeSandbox stripe = StripeSandbox.start();
    private final Browser browser = new Browser(stripe);
    private String customer = "";

    @BeforeEach
    void createCustomer() throws Exception {
        customer = browser.post("/v1/customers", "name=Nordbau GmbH", "email=ap@nordbau.example", "invoice_prefix=NORD")
                .id();
    }

    @AfterEach
    void close() {
        stripe.close();
    }

    @Test
    void addsUpLinesAndTaxesOfADraft() throws Exception {
        String invoice = draft();

        Browser.Reply reply = browser.post(
                "/v1/invoices/" + invoice + "/add_lines",
                with(VAT, "lines[0][amount]=20000", "lines[0][description]=Pump", "lines[1][amount]=-500"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("subtotal").asLong()).isEqualTo(19500);
        assertThat(reply.body().path("total_excluding_tax").asLong()).isEqualTo(19500);
        assertThat(reply.body().path("total").asLong()).isEqualTo(23300);
        assertThat(reply.body().path("amount_due").asLong()).isEqualTo(23300);
        assertThat(reply.body().path("total_taxes").get(0).path("amount").asLong())
                .isEqualTo(3800);
        assertThat(reply.body().path("number").isNull()).isTrue();
        assertThat(reply.body().path("hosted_invoice_url").isNull()).isTrue();
        assertThat(reply.body().has("paid")).isFalse();
    }

    @Test
    void reusesTheTaxRateOfEqualRateData() throws Exception {
        String invoice = draft();

        browser.post("/v1/invoices/" + invoice + "/add_lines", with(VAT, "lines[0][amount]=20000"));
        browser.post("/v1/invoices/" + invoice + "/add_lines", with(VAT, "lines[0][amount]=20000"));

        assertThat(stripe.objects("tax_rate")).hasSize(1);
        assertThat(stripe.invoices().get(0).path("total_taxes")).hasSize(1);
    }

    @Test
    void refusesAQuantityBesideAnAmount() throws Exception {
        Browser.Reply reply =
                browser.post("/v1/invoices/" + draft() + "/add_lines", "lines[0][amount]=100", "lines[0][quantity]=2");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("error").path("message").asText())
                .contains("only specify one of these parameters");
    }

    @Test
    void roundsAQuantityTimesAPriceHalfUp() throws Exception {
        Browser.Reply reply = browser.post(
                "/v1/invoices/" + draft() + "/add_lines",
                "lines[0][price_data][currency]=eur",
                "lines[0][price_data][product_data][name]=Cable",
                "lines[0][price_data][unit_amount_decimal]=33.3",
                "lines[0][quantity_decimal]=2.5");

        JsonNode line = reply.body().path("lines").path("data").get(0);
        assertThat(line.path("amount").asLong()).isEqualTo(83);
        assertThat(line.path("quantity").asLong()).isEqualTo(2);
        assertThat(line.path("quantity_decimal").asText()).isEqualTo("2.5");
        assertThat(browser.get("/v1/prices").body().path("data")).isEmpty();
    }

    @Test
    void showsTenLinesInTheInvoiceAndPagesTheRest() throws Exception {
        String invoice = draft();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add("lines[" + i + "][amount]=" + (i + 1));
        }

        JsonNode shown = browser.post("/v1/invoices/" + invoice + "/add_lines", lines.toArray(new String[0]))
                .body()
                .path("lines");
        String tenth = shown.path("data").get(9).path("id").asText();
        JsonNode rest = browser.get("/v1/invoices/" + invoice + "/lines", "starting_after=" + tenth)
                .body();

        assertThat(shown.path("data")).hasSize(10);
        assertThat(shown.path("has_more").asBoolean()).isTrue();
        assertThat(rest.path("data")).hasSize(2);
        assertThat(rest.path("data").get(1).path("amount").asLong()).isEqualTo(12);
        assertThat(rest.path("has_more").asBoolean()).isFalse();
    }

    @Test
    void refusesMoreThan250Items() throws Exception {
        String invoice = draft();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            lines.add("lines[" + i + "][amount]=1");
        }

        Browser.Reply full = browser.post("/v1/invoices/" + invoice + "/add_lines", lines.toArray(new String[0]));
        Browser.Reply over = browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=1");

        assertThat(full.status()).isEqualTo(200);
        assertThat(over.status()).isEqualTo(400);
        assertThat(stripe.lines(invoice)).hasSize(250);
    }

    @Test
    void updatesAndRemovesLines() throws Exception {
        String invoice = draft();
        browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=100", "lines[1][amount]=50");
        String first = stripe.lines(invoice).get(0).path("id").asText();
        String second = stripe.lines(invoice).get(1).path("id").asText();

        browser.post("/v1/invoices/" + invoice + "/update_lines", "lines[0][id]=" + first, "lines[0][amount]=300");
        browser.post("/v1/invoices/" + invoice + "/lines/" + first, "description=Pump");
        Browser.Reply reply = browser.post(
                "/v1/invoices/" + invoice + "/remove_lines", "lines[0][id]=" + second, "lines[0][behavior]=delete");

        assertThat(reply.body().path("total").asLong()).isEqualTo(300);
        assertThat(stripe.lines(invoice).get(0).path("description").asText()).isEqualTo("Pump");
    }

    @Test
    void finalizingNumbersTheInvoiceAndLocksIt() throws Exception {
        String invoice = open(30000);

        Browser.Reply edit = browser.post("/v1/invoices/" + invoice, "description=late");
        Browser.Reply add = browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=1");
        Browser.Reply again = browser.post("/v1/invoices/" + invoice + "/finalize");
        Browser.Reply metadata = browser.post("/v1/invoices/" + invoice, "metadata[erp]=1");

        JsonNode found = stripe.invoices().get(0);
        assertThat(found.path("number").asText()).isEqualTo("NORD-0001");
        assertThat(found.path("hosted_invoice_url").asText()).startsWith("https://");
        assertThat(List.of(edit.code(), add.code(), again.code())).containsOnly("invoice_not_editable");
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(browser.delete("/v1/invoices/" + invoice).status()).isEqualTo(400);
    }

    @Test
    void aZeroTotalIsPaidAtOnceAndNothingCannotBeFinalized() throws Exception {
        String free = open(0);

        Browser.Reply empty = browser.post("/v1/invoices/" + draft() + "/finalize");

        assertThat(browser.get("/v1/invoices/" + free).body().path("status").asText())
                .isEqualTo("paid");
        assertThat(empty.status()).isEqualTo(400);
    }

    @Test
    void creditOfTheCustomerIsUsedUpByFinalizing() throws Exception {
        browser.post("/v1/customers/" + customer, "balance=-1000");

        String invoice = open(3000);

        JsonNode found = browser.get("/v1/invoices/" + invoice).body();
        assertThat(found.path("amount_due").asLong()).isEqualTo(2000);
        assertThat(found.path("total").asLong()).isEqualTo(3000);
        assertThat(stripe.customers().get(0).path("balance").asLong()).isZero();
    }

    @Test
    void onlyUnpaidInvoicesCanBeVoidedPaidOrGivenUp() throws Exception {
        String paid = open(1000);
        String voided = open(1000);
        String lost = open(1000);

        browser.post("/v1/invoices/" + paid + "/pay", "paid_out_of_band=true");
        browser.post("/v1/invoices/" + voided + "/void");
        browser.post("/v1/invoices/" + lost + "/mark_uncollectible");

        assertThat(browser.post("/v1/invoices/" + paid + "/void").status()).isEqualTo(400);
        assertThat(browser.post("/v1/invoices/" + voided + "/pay", "paid_out_of_band=true")
                        .status())
                .isEqualTo(400);
        assertThat(browser.post("/v1/invoices/" + lost + "/void").status()).isEqualTo(200);
        assertThat(browser.post("/v1/invoices/" + draft() + "/void").status()).isEqualTo(400);
        assertThat(stripe.invoices().get(0).path("amount_paid").asLong()).isEqualTo(1000);
    }

    @Test
    void sendingFinalizesAndMails() throws Exception {
        String invoice = draft();
        browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=700");

        Browser.Reply sent = browser.post("/v1/invoices/" + invoice + "/send");

        assertThat(sent.body().path("status").asText()).isEqualTo("open");
        assertThat(stripe.mails()).hasSize(1);
        assertThat(stripe.events())
                .extracting(event -> event.path("type").asText())
                .contains("invoice.finalized", "invoice.sent");
    }

    @Test
    void aFinalizedRevisionVoidsItsOriginal() throws Exception {
        String original = open(1000);

        Browser.Reply revision =
                browser.post("/v1/invoices", "from_invoice[action]=revision", "from_invoice[invoice]=" + original);
        Browser.Reply finalized = browser.post("/v1/invoices/" + revision.id() + "/finalize");

        JsonNode before = browser.get("/v1/invoices/" + original).body();
        assertThat(finalized.body().path("total").asLong()).isEqualTo(1000);
        assertThat(before.path("status").asText()).isEqualTo("void");
        assertThat(before.path("latest_revision").asText()).isEqualTo(revision.id());
    }

    @Test
    void dueDatesBelongToSentInvoicesOnly() throws Exception {
        Browser.Reply both = browser.post(
                "/v1/invoices",
                "customer=" + customer,
                "collection_method=send_invoice",
                "days_until_due=3",
                "due_date=1900000000");
        Browser.Reply charged = browser.post("/v1/invoices", "customer=" + customer, "days_until_due=3");
        Browser.Reply neither = browser.post("/v1/invoices", "customer=" + customer, "collection_method=send_invoice");

        assertThat(List.of(both.status(), charged.status(), neither.status())).containsOnly(400);
        assertThat(stripe.invoices()).isEmpty();
    }

    @Test
    void amountsWithThreeDecimalsEndInZero() throws Exception {
        String invoice = browser.post("/v1/invoices", "customer=" + customer, "currency=kwd")
                .id();

        assertThat(browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=1235")
                        .status())
                .isEqualTo(400);
        assertThat(browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=1230")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anInvoiceNeedsAnExistingCustomer() throws Exception {
        Browser.Reply missing = browser.post("/v1/invoices", "currency=eur");
        Browser.Reply gone = browser.post("/v1/invoices", "customer=cus_gone");

        assertThat(missing.code()).isEqualTo("parameter_missing");
        assertThat(gone.code()).isEqualTo("resource_missing");
        assertThat(gone.param()).isEqualTo("customer");
    }

    @Test
    void creditNotesLowerWhatIsDueAndSettleAtZero() throws Exception {
        String invoice = open(5000);

        Browser.Reply note = browser.post("/v1/credit_notes", "invoice=" + invoice, "amount=2000", "email_type=none");
        JsonNode afterFirst = browser.get("/v1/invoices/" + invoice).body();
        browser.post("/v1/credit_notes", "invoice=" + invoice, "amount=3000");

        assertThat(note.body().path("number").asText()).isEqualTo("NORD-0001-CN-01");
        assertThat(note.body().path("type").asText()).isEqualTo("pre_payment");
        assertThat(afterFirst.path("amount_remaining").asLong()).isEqualTo(3000);
        assertThat(browser.get("/v1/invoices/" + invoice).body().path("status").asText())
                .isEqualTo("paid");
        assertThat(stripe.mails()).hasSize(1);
    }

    @Test
    void aCreditedLineTakesItsShareOfTheTax() throws Exception {
        String invoice = draft();
        browser.post("/v1/invoices/" + invoice + "/add_lines", with(VAT, "lines[0][amount]=20000"));
        browser.post("/v1/invoices/" + invoice + "/finalize");
        String line = stripe.lines(invoice).get(0).path("id").asText();

        Browser.Reply note = browser.post(
                "/v1/credit_notes",
                "invoice=" + invoice,
                "lines[0][type]=invoice_line_item",
                "lines[0][invoice_line_item]=" + line,
                "lines[0][amount]=5000");

        assertThat(note.body().path("total").asLong()).isEqualTo(5950);
        assertThat(browser.post("/v1/credit_notes/" + note.id() + "/void")
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("void");
    }

    @Test
    void aPaidInvoiceLeadsToItsChargeAndIsGivenBackExactly() throws Exception {
        String invoice = open(5000);
        String payment = stripe.dashboard().payInvoice(invoice).path("id").asText();

        JsonNode rows = browser.get(
                        "/v1/invoice_payments", "invoice=" + invoice, "expand[]=data.payment.payment_intent")
                .body()
                .path("data");
        Browser.Reply unbalanced = browser.post("/v1/credit_notes", "invoice=" + invoice, "amount=1000");
        Browser.Reply note =
                browser.post("/v1/credit_notes", "invoice=" + invoice, "amount=1000", "refund_amount=1000");

        assertThat(rows.get(0).path("id").asText()).isEqualTo(payment);
        assertThat(rows.get(0)
                        .path("payment")
                        .path("payment_intent")
                        .path("latest_charge")
                        .asText())
                .startsWith("ch_");
        assertThat(unbalanced.status()).isEqualTo(400);
        assertThat(note.body().path("type").asText()).isEqualTo("post_payment");
        assertThat(stripe.objects("refund")).hasSize(1);
        assertThat(stripe.dashboard()
                        .dispute(stripe.objects("charge").get(0).path("id").asText(), "duplicate")
                        .path("status")
                        .asText())
                .isEqualTo("needs_response");
    }

    private String draft() throws Exception {
        return browser.post(
                        "/v1/invoices",
                        "customer=" + customer,
                        "currency=eur",
                        "collection_method=send_invoice",
                        "days_until_due=30",
                        "auto_advance=false")
                .id();
    }

    private String open(long amount) throws Exception {
        String invoice = draft();
        browser.post("/v1/invoices/" + invoice + "/add_lines", "lines[0][amount]=" + amount);
        browser.post("/v1/invoices/" + invoice + "/finalize");
        return invoice;
    }

    private static String[] with(String[] first, String... more) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }
}
