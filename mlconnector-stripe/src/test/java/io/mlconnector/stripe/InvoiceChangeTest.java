package io.mlconnector.stripe;

import static io.mlconnector.stripe.Fixture.applied;
import static io.mlconnector.stripe.Fixture.invoice;
import static io.mlconnector.stripe.Fixture.line;
import static io.mlconnector.stripe.Fixture.priced;
import static io.mlconnector.stripe.Fixture.rejected;
import static io.mlconnector.stripe.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InvoiceChangeTest {

    private static final RecordKey KEY = new RecordKey("erp", "invoices", "I1");

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
    void changesTheLinesOfADraftInPlace() {
        String id = created(line("10", "100.00", "19.00"), line("20", "50.00", "9.50"));
        String kept = stripe.lines(id).get(0).path("id").asText();
        Invoice changed = invoice(1, line("10", "120.00", "22.80"), line("30", "7.00", "1.33"))
                .build();

        applied(write(fixture.invoices(), fixture.update(changed, id, "k2", "lines", "net", "tax", "total")));

        assertThat(stripe.lines(id))
                .extracting(it -> it.path("metadata").path("erp_line").asText() + " "
                        + it.path("amount").asLong())
                .containsExactly("10 12000", "30 700");
        assertThat(stripe.lines(id).get(0).path("id").asText()).isEqualTo(kept);
        assertThat(stripe.invoices().get(0).path("total").asLong()).isEqualTo(15113);
    }

    @Test
    void sendsOnlyTheChangedHeadOfADraft() throws IOException {
        String id = created(line("10", "100.00", "19.00"));
        try (Relay relay = new Relay(stripe.baseUrl())) {
            fixture.configure(Map.of("baseUrl", relay.baseUrl()));
            Invoice changed =
                    invoice(1, line("10", "100.00", "19.00")).memo("please pay").build();
            Write.Update<Invoice> update = fixture.update(changed, id, "k2", "memo");

            applied(write(fixture.invoices(), update));

            assertThat(relay.posts("/v1/invoices/" + id))
                    .singleElement()
                    .satisfies(call -> assertThat(call.form())
                            .isEqualTo(Map.of("description", "please pay", "metadata[mlc_write]", "1:k2")));
            assertThat(relay.calls()).hasSize(2);
            assertThat(fixture.invoices().find(update)).isInstanceOf(Lookup.Found.class);
        }
    }

    @Test
    void creditsAnOpenInvoiceThatBecameLower() {
        String id = finalized(line("10", "100.00", "19.00"), line("20", "50.00", "9.50"));
        Invoice changed = invoice(1, line("10", "80.00", "15.20")).build();

        applied(write(fixture.invoices(), fixture.update(changed, id, "k2", "lines", "total")));

        assertThat(stripe.objects("credit_note")).singleElement().satisfies(note -> {
            assertThat(note.path("total").asLong()).isEqualTo(8330);
            assertThat(note.path("type").asText()).isEqualTo("pre_payment");
            assertThat(note.path("metadata").path("mlc_key").asText()).isEqualTo(KEY.toString());
        });
        assertThat(open(id).path("amount_remaining").asLong()).isEqualTo(9520);
        assertThat(stripe.mails()).isEmpty();
    }

    @Test
    void invoicesTheDifferenceOfAnInvoiceThatBecameHigher() {
        String id = finalized(line("10", "100.00", "19.00"));
        Invoice changed = invoice(1, line("10", "110.00", "20.90"), line("20", "5.00", "0.95"))
                .build();

        applied(write(fixture.invoices(), fixture.update(changed, id, "k2", "lines", "total")));

        assertThat(stripe.invoices()).hasSize(2);
        JsonNode second = stripe.invoices().get(1);
        assertThat(second.path("status").asText()).isEqualTo("open");
        assertThat(second.path("total").asLong()).isEqualTo(1785);
        assertThat(second.path("metadata").path("mlc_second_of").asText()).isEqualTo(KEY.toString());
        assertThat(second.path("metadata").has("mlc_key")).isFalse();
    }

    @Test
    void takesBackASecondInvoiceThatIsStillADraftBeforeItCredits() {
        String id = finalized(line("10", "100.00", "19.00"));
        fixture.configure(Map.of("mode", "draft"));
        Invoice more = invoice(1, line("10", "150.00", "28.50")).build();
        applied(write(fixture.invoices(), fixture.update(more, id, "k2", "lines", "total")));
        assertThat(stripe.invoices()).hasSize(2);

        Invoice asBefore = invoice(1, line("10", "100.00", "19.00")).build();
        applied(write(fixture.invoices(), fixture.update(asBefore, id, "k3", "lines", "total")));

        assertThat(stripe.objects("credit_note")).isEmpty();
        assertThat(stripe.invoices()).hasSize(1);
        assertThat(open(id).path("amount_remaining").asLong()).isEqualTo(11900);
    }

    @Test
    void makesALineWithAQuantityAnewWhenItBecomesAnAmount() {
        String id = applied(write(
                fixture.invoices(),
                fixture.create(
                        invoice(1, priced("10", null, "2", "80.00", "160.00")).build(), "k1")));
        Invoice discounted =
                invoice(1, priced("10", null, "2", "80.00", "150.00")).build();

        applied(write(fixture.invoices(), fixture.update(discounted, id, "k2", "lines", "total")));

        assertThat(stripe.requests()).noneMatch(request -> request.path().endsWith("/update_lines"));
        assertThat(stripe.lines(id)).singleElement().satisfies(line -> {
            assertThat(line.path("amount").asLong()).isEqualTo(15000);
            assertThat(line.path("metadata").path("erp_line").asText()).isEqualTo("10");
        });
    }

    @Test
    void countsInWhatWasCreditedAndInvoicedBefore() {
        String id = finalized(line("10", "100.00", "19.00"), line("20", "50.00", "9.50"));
        Invoice mixed = invoice(1, line("10", "120.00", "22.80"), line("20", "20.00", "3.80"))
                .build();
        applied(write(fixture.invoices(), fixture.update(mixed, id, "k2", "lines", "total")));

        applied(write(fixture.invoices(), fixture.update(mixed, id, "k2", "lines", "total")));
        Invoice less = invoice(1, line("10", "90.00", "17.10"), line("20", "20.00", "3.80"))
                .build();
        applied(write(fixture.invoices(), fixture.update(less, id, "k3", "lines", "total")));

        assertThat(stripe.objects("credit_note"))
                .extracting(note -> note.path("total").asLong())
                .containsExactly(3570L, 3570L);
        assertThat(stripe.invoices()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"/v1/credit_notes", "/v1/invoices", "add_lines", "finalize"})
    void finishesAChangeThatBrokeOff(String path) {
        String id = finalized(line("10", "100.00", "19.00"), line("20", "50.00", "9.50"));
        fixture.configure(Map.of("mode", "finalize", "maxRetries", 0));
        Invoice mixed = invoice(1, line("10", "120.00", "22.80"), line("20", "20.00", "3.80"))
                .build();
        Write.Update<Invoice> update = fixture.update(mixed, id, "k2", "lines", "total");
        stripe.failNext(
                1, StripeFault.droppedAnswer(), (method, where) -> method.equals("POST") && where.endsWith(path));

        assertThat(write(fixture.invoices(), update)).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(fixture.invoices().find(update)).isEqualTo(Lookup.ABSENT);
        applied(write(fixture.invoices(), update));

        assertThat(fixture.invoices().find(update)).isInstanceOf(Lookup.Found.class);
        assertThat(stripe.objects("credit_note")).hasSize(1);
        assertThat(stripe.invoices()).hasSize(2);
        assertThat(stripe.invoices().get(1).path("total").asLong()).isEqualTo(2380);
        assertThat(stripe.invoices().get(1).path("status").asText()).isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource({"/v1/credit_notes", "/v1/invoices", "add_lines", "finalize"})
    void getsPastAStoredServerErrorOfAChange(String path) {
        String id = finalized(line("10", "100.00", "19.00"), line("20", "50.00", "9.50"));
        Invoice mixed = invoice(1, line("10", "120.00", "22.80"), line("20", "20.00", "3.80"))
                .build();
        Write.Update<Invoice> update = fixture.update(mixed, id, "k2", "lines", "total");
        stripe.failNext(1, StripeFault.serverError(), (method, where) -> method.equals("POST") && where.endsWith(path));

        assertThat(write(fixture.invoices(), update)).isInstanceOf(WriteOutcome.Ambiguous.class);
        applied(write(fixture.invoices(), update));

        assertThat(stripe.objects("credit_note")).hasSize(1);
        assertThat(stripe.invoices()).hasSize(2);
        assertThat(stripe.invoices().get(1).path("status").asText()).isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource({"out-of-band, out_of_band_amount", "customer-balance, none", "refund, none"})
    void creditsAPaidInvoiceAsThePolicySays(String policy, String field) {
        String id = finalized(line("10", "100.00", "19.00"));
        stripe.dashboard().payInvoice(id);
        fixture.configure(Map.of("mode", "finalize", "afterFinalize", Map.of("paidCredit", policy)));
        Invoice changed = invoice(1, line("10", "80.00", "15.20")).build();

        applied(write(fixture.invoices(), fixture.update(changed, id, "k2", "lines", "total")));

        JsonNode note = stripe.objects("credit_note").get(0);
        assertThat(note.path("post_payment_amount").asLong()).isEqualTo(2380);
        if (!field.equals("none")) {
            assertThat(note.path(field).asLong()).isEqualTo(2380);
        }
        assertThat(stripe.objects("refund")).hasSize(policy.equals("refund") ? 1 : 0);
    }

    @Test
    void changesOnlyMetadataOfAFinalInvoice() {
        String id = finalized(line("10", "100.00", "19.00"));
        Invoice changed = invoice(1, line("10", "100.00", "19.00"))
                .memo("new")
                .company("20")
                .build();

        applied(write(fixture.invoices(), fixture.update(changed, id, "k2", "memo", "company")));

        assertThat(open(id).path("metadata").path("erp_company").asText()).isEqualTo("20");
        assertThat(open(id).path("description").isNull()).isTrue();
    }

    @Test
    void rejectsChangesThatThePolicyForbids() {
        String id = finalized(line("10", "100.00", "19.00"));
        fixture.configure(Map.of("mode", "finalize", "afterFinalize", Map.of("higher", "reject", "lower", "reject")));

        assertThat(rejected(change(id, line("10", "110.00", "20.90")))).contains("afterFinalize.higher");
        assertThat(rejected(change(id, line("10", "90.00", "17.10")))).contains("afterFinalize.lower");
        assertThat(stripe.invoices()).hasSize(1);
        assertThat(stripe.objects("credit_note")).isEmpty();
    }

    @Test
    void voidsACancelledInvoice() {
        String id = finalized(line("10", "100.00", "19.00"));
        Invoice cancelled = invoice(1, line("10", "100.00", "19.00"))
                .status(Invoice.Status.VOID)
                .build();
        Write.Update<Invoice> update = fixture.update(cancelled, id, "k2", "status");

        applied(write(fixture.invoices(), update));

        assertThat(open(id).path("status").asText()).isEqualTo("void");
        assertThat(fixture.invoices().find(update)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void rejectsAChangeOfAVoidInvoice() {
        String id = finalized(line("10", "100.00", "19.00"));
        applied(write(fixture.invoices(), fixture.remove(KEY, id, "k2")));

        assertThat(rejected(change(id, line("10", "110.00", "20.90")))).contains(id, "void");
    }

    @Test
    void marksAnInvoiceAsPaidElsewhereWhereThePolicySaysSo() {
        String id = finalized(line("10", "100.00", "19.00"));
        fixture.configure(Map.of("mode", "finalize", "afterFinalize", Map.of("paidInErp", "mark-paid")));
        Invoice paid = invoice(1, line("10", "100.00", "19.00"))
                .status(Invoice.Status.PAID)
                .build();

        applied(write(fixture.invoices(), fixture.update(paid, id, "k2", "status")));

        assertThat(open(id).path("status").asText()).isEqualTo("paid");
    }

    @Test
    void removesADraftVoidsAnOpenInvoiceAndKeepsAPaidOne() {
        String draft = created(line("10", "100.00", "19.00"));
        Write.Remove<Invoice> remove = fixture.remove(KEY, draft, "k2");
        assertThat(fixture.invoices().find(remove)).isEqualTo(Lookup.ABSENT);
        assertThat(applied(write(fixture.invoices(), remove))).isEqualTo(draft);
        assertThat(fixture.invoices().find(remove)).isEqualTo(new Lookup.Found(TargetRef.of(draft)));
        assertThat(stripe.invoices()).isEmpty();

        String paid = finalized(line("10", "100.00", "19.00"));
        stripe.dashboard().payInvoice(paid);
        assertThat(rejected(write(fixture.invoices(), fixture.remove(KEY, paid, "k3"))))
                .contains("paid", paid);
    }

    @Test
    void rejectsAChangeOfAnInvoiceThatWasDeletedInStripe() {
        String id = created(line("10", "100.00", "19.00"));
        stripe.dashboard().deleteDraft(id);

        assertThat(rejected(change(id, line("10", "110.00", "20.90")))).contains("deleted in Stripe", id);
    }

    private WriteOutcome change(String id, LineItem... lines) {
        return write(fixture.invoices(), fixture.update(invoice(1, lines).build(), id, "k9", "lines", "total"));
    }

    private String created(LineItem... lines) {
        return applied(
                write(fixture.invoices(), fixture.create(invoice(1, lines).build(), "k1")));
    }

    private String finalized(LineItem... lines) {
        fixture.configure(Map.of("mode", "finalize"));
        return created(lines);
    }

    private JsonNode open(String id) {
        return stripe.invoices().stream()
                .filter(it -> it.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
