package io.mlconnector.ifs;

import static io.mlconnector.ifs.ReceiptFixture.invoice;
import static io.mlconnector.ifs.ReceiptFixture.part;
import static io.mlconnector.ifs.ReceiptFixture.payment;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.model.Allocation;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.testkit.ifs.IfsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments through the engine: from a payment system that is a list, into the sandbox. */
class ReceiptFlowTest {

    private ReceiptFixture fixture = new ReceiptFixture(false);
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakePaymentSystem stripe = new FakePaymentSystem();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private SyncEngine engine(int lanes) {
        return engine(ledger, lanes);
    }

    private SyncEngine engine(InMemoryLedger of, int lanes) {
        return SyncEngine.builder()
                .ledger(of)
                .addConnection(stripe)
                .addConnection(fixture.connection.open())
                .addFlow(Flow.of("invoices", Invoice.class)
                        .from("ifs-test/invoices")
                        .to("stripe-test/invoices")
                        .build())
                .addFlow(Flow.of("payments", Payment.class)
                        .from("stripe-test/payments")
                        .to("ifs-test/payments")
                        .lanes(lanes)
                        .build())
                .addFlow(Flow.of("refunds", Refund.class)
                        .from("stripe-test/refunds")
                        .to("ifs-test/refunds")
                        .build())
                .addFlow(Flow.of("disputes", Dispute.class)
                        .from("stripe-test/disputes")
                        .to("ifs-test/disputes")
                        .build())
                .clock(fixture.clock())
                .sleeper(fixture.clock())
                .random(new Random(7))
                .build();
    }

    private void invoices(int count) {
        for (int number = 1; number <= count; number++) {
            Samples.orderWithLines(fixture.sandbox, "P" + number);
            fixture.unlinkedVoucher(number);
        }
    }

    @Test
    void recordsWhatCameBackExactlyOnceThroughLostAnswersAndRefusals() {
        invoices(20);
        SyncEngine engine = engine(4);
        engine.run("invoices");
        for (int number = 1; number <= 20; number++) {
            stripe.payments.put(
                    payment("inpay_" + number, stripePart(number, "3874.99")).build());
            if (number % 4 == 0) {
                stripe.refunds.put(ReceiptFixture.refund("re_" + number, "inpay_" + number, "74.99")
                        .build());
            }
            if (number % 5 == 0) {
                stripe.disputes.put(ReceiptFixture.dispute("du_" + number, "inpay_" + number, "3874.99")
                        .status(Dispute.Status.LOST)
                        .build());
            }
        }
        fixture.sandbox.failNext(6, request -> request.method().equals("PATCH"), IfsFault.answerLost());
        fixture.sandbox.failNext(4, request -> request.method().equals("PATCH"), IfsFault.connectionDropped());
        fixture.sandbox.failNext(4, request -> request.method().equals("PATCH"), IfsFault.metadataOutdated());

        FlowReport payments = engine.run("payments");
        FlowReport refunds = engine.run("refunds");
        FlowReport disputes = engine.run("disputes");

        assertThat(payments.count(Tally.CREATED)).isEqualTo(20);
        assertThat(refunds.count(Tally.CREATED)).isEqualTo(5);
        assertThat(disputes.count(Tally.CREATED)).isEqualTo(4);
        assertThat(payments.balanced() && refunds.balanced() && disputes.balanced())
                .isTrue();
        for (int number = 1; number <= 20; number++) {
            String expected = number % 5 == 0 ? "DISPUTE_LOST" : number % 4 == 0 ? "PART_REFUNDED" : "PAID";
            assertThat(fixture.status(number)).isEqualTo(expected);
            assertThat(fixture.documents(ReceiptFixture.paymentKey("inpay_" + number)))
                    .isEqualTo(1);
        }
        stripe.payments.repeatAll();
        assertThat(engine.run("payments").count(Tally.UNCHANGED)).isEqualTo(20);
    }

