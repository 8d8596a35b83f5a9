package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.Allocation;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaymentSourceTest {

    private static final String PAYMENTS = "payments";

    private Till till = new Till();

    @AfterEach
    void close() {
        till.close();
    }

    @Test
    void tellsTheMoneyFactsOfAPayment() {
        String invoice = till.open(29_750);
        JsonNode row = till.stripe.money().pay(invoice);

        Payment payment = till.only(PAYMENTS);

        assertThat(payment.key().id()).isEqualTo(Till.id(row));
        assertThat(payment.amount()).isEqualTo(Money.of("297.50", "EUR"));
        assertThat(payment.fee()).isEqualTo(Money.of("4.71", "EUR"));
        assertThat(payment.settled()).isEqualTo(Money.of("292.79", "EUR"));
        assertThat(payment.exchangeRate()).isNull();
        assertThat(payment.method()).isEqualTo("card");
        assertThat(payment.reference()).isEqualTo(till.charge(0));
        assertThat(payment.status()).isEqualTo(Payment.Status.SUCCEEDED);
        assertThat(payment.payer().id()).isEqualTo(till.customer());
        assertThat(payment.paidAt().getEpochSecond())
                .isEqualTo(row.path("status_transitions").path("paid_at").asLong());
        assertThat(payment.allocations())
                .containsExactly(new Allocation(Till.invoiceKey(invoice), "IFS-1", Money.of("297.50", "EUR")));
    }

    @Test
    void anOpenInvoiceIsNoPayment() {
        till.open(1000);

        assertThat(till.<Payment>pass(PAYMENTS)).isEmpty();
    }

    @Test
    void aPassAfterTheFirstReadsWhatEventsTellOf() {
        till.stripe.money().pay(till.open(1000));
        till.pass(PAYMENTS);
        till.pass(PAYMENTS);
        till.stripe.money().pay(till.open(2000));

        Payment payment = till.only(PAYMENTS);

        assertThat(payment.amount()).isEqualTo(Money.of("20.00", "EUR"));
        assertThat(till.<Payment>pass(PAYMENTS)).isEmpty();
    }

    @Test
    void theFeeComesWhenItIsKnown() {
        till.pass(PAYMENTS);
        till.stripe.money().holdFees();
        till.stripe.money().pay(till.open(10_000));
        Payment before = till.only(PAYMENTS);

        till.stripe.money().bookFees();
        Payment after = till.only(PAYMENTS);

        assertThat(before.fee()).isNull();
        assertThat(before.amount()).isEqualTo(Money.of("100.00", "EUR"));
        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.fee()).isEqualTo(Money.of("1.75", "EUR"));
    }

    @Test
    void aPaymentMayBeSettledInAnotherCurrency() {
        till.stripe.money().settleIn("eur", new BigDecimal("0.0061"));
        till.stripe.money().pay(till.open(10_000, "jpy"));

        Payment payment = till.only(PAYMENTS);

        assertThat(payment.amount()).isEqualTo(Money.of("10000", "JPY"));
        assertThat(payment.settled().currency()).isEqualTo("EUR");
        assertThat(payment.exchangeRate()).isEqualByComparingTo("0.0061");
    }

    @Test
    void partPaymentsAreRecordsOfTheirOwn() {
        String invoice = till.open(10_000);
        till.stripe.money().payPart(invoice, 4000);
        Payment first = till.only(PAYMENTS);
        till.pass(PAYMENTS);
        till.stripe.money().pay(invoice);

        Payment second = till.only(PAYMENTS);

        assertThat(first.amount()).isEqualTo(Money.of("40.00", "EUR"));
        assertThat(second.amount()).isEqualTo(Money.of("60.00", "EUR"));
        assertThat(second.allocations().get(0).document())
                .isEqualTo(first.allocations().get(0).document());
    }

    @Test
    void onePaymentOfSeveralInvoicesIsSplitWithItsFee() {
        Map<String, Long> amounts = new LinkedHashMap<>();
        amounts.put(till.open(10_000), 10_000L);
        amounts.put(till.open(3333), 3333L);
        amounts.put(till.open(1), 0L);
        amounts.keySet().removeIf(id -> amounts.get(id) == 0);
        till.stripe.money().payTogether(amounts);

        Map<String, Change<Payment>> read = till.pass(PAYMENTS);
        read.values().removeIf(Change::isDelete);

        assertThat(read.values())
                .extracting(change -> change.record().amount())
                .containsExactlyInAnyOrder(Money.of("100.00", "EUR"), Money.of("33.33", "EUR"));
        Money fees = Money.zero("EUR");
        Money settled = Money.zero("EUR");
        for (Change<Payment> change : read.values()) {
            fees = fees.plus(change.record().fee());
            settled = settled.plus(change.record().settled());
            assertThat(till.payments().fetch(change.key().id()).orElseThrow().record())
                    .isEqualTo(change.record());
        }
        assertThat(fees).isEqualTo(Money.of("2.24", "EUR"));
        assertThat(settled.plus(fees)).isEqualTo(Money.of("133.33", "EUR"));
    }

    @Test
    void moneyWithoutAnInvoiceIsVisibleAndMatchedLater() {
        JsonNode intent = till.stripe.money().payWithoutInvoice(till.customer(), 5000, "eur", "Order 88");
        Payment unmatched = till.only(PAYMENTS);
        till.stripe.money().attach(till.open(4000), Till.id(intent), 4000);

        Map<String, Change<Payment>> read = till.pass(PAYMENTS);

        assertThat(unmatched.key().id()).isEqualTo(Till.id(intent));
        assertThat(unmatched.allocations()).isEmpty();
        assertThat(unmatched.attributes().value("order_reference")).contains("Order 88");
        assertThat(read.remove(Till.id(intent)).record().amount()).isEqualTo(Money.of("10.00", "EUR"));
        assertThat(read.values()).singleElement().satisfies(change -> {
            assertThat(change.record().amount()).isEqualTo(Money.of("40.00", "EUR"));
            assertThat(change.record().allocations()).hasSize(1);
        });
    }

    @Test
    void moneyThatAnInvoiceClaimsWhollyIsNoRecordOfItsOwnAnyMore() {
        JsonNode intent = till.stripe.money().payWithoutInvoice(till.customer(), 5000, "eur", null);
        till.pass(PAYMENTS);
        till.stripe.money().attach(till.open(5000), Till.id(intent), 5000);

        Map<String, Change<Payment>> read = till.pass(PAYMENTS);

        assertThat(read.get(Till.id(intent)).isDelete()).isTrue();
        assertThat(read).hasSize(2);
        assertThat(till.payments().fetch(Till.id(intent)).orElseThrow().isDelete())
                .isTrue();
    }

    @Test
    void waitsForTheRowOfAnInvoicesOwnPayment() {
        till.pass(PAYMENTS);
        String invoice = till.open(5000);
        JsonNode intent = till.stripe.money().payWithoutInvoice(till.customer(), 5000, "eur", invoice);
        Map<String, Change<Payment>> tooEarly = till.pass(PAYMENTS);
        till.stripe.money().attach(invoice, Till.id(intent), 5000);

        Map<String, Change<Payment>> read = till.pass(PAYMENTS);

        assertThat(tooEarly).isEmpty();
        assertThat(read.values())
                .filteredOn(change -> !change.isDelete())
                .singleElement()
                .satisfies(change -> assertThat(change.key().id()).startsWith("inpay_"));
    }

    @Test
    void aReferenceToAnInvoiceThatNeverShowsThePaymentDoesNotHideIt() {
        till.close();
        Duration old = Duration.ofHours(3);
        till = new Till(
                StripeSandbox.builder().clock(() -> Instant.now().minus(old)).start());
        till.pass(PAYMENTS);
        JsonNode intent = till.stripe.money().payWithoutInvoice(null, 5000, "eur", "in_1RzErp100245x");

        assertThat(till.<Payment>only(PAYMENTS).key().id()).isEqualTo(Till.id(intent));
    }

    @Test
    void aChargeWithoutIntentIsAPayment() {
        JsonNode before = till.stripe.money().chargeDirectly(700, "usd");
        Payment listed = till.only(PAYMENTS);
        till.pass(PAYMENTS);
        JsonNode after = till.stripe.money().chargeDirectly(800, "usd");

        Payment hinted = till.only(PAYMENTS);

        assertThat(listed.key().id()).isEqualTo(Till.id(before));
        assertThat(hinted.key().id()).isEqualTo(Till.id(after));
        assertThat(hinted.fee()).isNotNull();
    }

    @Test
    void moneyThatCameOtherwiseIsAPaymentOnceItIsReported() {
        String invoice = till.open(9000);
        till.stripe.money().report(invoice, 3000);

        Payment payment = till.only(PAYMENTS);

        assertThat(payment.method()).isEqualTo("payment_record");
        assertThat(payment.fee()).isNull();
        assertThat(payment.reference()).startsWith("prec_");
        assertThat(payment.amount()).isEqualTo(Money.of("30.00", "EUR"));
    }

    @Test
    void creditZeroTotalsAndOutOfBandMarksMoveNoMoney() {
        till.pass(PAYMENTS);
        till.stripe.money().grantCredit(till.customer(), 5000);
        till.open(5000);
        till.open(0);
        String outOfBand = till.open(700);
        StripeApiForTests.post(till.stripe, "/v1/invoices/" + outOfBand + "/pay", "paid_out_of_band=true");

        assertThat(till.stripe.invoices())
                .allSatisfy(
                        invoice -> assertThat(invoice.path("status").asText()).isEqualTo("paid"));
        assertThat(till.<Payment>pass(PAYMENTS)).isEmpty();
    }

    @Test
    void aDebitIsPendingUntilItArrives() {
        String invoice = till.open(1000);
        JsonNode intent = till.stripe.money().startDebit(invoice);
        Payment pending = till.only(PAYMENTS);
        till.stripe.money().finishDebit(Till.id(intent));

        Payment arrived = till.only(PAYMENTS);

        assertThat(pending.status()).isEqualTo(Payment.Status.PENDING);
        assertThat(pending.method()).isEqualTo("sepa_debit");
        assertThat(arrived.key()).isEqualTo(pending.key());
        assertThat(arrived.status()).isEqualTo(Payment.Status.SUCCEEDED);
    }

    @Test
    void aDeclinedPaymentFailsAndMaySucceedLater() {
        String invoice = till.open(1000);
        till.stripe.money().decline(invoice);
        Payment failed = till.only(PAYMENTS);
        till.stripe.money().pay(invoice);

        Payment paid = till.only(PAYMENTS);

        assertThat(failed.status()).isEqualTo(Payment.Status.FAILED);
        assertThat(failed.attributes().value("failure_code")).contains("card_declined");
        assertThat(paid.key()).isEqualTo(failed.key());
        assertThat(paid.status()).isEqualTo(Payment.Status.SUCCEEDED);
    }

    @Test
    void aSubscriptionsInvoiceIsPaidLikeAnyOther() {
        JsonNode invoice = till.stripe.money().invoiceSubscription(till.customer(), 4900, "eur");
        till.stripe.money().pay(Till.id(invoice));

        Payment payment = till.only(PAYMENTS);

        assertThat(payment.attributes().value("subscription")).get().asString().startsWith("sub_");
        assertThat(payment.allocations().get(0).number())
                .isEqualTo(invoice.path("number").asText());
    }

    @Test
    void whatIsPaidTooMuchIsThePaymentsOwnAmount() {
        till.stripe.money().payPart(till.open(1000), 1500);

        assertThat(till.<Payment>only(PAYMENTS).amount()).isEqualTo(Money.of("15.00", "EUR"));
    }

    @Test
    void anAccountOfAnOldVersionIsReadAlike() {
        till.close();
        till = new Till(StripeSandbox.builder().apiVersion("2024-06-20").start());
        till.pass(PAYMENTS);
        String invoice = till.open(1000);
        till.stripe.money().pay(invoice);

        assertThat(till.<Payment>only(PAYMENTS).allocations().get(0).document()).isEqualTo(Till.invoiceKey(invoice));
    }

    @Test
    void fiftyPaymentsOfOneTimeAreListedInFewCalls() {
        for (int i = 0; i < 50; i++) {
            till.stripe.money().pay(till.open(1000 + i));
        }
        long before = till.calls();

        Map<String, Change<Payment>> read = till.pass(PAYMENTS);

        assertThat(read).hasSize(50);
        assertThat(read.values())
                .allSatisfy(change -> assertThat(change.record().fee()).isNotNull());
        // newest event, rows, charges with their fees, charges without invoice
        assertThat(till.calls() - before).isEqualTo(4);
    }

    @Test
    void twentyPaymentsAreFollowedWithOneCallEach() {
        till.pass(PAYMENTS);
        for (int i = 0; i < 20; i++) {
            till.stripe.money().pay(till.open(1000 + i));
        }
        long before = till.calls();

        Map<String, Change<Payment>> read = till.pass(PAYMENTS);

        assertThat(read).hasSize(20);
        // one page of events, the rows of each payment, and the charges with their fees
        assertThat(till.calls() - before).isLessThanOrEqualTo(1 + 20 + 2);
    }

    @Test
    void oneFetchIsOneCall() {
        JsonNode row = till.stripe.money().pay(till.open(1000));
        long before = till.calls();

        assertThat(till.payments().fetch(Till.id(row))).isPresent();

        assertThat(till.calls() - before).isEqualTo(1);
    }

    @Test
    void anAmountThatCannotBeReadSpoilsItsOwnPaymentOnly() throws IOException {
        String spoiled = Till.id(till.stripe.money().pay(till.open(1111)));
        String good = Till.id(till.stripe.money().pay(till.open(2222)));
        try (Relay relay = new Relay(till.stripe.baseUrl())) {
            till.restart(Map.of("baseUrl", relay.baseUrl()));
            relay.changeNext("\"amount_paid\":1111", "\"amount_paid\":\"lots\"");

            Page<Payment> page = till.payments().poll(Position.START);

            assertThat(page.changes()).extracting(change -> change.key().id()).containsExactly(good);
            assertThat(page.malformed()).singleElement().satisfies(record -> {
                assertThat(record.key().id()).isEqualTo(spoiled);
                assertThat(record.faults().toString()).contains("amount_paid", "lots");
            });
        }
    }
}
