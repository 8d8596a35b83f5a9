package io.mlconnector.stripe;

import static io.mlconnector.stripe.Fixture.applied;
import static io.mlconnector.stripe.Fixture.invoice;
import static io.mlconnector.stripe.Fixture.line;
import static io.mlconnector.stripe.Fixture.lines;
import static io.mlconnector.stripe.Fixture.priced;
import static io.mlconnector.stripe.Fixture.rejected;
import static io.mlconnector.stripe.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.stripe.HeldCall;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InvoiceSinkTest {

    private final Fixture fixture = new Fixture();
    private final StripeSandbox stripe = fixture.stripe;

    @BeforeEach
    void writeTheCustomer() {
        fixture.linkedCustomer();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void createsADraftInTwoRequests() {
        applied(write(
                fixture.invoices(),
                fixture.create(invoice(2, line("10", "1.00", "0.19")).build(), "k0")));
        int before = stripe.requests().size();
        LocalDate due = LocalDate.now(ZoneOffset.UTC).plusDays(30);
        Invoice record = invoice(1, line("10", "200.00", "38.00"), line("20", "50.00", "9.50"))
                .memo("Order 88120")
                .orderNumbers(List.of("88120"))
                .dueOn(due)
                .build();

        String id = applied(write(fixture.invoices(), fixture.create(record, "k1")));

        JsonNode there = stripe.invoices().get(1);
        assertThat(stripe.requests()).hasSize(before + 2);
        assertThat(there.path("id").asText()).isEqualTo(id);
        assertThat(there.path("status").asText()).isEqualTo("draft");
        assertThat(there.path("total").asLong()).isEqualTo(29750);
        assertThat(there.path("auto_advance").asBoolean()).isFalse();
        assertThat(there.path("collection_method").asText()).isEqualTo("send_invoice");
        assertThat(there.path("due_date").asLong()).isEqualTo(due.toEpochSecond(LocalTime.NOON, ZoneOffset.UTC));
        assertThat(there.path("custom_fields").path(0).path("name").asText()).isEqualTo("ERP invoice");
        assertThat(there.path("custom_fields").path(0).path("value").asText()).isEqualTo("IFS-1");
        assertThat(there.path("number").isNull()).isTrue();
        assertThat(there.path("metadata").path("mlc_key").asText()).isEqualTo("erp/invoices/I1");
        assertThat(there.path("metadata").path("erp_invoice_no").asText()).isEqualTo("IFS-1");
        assertThat(there.path("metadata").path("erp_company").asText()).isEqualTo("10");
        assertThat(there.path("metadata").path("erp_orders").asText()).isEqualTo("88120");
        assertThat(stripe.lines(id))
                .extracting(it -> it.path("metadata").path("erp_line").asText())
                .containsExactly("10", "20");
        assertThat(stripe.mails()).isEmpty();
    }

    @Test
    void keepsADueDateInThePastInTheMetadata() {
        Invoice record = invoice(1, line("10", "1.00", "0.19"))
                .dueOn(LocalDate.of(2020, 2, 3))
                .build();

        applied(write(fixture.invoices(), fixture.create(record, "k1")));

        JsonNode there = stripe.invoices().get(0);
        assertThat(there.path("due_date").asLong())
                .isEqualTo(there.path("created").asLong());
        assertThat(there.path("metadata").path("erp_due_on").asText()).isEqualTo("2020-02-03");
    }

    @Test
    void waitsForTheCustomer() {
        Invoice record = invoice(1, line("10", "1.00", "0.19"))
                .customer(Fixture.customer(2).build().key())
                .build();

        WriteOutcome outcome = write(fixture.invoices(), fixture.create(record, "k1"));

        assertThat(outcome)
                .isEqualTo(new WriteOutcome.Deferred(Fixture.customer(2).build().key()));
        assertThat(stripe.invoices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "JPY, 1200, 120, 1320",
        "KWD, 12.340, 1.230, 13570",
        "ISK, 1500, 360, 186000",
        "UGX, 2000, 360, 236000",
        "HUF, 100.50, 27.00, 12750",
        "EUR, -100.00, -19.00, -11900"
    })
    void sendsMinorUnitsAsStripeCountsThem(String currency, String net, String tax, long total) {
        Invoice record =
                invoice(1, currency, line("10", currency, net, tax, "19")).build();

        applied(write(fixture.invoices(), fixture.create(record, "k1")));

        assertThat(stripe.invoices().get(0).path("total").asLong()).isEqualTo(total);
    }

    @ParameterizedTest
    @CsvSource({"JPY, 12.5", "KWD, 12.345", "ISK, 15.5", "EUR, 1.005"})
    void rejectsAnAmountThatIsNoWholeNumberOfMinorUnits(String currency, String net) {
        Invoice record =
                invoice(1, currency, line("10", currency, net, "0", "0")).build();

        String reason = rejected(write(fixture.invoices(), fixture.create(record, "k1")));

        assertThat(reason).contains(net, currency);
        assertThat(stripe.requestCount("POST", "/v1/invoices")).isZero();
    }

    @Test
    void rejectsADocumentThatDoesNotAddUpBeforeAnythingIsSent() {
        Invoice record = invoice(1, line("10", "100.00", "19.00"))
                .total(Money.of("119.01", "EUR"))
                .build();

        String reason = rejected(write(fixture.invoices(), fixture.create(record, "k1")));

        assertThat(reason).contains("119.01 EUR", "119.00 EUR", "erp/invoices/I1");
        assertThat(stripe.requestCount("POST", "/v1/invoices")).isZero();
    }

    @Test
    void deletesTheDraftWhenStripesTotalDiffersByOne() throws IOException {
        try (Relay relay = new Relay(stripe.baseUrl())) {
            fixture.configure(Map.of("baseUrl", relay.baseUrl()));
            relay.changeNext("\"total\":11900", "\"total\":11901");

            String reason = rejected(write(
                    fixture.invoices(),
                    fixture.create(invoice(1, line("10", "100.00", "19.00")).build(), "k1")));

            assertThat(reason).contains("119.00 EUR in the ERP", "119.01 EUR in Stripe");
            assertThat(stripe.invoices()).isEmpty();
        }
    }

    @Test
    void sendsManyLinesInBlocksAndReadsThemAllBack() {
        String id = applied(write(
                fixture.invoices(), fixture.create(invoice(1, lines(120)).build(), "k1")));

        assertThat(stripe.requestCount("POST", "/v1/invoices/{id}/add_lines")).isEqualTo(3);
        assertThat(stripe.requestCount("GET", "/v1/invoices/{id}/lines")).isEqualTo(2);
        assertThat(stripe.lines(id)).hasSize(120);
    }

    @Test
    void countsTheLinesBeyondTheFirstTen() {
        String id = applied(write(
                fixture.invoices(), fixture.create(invoice(1, lines(12)).build(), "k1")));

        assertThat(stripe.lines(id)).hasSize(12);
    }

    @Test
    void rejectsMoreLinesThanStripeTakes() {
        String reason = rejected(write(
                fixture.invoices(), fixture.create(invoice(1, lines(251)).build(), "k1")));

        assertThat(reason).contains("250", "251");
        assertThat(stripe.invoices()).isEmpty();
    }

    @Test
    void givesAZeroTaxAReason() {
        fixture.configure(Map.of("taxReasons", Map.of("V0", "reverse_charge")));

        String id = applied(write(
                fixture.invoices(),
                fixture.create(
                        invoice(1, line("10", "EUR", "100.00", "0.00", "0")).build(), "k1")));

        assertThat(stripe.lines(id)
                        .get(0)
                        .path("taxes")
                        .path(0)
                        .path("taxability_reason")
                        .asText())
                .isEqualTo("reverse_charge");
    }

    @Test
    void printsQuantityAndPriceOfAnAmountLine() {
        fixture.configure(Map.of("lines", "amount"));
        LineItem item = priced("10", null, "2.5", "80.00", "200.00");

        String id = applied(
                write(fixture.invoices(), fixture.create(invoice(1, item).build(), "k1")));

        assertThat(stripe.lines(id).get(0).path("description").asText()).isEqualTo("Pump (2.5 h x 80.00 EUR)");
        assertThat(stripe.lines(id).get(0).path("amount").asLong()).isEqualTo(20000);
    }

    @Test
    void sendsQuantityAndPriceOnlyWhereTheyGiveTheAmountExactly() {
        LineItem exact = priced("10", null, "2.5", "80.00", "200.00");
        LineItem discounted = priced("20", null, "2", "80.00", "150.00");

        String id = applied(write(
                fixture.invoices(), fixture.create(invoice(1, exact, discounted).build(), "k1")));

        assertThat(stripe.lines(id))
                .extracting(it -> it.path("quantity_decimal").asText())
                .containsExactly("2.5", "1");
        assertThat(stripe.lines(id))
                .extracting(it -> it.path("amount").asLong())
                .containsExactly(20000L, 15000L);
    }

    @Test
    void showsTheQuantityOfALineUnlessToldOtherwise() {
        LineItem whole = priced("10", null, "2", "80.00", "160.00");
        LineItem fraction = priced("20", null, "2.5", "80.00", "200.00");

        String id = applied(write(
                fixture.invoices(), fixture.create(invoice(1, whole, fraction).build(), "k1")));

        assertThat(stripe.lines(id))
                .extracting(it -> it.path("quantity_decimal").asText() + " x "
                        + it.path("pricing").path("unit_amount_decimal").asText())
                .containsExactly("2 x 8000", "2.5 x 8000");
    }

    @Test
    void leavesNoRoundingOfALineToStripe() {
        LineItem rounded = priced("10", null, "3", "1499.995", "4499.99");

        String id = applied(
                write(fixture.invoices(), fixture.create(invoice(1, rounded).build(), "k1")));

        assertThat(stripe.lines(id).get(0).path("quantity_decimal").asText()).isEqualTo("1");
        assertThat(stripe.lines(id).get(0).path("amount").asLong()).isEqualTo(449999);
        assertThat(stripe.lines(id).get(0).path("description").asText()).isEqualTo("Pump (3 h x 1499.995 EUR)");
    }

    @Test
    void saysWhatWasTakenOffTheUnitPrice() {
        LineItem discounted = priced("10", null, "2", "80.00", "150.00");

        String id = applied(
                write(fixture.invoices(), fixture.create(invoice(1, discounted).build(), "k1")));

        assertThat(stripe.lines(id).get(0).path("description").asText())
                .isEqualTo("Pump (2 h x 80.00 EUR - 10.00 EUR)");
    }

    @Test
    void printsATaxRateThatPeopleKnowWhereTheErpStatesOnlyTheAmount() {
        LineItem item = LineItem.ofAmount(
                "10", "Freight", Money.of("33.33", "EUR"), new LineTax(null, null, Money.of("6.33", "EUR")));

        applied(write(fixture.invoices(), fixture.create(invoice(1, item).build(), "k1")));

        assertThat(stripe.objects("tax_rate"))
                .extracting(rate -> rate.path("percentage").asText())
                .containsExactly("19");
    }

    @Test
    void writesAnInvoiceThatSellsOneProductAtTwoPrices() {
        String product = stripeProduct();
        fixture.configure(Map.of("products", Map.of("PX-2", product)));
        LineItem full = priced("10", "PX-2", "2", "80.00", "160.00");
        LineItem reduced = priced("20", "PX-2", "2", "60.00", "120.00");
        LineItem fullAgain = priced("30", "PX-2", "1", "80.00", "80.00");

        String id = applied(write(
                fixture.invoices(),
                fixture.create(invoice(1, full, reduced, fullAgain).build(), "k1")));

        assertThat(stripe.lines(id))
                .extracting(it -> it.path("amount").asLong())
                .containsExactly(16000L, 12000L, 8000L);
        assertThat(stripe.objects("price"))
                .extracting(it -> it.path("unit_amount").asLong() + " "
                        + it.path("active").asBoolean())
                .containsExactly("8000 false", "6000 true");
    }

    @Test
    void writesAnInvoiceWhosePriceSomebodyArchivedInBetween() throws Exception {
        String product = stripeProduct();
        fixture.configure(Map.of("products", Map.of("PX-2", product)));
        Invoice cheap = invoice(1, priced("10", "PX-2", "2", "80.00", "160.00")).build();
        Invoice dear = invoice(2, priced("10", "PX-2", "2", "90.00", "180.00")).build();
        Invoice cheapAgain =
                invoice(3, priced("10", "PX-2", "1", "80.00", "80.00")).build();
        applied(write(fixture.invoices(), fixture.create(cheap, "k1")));
        HeldCall held = stripe.holdNext((method, path) -> method.equals("GET") && path.equals("/v1/prices"));
        var slow = CompletableFuture.supplyAsync(() -> write(fixture.invoices(), fixture.create(cheapAgain, "k3")));
        held.awaitArrival(Duration.ofSeconds(10));

        applied(write(fixture.invoices(), fixture.create(dear, "k2")));
        held.release();

        applied(slow.get(10, TimeUnit.SECONDS));
        assertThat(stripe.invoices()).hasSize(3);
    }

    @Test
    void makesNoPriceOfTheCatalogBelowZero() {
        String product = stripeProduct();
        fixture.configure(Map.of("products", Map.of("PX-2", product)));
        LineItem sold = priced("10", "PX-2", "2", "80.00", "160.00");
        LineItem returned = priced("20", "PX-2", "1", "-80.00", "-80.00");

        applied(write(
                fixture.invoices(), fixture.create(invoice(1, sold, returned).build(), "k1")));

        assertThat(stripe.objects("price"))
                .extracting(price -> price.path("unit_amount").asLong())
                .containsExactly(8000L);
    }

    @Test
    void archivesThePriceOfAMappedProductWhenItsAmountChanges() {
        String product = stripeProduct();
        fixture.configure(Map.of("products", Map.of("PX-2", product)));
        write(
                fixture.invoices(),
                fixture.create(
                        invoice(1, priced("10", "PX-2", "2", "80.00", "160.00")).build(), "k1"));
        write(
                fixture.invoices(),
                fixture.create(
                        invoice(2, priced("10", "PX-2", "3", "80.00", "240.00")).build(), "k2"));

        applied(write(
                fixture.invoices(),
                fixture.create(
                        invoice(3, priced("10", "PX-2", "2", "90.00", "180.00")).build(), "k3")));

        assertThat(stripe.objects("price"))
                .extracting(it -> it.path("unit_amount").asLong() + " "
                        + it.path("active").asBoolean() + " "
                        + it.path("lookup_key").asText())
                .containsExactly("8000 false null", "9000 true PX-2|eur");
    }

    @Test
    void finalizesWithoutMailing() {
        fixture.configure(Map.of("mode", "finalize", "invoiceNumber", true));

        applied(write(
                fixture.invoices(),
                fixture.create(invoice(1, line("10", "100.00", "19.00")).build(), "k1")));

        assertThat(stripe.invoices().get(0).path("status").asText()).isEqualTo("open");
        assertThat(stripe.invoices().get(0).path("number").asText()).isEqualTo("IFS-1");
        assertThat(stripe.mails()).isEmpty();
    }

    @Test
    void mailsOnceInModeSend() {
        fixture.configure(Map.of("mode", "send"));

        applied(write(
                fixture.invoices(),
                fixture.create(invoice(1, line("10", "100.00", "19.00")).build(), "k1")));

        assertThat(stripe.invoices().get(0).path("status").asText()).isEqualTo("open");
        assertThat(stripe.mails()).hasSize(1);
    }

    @Test
    void leavesADraftOfTheErpADraft() {
        fixture.configure(Map.of("mode", "send"));
        Invoice draft = invoice(1, line("10", "100.00", "19.00"))
                .status(Invoice.Status.DRAFT)
                .build();

        applied(write(fixture.invoices(), fixture.create(draft, "k1")));

        assertThat(stripe.invoices().get(0).path("status").asText()).isEqualTo("draft");
    }

    @Test
    void leavesNoDraftBehindWhenStripeRefusesToSendIt() {
        fixture.configure(Map.of("mode", "send"));
        stripe.dashboard().editCustomer(stripe.customers().get(0).path("id").asText(), Map.of("email", ""));

        String reason = rejected(write(
                fixture.invoices(),
                fixture.create(invoice(1, line("10", "100.00", "19.00")).build(), "k1")));

        assertThat(reason).contains("email", "erp/invoices/I1");
        assertThat(stripe.invoices()).isEmpty();
    }

    private String stripeProduct() {
        StripeApiForTests.post(stripe, "/v1/products", "name=Pump");
        return stripe.objects("product").get(0).path("id").asText();
    }
}
