package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.CreditNote;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.InboxEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MoneyBackSourcesTest {

    private final Till till = new Till();

    @AfterEach
    void close() {
        till.close();
    }

    @Test
    void aRefundNamesItsPaymentAndItsInvoice() {
        String invoice = till.open(29_750);
        JsonNode row = till.stripe.money().pay(invoice);
        till.stripe.money().refund(till.charge(0), 5000);

        Refund refund = till.only("refunds");

        assertThat(refund.amount()).isEqualTo(Money.of("50.00", "EUR"));
        assertThat(refund.status()).isEqualTo(Refund.Status.SUCCEEDED);
        assertThat(refund.payment().toString()).isEqualTo("stripe/payments/" + Till.id(row));
        assertThat(refund.invoice()).isEqualTo(Till.invoiceKey(invoice));
        assertThat(refund.reason()).isEqualTo("requested_by_customer");
        assertThat(refund.attributes().value("invoice_number")).contains("IFS-1");
        assertThat(refund.attributes().value("bank_reference")).isPresent();
    }

    @Test
    void aRefundIsPendingThenArrivesOrFails() {
        till.stripe.money().pay(till.open(1000));
        till.pass("refunds");
        till.later();
        String first = Till.id(till.stripe.money().startRefund(till.charge(0), 300));
        String second = Till.id(till.stripe.money().startRefund(till.charge(0), 400));
        Map<String, Change<Refund>> pending = till.pass("refunds");
        till.stripe.money().finishRefund(first);
        till.stripe.money().failRefund(second);

        Map<String, Change<Refund>> ended = till.pass("refunds");

        assertThat(pending.values())
                .extracting(change -> change.record().status())
                .containsOnly(Refund.Status.PENDING);
        assertThat(ended.get(first).record().status()).isEqualTo(Refund.Status.SUCCEEDED);
        assertThat(ended.get(second).record().status()).isEqualTo(Refund.Status.FAILED);
        assertThat(ended.get(second).record().attributes().value("failure_reason"))
                .isPresent();
    }

    @Test
    void aRefundOfAPaymentOfSeveralInvoicesNamesThemAll() {
        Map<String, Long> amounts = new LinkedHashMap<>();
        String first = till.open(1000);
        String second = till.open(2000);
        amounts.put(first, 1000L);
        amounts.put(second, 2000L);
        till.stripe.money().payTogether(amounts);
        till.stripe.money().refund(till.charge(0), 100);

        Refund refund = till.only("refunds");

        assertThat(refund.invoice()).isNull();
        assertThat(refund.payment()).isNull();
        assertThat(refund.attributes().value("invoices")).get().asString().contains(first, second);
    }

    @Test
    void aRefundWithoutInvoiceNamesThePaymentAlone() {
        JsonNode intent = till.stripe.money().payWithoutInvoice(null, 900, "eur", null);
        till.stripe.money().refund(till.charge(0), 900);

        Refund refund = till.only("refunds");

        assertThat(refund.invoice()).isNull();
        assertThat(refund.payment().id()).isEqualTo(Till.id(intent));
    }

    @Test
    void aRefundOfAChargeWithoutIntentNamesTheCharge() {
        JsonNode charge = till.stripe.money().chargeDirectly(900, "eur");
        till.stripe.money().refund(Till.id(charge), 100);

        assertThat(till.<Refund>only("refunds").payment().id()).isEqualTo(Till.id(charge));
    }

    @Test
    void aRefundThatOnlyItsChargesEventTellsOfIsFound() {
        till.stripe.money().pay(till.open(1000));
        till.pass("refunds");
        till.later();
        till.stripe.money().refund(till.charge(0), 100);
        JsonNode event = till.stripe.events().stream()
                .filter(one -> one.path("type").asText().equals("charge.refunded"))
                .findFirst()
                .orElseThrow();
        var reader = new Hint(
                "charge.refunded",
                "payment_intent",
                event.path("data").path("object").path("payment_intent").asText());

        assertThat(till.source("refunds")
                        .affectedBy(InboxEvent.received(
                                "stripe", "evt_1", reader.type(), reader.key("stripe"), Instant.now(), null)))
                .containsExactly(Till.id(till.stripe.objects("refund").get(0)));
    }

    @Test
    void aDisputeWithdrawsAndIsWon() {
        String invoice = till.open(29_750);
        till.stripe.money().pay(invoice);
        till.pass("disputes");
        String id = Till.id(till.stripe.money().dispute(till.charge(0), "product_not_received"));
        Dispute opened = till.only("disputes");
        till.stripe.money().submitEvidence(id);
        Dispute review = till.only("disputes");
        till.stripe.money().win(id);

        Dispute won = till.only("disputes");

        assertThat(opened.status()).isEqualTo(Dispute.Status.NEEDS_RESPONSE);
        assertThat(opened.amount()).isEqualTo(Money.of("297.50", "EUR"));
        assertThat(opened.fee()).isEqualTo(Money.of("20.00", "EUR"));
        assertThat(opened.invoice()).isEqualTo(Till.invoiceKey(invoice));
        assertThat(opened.payment().id()).startsWith("inpay_");
        assertThat(opened.evidenceDueBy()).isAfter(opened.openedAt());
        assertThat(opened.attributes().value("withdrawn")).contains("297.50 EUR");
        assertThat(opened.attributes().value("reinstated")).isEmpty();
        assertThat(review.status()).isEqualTo(Dispute.Status.UNDER_REVIEW);
        assertThat(won.status()).isEqualTo(Dispute.Status.WON);
        assertThat(won.attributes().value("reinstated")).contains("297.50 EUR");
    }

    @Test
    void anInquiryWithdrawsNothing() {
        till.stripe.money().pay(till.open(1000));
        till.pass("disputes");
        String id = Till.id(till.stripe.money().inquire(till.charge(0), "general"));
        Dispute asked = till.only("disputes");
        till.stripe.money().closeInquiry(id);

        Dispute closed = till.only("disputes");

        assertThat(asked.status()).isEqualTo(Dispute.Status.INQUIRY);
        assertThat(asked.fee()).isNull();
        assertThat(asked.attributes().value("withdrawn")).isEmpty();
        assertThat(closed.status()).isEqualTo(Dispute.Status.CLOSED);
    }

    @Test
    void aDisputeIsLostAndTheRefundAfterItStands() {
        till.stripe.money().pay(till.open(1000));
        String id = Till.id(till.stripe.money().dispute(till.charge(0), "duplicate"));
        till.stripe.money().lose(id);
        till.stripe.money().refund(till.charge(0), 1000);

        assertThat(till.<Dispute>only("disputes").status()).isEqualTo(Dispute.Status.LOST);
        assertThat(till.<Refund>only("refunds").amount()).isEqualTo(Money.of("10.00", "EUR"));
    }

    @Test
    void aCreditNoteHasAllItsLines() {
        String invoice = till.draft("eur");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            lines.append("&lines[").append(i).append("][amount]=100");
        }
        StripeApiForTests.post(till.stripe, "/v1/invoices/" + invoice + "/add_lines", lines.substring(1));
        StripeApiForTests.post(till.stripe, "/v1/invoices/" + invoice + "/finalize", "");
        StringBuilder credited = new StringBuilder("invoice=" + invoice + "&email_type=none");
        int number = 0;
        for (JsonNode line : till.stripe.lines(invoice)) {
            credited.append("&lines[")
                    .append(number)
                    .append("][type]=invoice_line_item&lines[")
                    .append(number)
                    .append("][invoice_line_item]=")
                    .append(Till.id(line))
                    .append("&lines[")
                    .append(number++)
                    .append("][amount]=50");
        }
        StripeApiForTests.post(till.stripe, "/v1/credit_notes", credited.toString());

        CreditNote note = till.only("credit-notes");

        assertThat(note.total()).isEqualTo(Money.of("6.00", "EUR"));
        assertThat(note.lines()).hasSize(12);
        assertThat(note.invoice()).isEqualTo(Till.invoiceKey(invoice));
        assertThat(note.valid()).isTrue();
        assertThat(note.attributes().value("invoice_number")).contains("IFS-1");
        assertThat(note.attributes().value("pre_payment")).contains("6.00 EUR");
    }

    @Test
    void aVoidedCreditNoteIsNotValid() {
        String invoice = till.open(1000);
        StripeApiForTests.post(till.stripe, "/v1/credit_notes", "invoice=" + invoice + "&amount=300&email_type=none");
        till.pass("credit-notes");
        till.later();
        String note = Till.id(till.stripe.objects("credit_note").get(0));
        StripeApiForTests.post(till.stripe, "/v1/credit_notes/" + note + "/void", "");

        assertThat(till.<CreditNote>only("credit-notes").valid()).isFalse();
    }

    @Test
    void anInvoiceTellsWhereItStandsAndWhatIsPaid() {
        String invoice = till.open(10_000);
        till.stripe.money().payPart(invoice, 4000);
        Invoice part = till.only("invoice-status");
        till.later();
        till.stripe.money().report(invoice, 6000);

        Invoice paid = till.only("invoice-status");

        assertThat(part.status()).isEqualTo(Invoice.Status.OPEN);
        assertThat(part.number()).isEqualTo("IFS-1");
        assertThat(part.attributes().value("mlc_key")).contains("erp/invoices/I1");
        assertThat(part.attributes().value("amount_paid")).contains("40.00 EUR");
        assertThat(part.attributes().value("amount_remaining")).contains("60.00 EUR");
        assertThat(part.attributes().value("hosted_invoice_url")).isPresent();
        assertThat(paid.status()).isEqualTo(Invoice.Status.PAID);
        assertThat(paid.attributes().value("amount_paid_off_stripe")).contains("60.00 EUR");
        assertThat(paid.attributes().value("paid_at")).isPresent();
    }

    @Test
    void aDraftHasNeitherNumberNorPaymentPage() {
        till.draft("eur");

        Invoice draft = till.only("invoice-status");

        assertThat(draft.status()).isEqualTo(Invoice.Status.DRAFT);
        assertThat(draft.attributes().value("hosted_invoice_url")).isEmpty();
    }

    @Test
    void aDeletedDraftIsGone() {
        String invoice = till.draft("eur");
        till.pass("invoice-status");
        till.stripe.dashboard().deleteDraft(invoice);

        assertThat(till.<Invoice>pass("invoice-status").get(invoice).isDelete()).isTrue();
    }

    @Test
    void aSubscriptionsInvoiceShowsItsSubscription() {
        till.stripe.money().invoiceSubscription(till.customer(), 4900, "eur");

        Invoice invoice = till.only("invoice-status");

        assertThat(invoice.attributes().value("billing_reason")).contains("subscription_cycle");
        assertThat(invoice.attributes().value("subscription")).get().asString().startsWith("sub_");
    }

    @Test
    void thirtyRefundsOfOnePaymentNeedOneLookAtItsRows() {
        till.stripe.money().pay(till.open(30_000));
        for (int i = 0; i < 30; i++) {
            till.stripe.money().refund(till.charge(0), 100);
        }
        long before = till.calls();

        assertThat(till.<Refund>pass("refunds")).hasSize(30);

        // newest event, refunds with their fees, rows
        assertThat(till.calls() - before).isEqualTo(3);
        assertThat(till.<Payment>pass("payments")).hasSize(1);
    }
}
