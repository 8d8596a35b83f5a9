package io.mlconnector.cloudsuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Applied;
import io.mlconnector.spi.WriteOutcome.Deferred;
import io.mlconnector.spi.WriteOutcome.Rejected;
import io.mlconnector.testkit.cloudsuite.CloudSuiteFault;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandboxBuilder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How money that comes back stands in M3. */
class PostingTest {

    private final Tenant tenant = new Tenant();

    @AfterEach
    void stop() {
        tenant.close();
    }

    private Sink<Payment> payments() {
        return tenant.sink("payments");
    }

    private static void rejected(WriteOutcome outcome, String... texts) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Rejected.class, it -> assertThat(it.reason()).contains(texts));
    }

    private static void deferred(WriteOutcome outcome, String text) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Deferred.class, it -> assertThat(it.reason()).contains(text));
    }

    private Map<String, String> invoice(int number) {
        return tenant.sandbox.invoice("C1", "100" + number, 2026);
    }

    @Test
    void postsAPaymentToItsInvoiceItsAccountAndItsFeeToAnother() {
        tenant.invoice(1);

        tenant.write(
                payments(),
                Tenant.payment("inpay_1", Tenant.part(1, "120.00"))
                        .fee(Money.of("3.75", "EUR"))
                        .build());
        tenant.sandbox.updateBatches();

        assertThat(invoice(1)).containsEntry("RECO", "9").containsEntry("OCUA", "0.00");
        assertThat(tenant.balances())
                .containsEntry("1510", new BigDecimal("0.00"))
                .containsEntry("1930", new BigDecimal("116.25"))
                .containsEntry("6570", new BigDecimal("3.75"));
        assertThat(tenant.sandbox.paymentLines())
                .singleElement(InstanceOfAssertFactories.map(String.class, String.class))
                .containsEntry("IRNO", "inpay_1")
                .containsEntry("LPDT", "20260119")
                .containsEntry("BPYS", "9");
    }

    @Test
    void postsPartsAndOnePaymentOfSeveralInvoices() {
        tenant.invoice(1);
        tenant.invoice(2);
        Sink<Payment> sink = payments();

        tenant.write(sink, Tenant.payment("inpay_1", Tenant.part(1, "20.00")).build());
        tenant.sandbox.updateBatches();
        tenant.write(
                sink,
                Tenant.payment("inpay_2", Tenant.part(1, "100.00"), Tenant.part(2, "40.00"))
                        .build());
        tenant.sandbox.updateBatches();

        assertThat(invoice(1)).containsEntry("RECO", "9");
        assertThat(invoice(2)).containsEntry("OCUA", "80.00").containsEntry("RECO", "0");
        assertThat(tenant.links.get(Tenant.paymentKey("inpay_2")))
                .isEqualTo(TargetRef.of("inpay_2@" + Tenant.invoiceId(1) + "," + Tenant.invoiceId(2)));
    }

    @Test
    void postsManyPaymentsInOneRequestAndTheirChecksInAnother() {
        var writes = new ArrayList<Write<Payment>>();
        for (int number = 1; number <= 20; number++) {
            tenant.invoice(number);
            writes.add(tenant.create(Tenant.payment("inpay_" + number, Tenant.part(number, "120.00"))
                    .build()));
        }
        Sink<Payment> sink = payments();

        List<WriteOutcome> outcomes = sink.write(writes);

        assertThat(sink.maxBatch()).isEqualTo(20);
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Applied.class));
        assertThat(tenant.sandbox.writes()).isEqualTo(2);
    }

    @Test
    void takesMoneyBackWhereItCameIn() {
        tenant.invoice(1);
        tenant.write(
                payments(), Tenant.payment("inpay_1", Tenant.part(1, "120.00")).build());
        tenant.sandbox.updateBatches();

        tenant.write(
                tenant.<Refund>sink("refunds"),
                Tenant.refund("re_1", "inpay_1", "30.00").build());
        tenant.sandbox.updateBatches();

        assertThat(invoice(1)).containsEntry("OCUA", "30.00").containsEntry("RECO", "0");
        assertThat(tenant.balances().get("1930")).isEqualByComparingTo("90.00");
    }

    @Test
    void takesAPaymentBackThatFailsLater() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Payment.Builder payment = Tenant.payment("inpay_1", Tenant.part(1, "120.00"));
        tenant.write(sink, payment.build());
        tenant.sandbox.updateBatches();

        tenant.write(sink, tenant.update(payment.status(Payment.Status.FAILED).build()));
        tenant.sandbox.updateBatches();

        assertThat(invoice(1)).containsEntry("OCUA", "120.00");
        assertThat(tenant.balances().get("1930")).isEqualByComparingTo("0");
    }

    @Test
    void postsAPendingPaymentOnlyOnceItSucceeds() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Payment.Builder payment = Tenant.payment("inpay_1", Tenant.part(1, "120.00"));
        tenant.write(sink, payment.status(Payment.Status.PENDING).build());
        int pending = tenant.sandbox.paymentLines().size();

        tenant.write(
                sink, tenant.update(payment.status(Payment.Status.SUCCEEDED).build()));

        assertThat(pending).isZero();
        assertThat(tenant.lines(Tenant.paymentKey("inpay_1"))).isEqualTo(1);
    }

    @Test
    void takesBackWhatIsRemoved() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Payment payment = Tenant.payment("inpay_1", Tenant.part(1, "120.00")).build();
        tenant.write(sink, payment);
        tenant.sandbox.updateBatches();

        assertThat(tenant.write(sink, tenant.remove(payment))).isInstanceOf(Applied.class);
        tenant.sandbox.updateBatches();

        assertThat(invoice(1)).containsEntry("OCUA", "120.00");
    }

    @Test
    void leavesNegativeAmountsToAPersonUnlessToldOtherwise() {
        tenant.with("refunds", "review").invoice(1);
        tenant.write(
                payments(), Tenant.payment("inpay_1", Tenant.part(1, "120.00")).build());

        WriteOutcome outcome = tenant.write(
                tenant.<Refund>sink("refunds"),
                Tenant.refund("re_1", "inpay_1", "30.00").build());

        rejected(outcome, "re_1", "by hand");
    }

    @Test
    void postsASubscriptionPaymentToItsCustomerWhereNoInvoiceIsHere() {
        tenant.with("onAccountType", "2").sandbox.customer("C1");
        RecordKey customer = new RecordKey("stripe-test", "customers", "cus_1");
        tenant.links.put(customer, TargetRef.of("C1"));
        Payment payment = Tenant.payment(
                        "inpay_9",
                        new Allocation(
                                new RecordKey("stripe-test", "invoices", "in_sub"),
                                "ABCD-0001",
                                Money.of("9.00", "EUR")))
                .payer(customer)
                .attributes(Attributes.of(Map.of("subscription", "sub_1")))
                .build();

        assertThat(tenant.write(payments(), payment)).isInstanceOf(Applied.class);
        assertThat(tenant.write(
                        tenant.<Refund>sink("refunds"),
                        Tenant.refund("re_9", "inpay_9", "4.00").build()))
                .isInstanceOf(Applied.class);
        tenant.sandbox.updateBatches();

        assertThat(tenant.balances().get("1930")).isEqualByComparingTo("5.00");
        assertThat(tenant.sandbox.paymentLines())
                .extracting(line -> line.get("CINO"))
                .containsExactly("ABCD-0001", "ABCD-0001");
    }

    @Test
    void sendsOurRateOnlyWhereItLeadsToTheLocalCurrency() {
        tenant.sandbox.customer("C1");
        tenant.sandbox.invoice("C1", "1007", 2026, "CUAM", "120.00", "CUCD", "SEK", "LOCD", "EUR");
        Payment payment = Tenant.payment("inpay_7")
                .allocations(List.of(new Allocation(Tenant.invoiceKey(7), "1007", Money.of("120.00", "SEK"))))
                .amount(Money.of("120.00", "SEK"))
                .settled(Money.of("10.00", "EUR"))
                .fee(Money.of("0.44", "EUR"))
                .exchangeRate(new BigDecimal("0.087"))
                .build();

        tenant.write(payments(), payment);

        assertThat(tenant.sandbox.paymentLines())
                .extracting(line -> line.get("ARAT"))
                .containsExactly("0.087");
        assertThat(tenant.sandbox.charges())
                .extracting(charge -> charge.get("CHAM"))
                .containsExactly("5.06");
    }

    @Test
    void looksBeforeItPostsAgainWhatItHasForgotten() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Payment payment = Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build();
        tenant.write(sink, payment);

        assertThat(tenant.write(sink, payment)).isInstanceOf(Applied.class);

        assertThat(tenant.lines(payment.key())).isEqualTo(1);
    }

    @Test
    void goesOnFromABatchWhoseCheckIsMissing() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Write.Create<Payment> create =
                tenant.create(Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build());
        tenant.sandbox.failNext(
                1, request -> request.transactions().contains("ControlBatch"), CloudSuiteFault.timeout());

        assertThat(sink.write(List.of(create)).get(0)).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(sink.find(create)).isInstanceOf(Lookup.Partial.class);
        assertThat(sink.write(List.of(create)).get(0)).isInstanceOf(Applied.class);

        assertThat(sink.find(create)).isInstanceOf(Lookup.Found.class);
        assertThat(tenant.sandbox.paymentLines())
                .extracting(line -> line.get("BPYS"))
                .containsExactly("0");
    }

    @Test
    void findsAWriteThatTookEffectAfterTheGatewayHadGivenUp() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Write.Create<Payment> create =
                tenant.create(Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build());
        tenant.sandbox.failNextWrite(CloudSuiteFault.timeoutBeforeEffect());

        assertThat(sink.write(List.of(create)).get(0)).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(sink.find(create)).isEqualTo(Lookup.ABSENT);
        tenant.sandbox.land();

        assertThat(sink.find(create)).isInstanceOf(Lookup.Partial.class);
        sink.write(List.of(create));
        assertThat(tenant.lines(create.key())).isEqualTo(1);
    }

    @Test
    void sendsNothingTwiceWhenAnAnswerIsLostOrUnreadable() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        for (CloudSuiteFault fault : List.of(
                CloudSuiteFault.answerLost(), CloudSuiteFault.unreadableAnswer(), CloudSuiteFault.unavailable())) {
            long before = tenant.sandbox.writes();
            tenant.sandbox.failNextWrite(fault);

            WriteOutcome outcome = sink.write(
                            List.of(tenant.create(Tenant.payment("inpay_" + fault, Tenant.part(1, "1.00"))
                                    .build())))
                    .get(0);

            assertThat(outcome).as(fault.toString()).isInstanceOf(WriteOutcome.Ambiguous.class);
            assertThat(tenant.sandbox.writes() - before).isEqualTo(1);
        }
    }

    @Test
    void takesUpWhatACallLeftThatM3Ended() {
        tenant.invoice(1);
        tenant.invoice(2);
        Sink<Payment> sink = payments();
        List<Write<Payment>> batch = List.of(
                tenant.create(Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()),
                tenant.create(Tenant.payment("inpay_2", Tenant.part(2, "12.50")).build()));
        Payment warm = Tenant.payment("inpay_0", Tenant.part(1, "1.00")).build();
        tenant.write(sink, warm);
        tenant.sandbox.failNext(
                1,
                request -> request.writes(),
                CloudSuiteFault.overtakenBy(() -> tenant.sandbox.terminateNextBulkAfter(2)));

        List<WriteOutcome> outcomes = sink.write(batch);

        assertThat(outcomes.get(0)).isInstanceOf(Applied.class);
        deferred(outcomes.get(1), "ended the call before it");
        assertThat(tenant.lines(Tenant.paymentKey("inpay_2"))).isZero();
    }

    @Test
    void postsByGetsThatNothingRepeatsWhereATenantAllowsNothingElse() {
        tenant.with("getOnly", List.of("ARS040MI/AddBatchLine", "ARS040MI/ControlBatch"))
                .invoice(1);
        Sink<Payment> sink = payments();
        tenant.write(sink, Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build());
        long before = tenant.sandbox.writes();
        tenant.sandbox.failNext(
                1, request -> request.transactions().contains("AddBatchLine"), CloudSuiteFault.answerLost());

        WriteOutcome outcome = tenant.write(
                sink, Tenant.payment("inpay_2", Tenant.part(1, "12.50")).build());

        assertThat(outcome).isInstanceOf(WriteOutcome.Ambiguous.class);
        assertThat(tenant.sandbox.writes() - before).isEqualTo(2); // the head and one line
        assertThat(tenant.lines(Tenant.paymentKey("inpay_2"))).isEqualTo(1);
    }

    @Test
    void stopsWhereTheTenantHasNoSuchProgram() {
        tenant.with("transactions", Map.of("payments.head", "none", "payments.line", "ZZZ999MI/Add"))
                .invoice(1);
        Sink<Payment> sink = payments();

        assertThatThrownBy(() -> sink.write(List.of(tenant.create(
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no such program or transaction");
    }

    @Test
    void waitsForAnInvoiceThatItDoesNotKnow() {
        deferred(
                tenant.write(
                        payments(),
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()),
                "none has the number '1001'");
        assertThat(tenant.sandbox.paymentLines()).isEmpty();
    }

    @Test
    void findsAnInvoiceWithoutALinkByItsNumber() {
        tenant.invoice(1);
        tenant.links.clear();

        assertThat(tenant.write(
                        payments(),
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()))
                .isInstanceOf(Applied.class);
    }

    @Test
    void refusesANumberThatTwoYearsHaveGivenOut() {
        tenant.invoice(1);
        tenant.sandbox.invoice("C1", "1001", 2025, "CUAM", "50.00");
        tenant.links.clear();

        rejected(
                tenant.write(
                        payments(),
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()),
                "more than one invoice",
                "of 2025",
                "of 2026");
        assertThat(tenant.sandbox.paymentLines()).isEmpty();
    }

    @Test
    void refusesAnAmountWithMoreDecimalsThanTheInvoice() {
        tenant.sandbox.customer("C1");
        tenant.sandbox.invoice("C1", "1001", 2026, "CUAM", "1200", "DCAM", "0");
        tenant.links.put(Tenant.invoiceKey(1), TargetRef.of(Tenant.invoiceId(1)));

        rejected(
                tenant.write(
                        payments(),
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()),
                "at most 0 decimals",
                "12.50");
    }

    @Test
    void refusesMoreThanIsOpen() {
        tenant.invoice(1);

        rejected(
                tenant.write(
                        payments(),
                        Tenant.payment("inpay_1", Tenant.part(1, "120.01")).build()),
                "is more than the 120.00 that are open");
    }

    @Test
    void stopsWhereAnAccountStringIsUnknownAndPostsNothing() {
        tenant.with("accounts", Map.of("clearing", Map.of("AIT1", "4711"))).invoice(1);
        Sink<Payment> sink = payments();

        assertThatThrownBy(() -> sink.write(List.of(tenant.create(
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()))))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("AIT1 4711")
                .hasMessageContaining("XRE0103");
        assertThat(tenant.sandbox.paymentLines()).isEmpty();
    }

    @Test
    void stopsWhereAnAccountIsBlockedOrNeedsADimension() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        tenant.sandbox.account(1, "1930", "ACR2", "1");

        assertThatThrownBy(() -> sink.write(List.of(tenant.create(
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()))))
                .hasMessageContaining("needs AIT2");

        tenant.clock.sleep(Duration.ofHours(2));
        tenant.sandbox.account(1, "1930", "LCCD", "1");
        assertThatThrownBy(() -> sink.write(List.of(tenant.create(
                        Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build()))))
                .hasMessageContaining("is blocked");
    }

    @Test
    void rejectsWhatM3RefusesInAnotherLanguageByItsCode() {
        try (Tenant swedish = new Tenant(CloudSuiteSandboxBuilder::inSwedish)) {
            swedish.invoice(1);
            swedish.links.put(Tenant.invoiceKey(1), TargetRef.of("AAA|C1|C1|9999|2026"));

            WriteOutcome outcome = swedish.write(
                    swedish.<Payment>sink("payments"),
                    Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build());

            deferred(outcome, "there is no such invoice");
            assertThat(swedish.sandbox.paymentLines()).isEmpty();
        }
    }

    @Test
    void tellsAPersonOfALineThatSomebodyDoubled() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Write.Create<Payment> create =
                tenant.create(Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build());
        tenant.sandbox.failNextWrite(CloudSuiteFault.timeoutBeforeEffect());
        sink.write(List.of(create));
        sink.write(List.of(create));
        tenant.sandbox.land();

        assertThat(sink.find(create))
                .isInstanceOfSatisfying(
                        Lookup.CannotTell.class, it -> assertThat(it.why()).contains("twice"));
    }

    @Test
    void forgetsCancelledBatches() {
        tenant.invoice(1);
        Sink<Payment> sink = payments();
        Write.Create<Payment> create =
                tenant.create(Tenant.payment("inpay_1", Tenant.part(1, "12.50")).build());
        sink.write(List.of(create));
        tenant.sandbox.cancelBatches();

        assertThat(sink.find(create)).isEqualTo(Lookup.ABSENT);
    }
}