    /** What the fake's invoices sink calls the invoice. */
    private static Allocation stripePart(int number, String amount) {
        return new Allocation(
                FakePaymentSystem.invoiceKey(ReceiptFixture.id(number)), "CD 100" + number, Money.of(amount, "SEK"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesTheInvoiceFlowUnchangedWhenAPaymentWasRecorded(boolean notes) {
        fixture.close();
        fixture = new ReceiptFixture(notes);
        invoices(3);
        SyncEngine engine = engine(1);
        engine.run("invoices");
        Instant before = fixture.row(1).instant("LastModificationTime");
        int written = stripe.invoices.writes();
        stripe.payments.put(payment("inpay_1", stripePart(1, "3874.99")).build());
        fixture.clock().sleep(Duration.ofMinutes(30));

        engine.run("payments");
        fixture.clock().sleep(Duration.ofMinutes(30));
        FlowReport again = engine.run("invoices");

        assertThat(fixture.row(1).instant("LastModificationTime").isAfter(before))
                .isEqualTo(!notes);
        assertThat(again.count(Tally.UPDATED)).isZero();
        assertThat(again.count(Tally.UNCHANGED)).isEqualTo(again.readCount());
        assertThat(stripe.invoices.writes()).isEqualTo(written);
        assertThat(fixture.documents(ReceiptFixture.paymentKey("inpay_1"))).isEqualTo(1);
    }

    @Test
    void matchesAPaymentByItselfOnceItsInvoiceAppears() {
        SyncEngine engine = engine(1);
        stripe.payments.put(payment("inpay_1", stripePart(1, "10")).build());
        stripe.payments.put(payment("inpay_2", part(2, "20")).build());
        FlowReport waiting = engine.run("payments");
        assertThat(engine.run("payments").replayed()).isZero();

        invoices(1);
        engine.run("invoices");
        FlowReport linked = engine.run("payments");
        fixture.unlinkedVoucher(2);
        fixture.clock().sleep(Duration.ofHours(6));
        FlowReport numbered = engine.run("payments");

        assertThat(waiting.count(Tally.PARKED)).isEqualTo(2);
        assertThat(linked.count(Tally.CREATED)).isEqualTo(1);
        assertThat(numbered.count(Tally.CREATED)).isEqualTo(1);
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("10");
        assertThat(fixture.row(2).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("20");
        assertThat(fixture.row(2).text("Cf_Stripe_Invoice_Id"))
                .isEqualTo(invoice(2).id());
    }

    @Test
    void addsUpPaymentsOfOneInvoiceThatSeveralLanesWriteAtOnce() {
        invoices(1);
        SyncEngine engine = engine(8);
        engine.run("invoices");
        for (int number = 0; number < 40; number++) {
            stripe.payments.put(
                    payment("inpay_" + number, stripePart(1, "1.25")).build());
        }

        FlowReport report = engine.run("payments");

        assertThat(report.count(Tally.CREATED)).isEqualTo(40);
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("50");
    }

    @Test
    void losesNothingWhenTwoEnginesWriteToOneRow() throws Exception {
        invoices(1);
        FakePaymentSystem.Log<Payment> all = stripe.payments;
        for (int number = 0; number < 12; number++) {
            all.put(payment("inpay_" + number, part(1, "1")).build());
        }
        SyncEngine one = engine(2);
        SyncEngine other = engine(new InMemoryLedger(), 2);
        stripe.refunds.put(ReceiptFixture.refund("re_1", "inpay_0", "1").build());

        Thread second = new Thread(() -> runUntilDone(other));
        second.start();
        runUntilDone(one);
        second.join();

        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("12");
        for (int number = 0; number < 12; number++) {
            assertThat(fixture.documents(ReceiptFixture.paymentKey("inpay_" + number)))
                    .isEqualTo(1);
        }
    }

    /** A conflict that lasts is parked for a minute. */
    private void runUntilDone(SyncEngine engine) {
        for (int runs = 0; runs < 10; runs++) {
            engine.run("payments");
            fixture.clock().sleep(Duration.ofHours(7));
        }
    }

    @Test
    void keepsWhatIsRefusedVisibleAsADeadLetter() {
        invoices(1);
        SyncEngine engine = engine(1);
        engine.run("invoices");
        stripe.payments.put(payment(
                        "inpay_1",
                        new Allocation(FakePaymentSystem.invoiceKey(ReceiptFixture.id(1)), null, Money.of("10", "EUR")))
                .amount(Money.of("10", "EUR"))
                .build());

        FlowReport report = engine.run("payments");

        assertThat(report.count(Tally.DEAD)).isEqualTo(1);
        assertThat(report.outcome(Tally.DEAD).money()).containsOnlyKeys("EUR");
        assertThat(Map.copyOf(fixture.row(1).values())).doesNotContainKey("Cf_Stripe_Entries");
    }
}
