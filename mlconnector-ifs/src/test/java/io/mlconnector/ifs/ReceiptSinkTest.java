package io.mlconnector.ifs;

import static io.mlconnector.ifs.ReceiptFixture.dispute;
import static io.mlconnector.ifs.ReceiptFixture.id;
import static io.mlconnector.ifs.ReceiptFixture.invoice;
import static io.mlconnector.ifs.ReceiptFixture.part;
import static io.mlconnector.ifs.ReceiptFixture.payment;
import static io.mlconnector.ifs.ReceiptFixture.paymentKey;
import static io.mlconnector.ifs.ReceiptFixture.refund;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Ambiguous;
import io.mlconnector.spi.WriteOutcome.Applied;
import io.mlconnector.spi.WriteOutcome.Conflicted;
import io.mlconnector.spi.WriteOutcome.Deferred;
import io.mlconnector.spi.WriteOutcome.Rejected;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRequest;
import io.mlconnector.testkit.ifs.IfsRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiptSinkTest {

    private static final String VOUCHERS = "main/ifsapplications/projection/v1/VoucherHandling.svc";
    private static final Predicate<IfsRequest> PATCH =
            request -> request.method().equals("PATCH");

    private final ReceiptFixture fixture = new ReceiptFixture(false);
    private final Sink<Payment> payments = fixture.sink("payments");

    @AfterEach
    void stop() {
        fixture.close();
    }

    private WriteOutcome write(Payment payment) {
        return fixture.write(payments, payment);
    }

    private long patches() {
        return fixture.sandbox.traffic().answers(204);
    }

    private static String reason(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(Rejected.class);
        return ((Rejected) outcome).reason();
    }

    @Test
    void recordsAPaymentInFieldsOfItsInvoiceWithOneReadAndOneWrite() {
        fixture.voucher(1);
        fixture.sandbox.traffic().reset();

        WriteOutcome outcome = write(payment("inpay_1", part(1, "3874.99")).build());

        assertThat(outcome).isInstanceOf(Applied.class);
        assertThat(((Applied) outcome).target().id()).isEqualTo("inpay_1@" + id(1));
        IfsRow row = fixture.row(1);
        assertThat(row.text("Cf_Payment_Status")).isEqualTo("PAID");
        assertThat(row.decimal("Cf_Stripe_Paid")).isEqualByComparingTo("3874.99");
        assertThat(row.instant("Cf_Stripe_Paid_At")).isEqualTo(ReceiptFixture.PAID_AT);
        assertThat(row.text("Cf_Stripe_Reference")).isEqualTo("ch_inpay_1");
        assertThat(row.text("Cf_Stripe_Invoice_Id")).isEqualTo("in_1");
        assertThat(row.has("Cf_Stripe_Refunded")).isFalse();
        assertThat(row.text("Cf_Stripe_Entries"))
                .isEqualTo("pay stripe-test/inpay_1 succeeded 3874.99 2026-01-19T08:30:00Z ch_inpay_1");
        assertThat(row.text("VoucherText")).isEqualTo("Customer invoice CD 100123");
        assertThat(fixture.sandbox.traffic().requests("VoucherSet()")).isEqualTo(2);
    }

    @Test
    void addsUpSeveralPaymentsOfOneInvoice() {
        fixture.voucher(1);

        write(payment("inpay_1", part(1, "3000")).build());
        assertThat(fixture.status(1)).isEqualTo("PART_PAID");
        write(payment("inpay_2", part(1, "874.99")).build());
        assertThat(fixture.status(1)).isEqualTo("PAID");
        write(payment("inpay_3", part(1, "0.01")).build());

        assertThat(fixture.status(1)).isEqualTo("OVER_PAID");
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("3875");
    }

    @Test
    void writesNothingForAPaymentThatIsThere() {
        fixture.voucher(1);
        Payment payment = payment("inpay_1", part(1, "3000")).build();
        write(payment);
        long before = patches();

        assertThat(write(payment)).isInstanceOf(Applied.class);

        assertThat(patches()).isEqualTo(before);
    }

    @Test
    void recordsOnePaymentAtEachOfItsInvoices() {
        fixture.voucher(1);
        fixture.voucher(2);

        write(payment("inpay_1", part(1, "3874.99"), part(2, "100")).build());

        assertThat(fixture.status(1)).isEqualTo("PAID");
        assertThat(fixture.status(2)).isEqualTo("PART_PAID");
    }

    @Test
    void goesOnWithAPaymentThatIsRecordedAtOneOfItsInvoicesOnly() {
        fixture.voucher(1);
        fixture.voucher(2);
        Write.Create<Payment> create =
                fixture.create(payment("inpay_1", part(1, "10"), part(2, "20")).build());
        fixture.sandbox.failNext(
                5, PATCH.and(request -> request.path().endsWith("VoucherNo=2)")), IfsFault.recordLocked());

        WriteOutcome first = fixture.write(payments, create);
        Lookup lookup = payments.find(create);
        WriteOutcome second = fixture.write(payments, create);

        assertThat(first)
                .isInstanceOfSatisfying(
                        Ambiguous.class,
                        ambiguous -> assertThat(ambiguous.evidence()).contains("1 of its invoices"));
        assertThat(lookup)
                .isInstanceOfSatisfying(
                        Lookup.Partial.class,
                        partial -> assertThat(partial.progress()).contains("1 of 2"));
        assertThat(second).isInstanceOf(Applied.class);
        assertThat(payments.find(create)).isInstanceOf(Lookup.Found.class);
        assertThat(fixture.documents(create.key())).isEqualTo(2);
    }

    @Test
    void matchesByNumberWhereThereIsNoLink() {
        fixture.unlinkedVoucher(1);

        write(payment("inpay_1", part(1, "10")).build());
        write(payment("inpay_2", new Allocation(invoice(9), "1001", Money.of("10", "SEK")))
                .build());
        write(payment("inpay_3", new Allocation(invoice(9), "CD1001", Money.of("10", "SEK")))
                .build());

        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("30");
    }

    @Test
    void keepsAPaymentThatFitsNoInvoiceWaitingForOne() {
        WriteOutcome outcome = write(payment("inpay_1", part(1, "10")).build());

        assertThat(outcome)
                .isEqualTo(Deferred.unmatched(
                        invoice(1),
                        "unmatched: stripe-test/payments/inpay_1 of 10.00 SEK fits no invoice of ifs-test:"
                                + " stripe-test/invoices/in_1 has no link, and none has the number 'CD 1001'"));
        fixture.unlinkedVoucher(1);
        assertThat(write(payment("inpay_1", part(1, "10")).build())).isInstanceOf(Applied.class);
    }

    @Test
    void writesNothingAtAllWhileOneOfSeveralInvoicesIsMissing() {
        fixture.voucher(1);

        assertThat(write(payment("inpay_1", part(1, "10"), part(2, "20")).build()))
                .isInstanceOf(Deferred.class);

        assertThat(patches()).isZero();
    }

    @Test
    void refusesWhatWouldHaveToBeGuessed() {
        fixture.voucher(1);
        fixture.unlinkedVoucher(2);
        fixture.sandbox.patch(
                "VoucherSet",
                Map.of(
                        "Company",
                        "10",
                        "VoucherType",
                        "F",
                        "AccountingYear",
                        2026,
                        "VoucherNo",
                        2L,
                        "InvoiceNo",
                        "1001"));

        assertThat(reason(write(payment("inpay_1").build()))).contains("unmatched", "inpay_1", "names no invoice");
        assertThat(reason(write(payment("inpay_2", new Allocation(invoice(1), null, Money.of("10", "EUR")))
                        .build())))
                .isEqualTo("the currency of stripe-test/payments/inpay_2 of 10.00 EUR must be that of the invoice CD"
                        + " 1001 (10|F|2026|1), which is SEK");
        assertThat(reason(write(payment("inpay_3", new Allocation(invoice(9), "CD 1001", Money.of("10", "SEK")))
                        .build())))
                .contains("fits more than one invoice", "'CD 1001'", "10|F|2026|1, 10|F|2026|2");
        assertThat(patches()).isZero();
    }

    @Test
    void recordsEveryStateOfAPaymentAndKeepsALateOneOut() {
        fixture.voucher(1);
        Payment.Builder payment = payment("inpay_1", part(1, "3874.99"));

        write(payment.status(Payment.Status.PENDING).build());
        assertThat(fixture.status(1)).isEqualTo("PENDING");
        write(payment.status(Payment.Status.FAILED).build());
        assertThat(fixture.status(1)).isEqualTo("FAILED");
        write(payment.status(Payment.Status.SUCCEEDED).build());
        assertThat(fixture.status(1)).isEqualTo("PAID");
        assertThat(write(payment.status(Payment.Status.PENDING).build())).isInstanceOf(Applied.class);

        assertThat(fixture.status(1)).isEqualTo("PAID");
        assertThat(fixture.documents(paymentKey("inpay_1"))).isEqualTo(1);
    }

    @Test
    void recordsRefundsAndDisputesInAnyOrder() {
        fixture.voucher(1);
        Sink<Refund> refunds = fixture.sink("refunds");
        Sink<Dispute> disputes = fixture.sink("disputes");
        Dispute.Builder dispute = dispute("du_1", "inpay_1", "3874.99").invoice(invoice(1));

        fixture.write(
                refunds, refund("re_1", "inpay_1", "74.99").invoice(invoice(1)).build());
        assertThat(fixture.status(1)).isEqualTo("REFUNDED");
        write(payment("inpay_1", part(1, "3874.99")).build());
        assertThat(fixture.status(1)).isEqualTo("PART_REFUNDED");
        fixture.write(disputes, dispute.build());
        assertThat(fixture.status(1)).isEqualTo("DISPUTED");
        assertThat(fixture.row(1).decimal("Cf_Stripe_Disputed")).isEqualByComparingTo("3874.99");
        fixture.write(disputes, dispute.status(Dispute.Status.WON).build());
        assertThat(fixture.status(1)).isEqualTo("PART_REFUNDED");
        fixture.write(
                refunds,
                refund("re_1", "inpay_1", "74.99").status(Refund.Status.FAILED).build());
        assertThat(fixture.status(1)).isEqualTo("PAID");
        fixture.write(disputes, dispute.status(Dispute.Status.LOST).build());

        assertThat(fixture.status(1)).isEqualTo("DISPUTE_LOST");
        assertThat(fixture.row(1).has("Cf_Stripe_Refunded")).isFalse();
    }

    @Test
    void lettsARefundWaitForItsPaymentAndFollowItToItsInvoice() {
        fixture.voucher(1);
        Sink<Refund> refunds = fixture.sink("refunds");
        Refund refund = refund("re_1", "inpay_1", "10").build();

        assertThat(fixture.write(refunds, refund))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.awaited()).isEqualTo(paymentKey("inpay_1")));
        write(payment("inpay_1", part(1, "3874.99")).build());

        assertThat(fixture.write(refunds, refund)).isInstanceOf(Applied.class);
        assertThat(fixture.status(1)).isEqualTo("PART_REFUNDED");
    }

    @Test
    void givesAPaymentOfSeveralInvoicesBackWhereAllOfItComesBackAndRefusesToGuessOtherwise() {
        fixture.voucher(1);
        fixture.voucher(2);
        Sink<Refund> refunds = fixture.sink("refunds");
        write(payment("inpay_1", part(1, "30"), part(2, "12.50")).build());

        assertThat(reason(fixture.write(refunds, refund("re_1", "inpay_1", "10").build())))
                .contains("stripe-test/refunds/re_1 of 10.00 SEK", "must be the whole", "42.50", id(1), id(2));
        fixture.write(refunds, refund("re_2", "inpay_1", "42.50").build());

        assertThat(fixture.row(1).decimal("Cf_Stripe_Refunded")).isEqualByComparingTo("30");
        assertThat(fixture.row(2).decimal("Cf_Stripe_Refunded")).isEqualByComparingTo("12.50");
    }

    @Test
    void takesAPaymentAwayFromAnInvoiceThatItNoLongerBelongsTo() {
        fixture.voucher(1);
        fixture.voucher(2);
        Payment payment = payment("inpay_1", part(1, "10")).build();
        Applied first = (Applied) write(payment);
        Payment moved = payment("inpay_1", part(2, "10")).build();

        Applied second = (Applied) fixture.write(payments, fixture.update(moved, first.target()));
        assertThat(fixture.row(1).has("Cf_Stripe_Entries")).isFalse();
        assertThat(fixture.status(1)).isEqualTo("OPEN");
        assertThat(fixture.status(2)).isEqualTo("PART_PAID");
        Write.Remove<Payment> remove = fixture.remove(moved, second.target());
        assertThat(payments.find(remove)).isEqualTo(Lookup.ABSENT);
        fixture.write(payments, remove);

        assertThat(fixture.row(2).has("Cf_Stripe_Entries")).isFalse();
        assertThat(payments.find(remove)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void writesOnceWhenTheAnswerIsLost() {
        fixture.voucher(1);
        fixture.loseNextAnswer();

        assertThat(write(payment("inpay_1", part(1, "10")).build())).isInstanceOf(Applied.class);

        assertThat(fixture.row(1).text("Cf_Stripe_Entries")).containsOnlyOnce("pay stripe-test/inpay_1 ");
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("10");
    }

    @Test
    void findsWhatWasWrittenAfterEveryAnswerWasLost() {
        fixture.voucher(1);
        Write.Create<Payment> create =
                fixture.create(payment("inpay_1", part(1, "10")).build());
        fixture.sandbox.failNext(1, PATCH, IfsFault.answerLost());
        fixture.sandbox.failNext(9, PATCH, IfsFault.connectionDropped());

        WriteOutcome outcome = fixture.write(payments, create);
        fixture.sandbox.stopFailing();

        assertThat(outcome).isInstanceOf(Ambiguous.class);
        assertThat(payments.find(create)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void startsAnewWhenSomebodyElseChangesTheRowMeanwhile() {
        fixture.voucher(1);
        fixture.sandbox.failNext(1, PATCH, IfsFault.overtakenBy(() -> edit("DueDate", "2026-03-31")));

        assertThat(write(payment("inpay_1", part(1, "10")).build())).isInstanceOf(Applied.class);

        assertThat(fixture.row(1).date("DueDate")).hasToString("2026-03-31");
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("10");
        assertThat(fixture.sandbox.traffic().answers(412)).isEqualTo(1);
    }

    @Test
    void givesUpForNowWhenTheRowChangesDuringEveryTry() {
        fixture.voucher(1);
        fixture.sandbox.failNext(3, PATCH, IfsFault.overtakenBy(() -> edit("VoucherText", "edited")));

        assertThat(write(payment("inpay_1", part(1, "10")).build())).isInstanceOf(Conflicted.class);

        assertThat(fixture.row(1).has("Cf_Stripe_Entries")).isFalse();
    }

    private void edit(String column, Object value) {
        fixture.clock().sleep(Duration.ofSeconds(7));
        fixture.sandbox.patch(
                "VoucherSet",
                Map.of("Company", "10", "VoucherType", "F", "AccountingYear", 2026, "VoucherNo", 1L, column, value));
    }

    @Test
    void losesNoPaymentToAnotherProcessWithinTheSecondThatVersionsCount() {
        fixture.voucher(1);
        Sink<Payment> other = fixture.sink("payments");
        edit("VoucherText", "edited in this very second");
        fixture.sandbox.failNext(
                1,
                PATCH,
                IfsFault.overtakenBy(() ->
                        fixture.write(other, payment("inpay_2", part(1, "20")).build())));

        write(payment("inpay_1", part(1, "10")).build());

        assertThat(fixture.row(1).text("Cf_Stripe_Entries")).contains("inpay_1", "inpay_2");
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("30");
    }

    @Test
    void refusesARowWithoutVersionUnlessThatIsAllowed() {
        fixture.voucher(1);
        fixture.sandbox.failNext(2, request -> request.path().contains("VoucherSet("), IfsFault.withoutEtag());

        assertThat(reason(write(payment("inpay_1", part(1, "10")).build()))).contains("no ETag", "ifMatchStar");

        fixture.connection.with("receipts", Map.of("ifMatchStar", true));
        fixture.sandbox.failNext(1, request -> request.path().contains("VoucherSet("), IfsFault.withoutEtag());
        assertThat(fixture.write(
                        fixture.<Payment>sink("payments"),
                        payment("inpay_1", part(1, "10")).build()))
                .isInstanceOf(Applied.class);
    }

    @Test
    void tellsWhyTheSystemRefuses() {
        fixture.voucher(1);
        Payment payment = payment("inpay_1", part(1, "10")).build();
        fixture.sandbox.failNext(1, PATCH, IfsFault.businessError("20124", "Voucher.CLOSED: The period is closed."));
        assertThat(reason(write(payment))).contains("pay stripe-test/inpay_1", id(1), "20124", "The period is closed");

        fixture.sandbox.failNext(1, PATCH, IfsFault.answering(428, "application/json", "{}"));
        assertThat(reason(write(payment))).contains("428", "defect");

        fixture.sandbox.failNext(5, PATCH, IfsFault.recordLocked());
        assertThat(write(payment)).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.awaited()).isNull();
            assertThat(deferred.reason()).contains("held by another user", id(1));
        });
    }

    @Test
    void stopsTheFlowWhereTheGrantIsMissing() {
        fixture.voucher(1);
        Payment payment = payment("inpay_1", part(1, "10")).build();
        fixture.sandbox.failNext(1, PATCH, IfsFault.answering(403, "application/json", "{}"));

        assertThatThrownBy(() -> write(payment))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("must be granted the projection VoucherHandling")
                .hasMessageContaining("to change VoucherSet");
        fixture.sandbox.revoke(VOUCHERS);
        assertThatThrownBy(() -> fixture.write(fixture.<Payment>sink("payments"), payment))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("must be granted");
    }

    @Test
    void refusesAnEntryThatDoesNotFitAndCutsNothing() {
        fixture.voucher(1);
        String longId = "inpay_" + "x".repeat(60);
        int fits = 0;
        WriteOutcome outcome = new Applied(io.mlconnector.spi.TargetRef.of("none"), null);
        while (outcome instanceof Applied && fits < 100) {
            outcome = write(payment(longId + fits++, part(1, "1")).build());
        }

        assertThat(reason(outcome)).contains("takes 4000 characters", longId + (fits - 1), "receipts.fields.entries");
        assertThat(fits).isGreaterThan(20);
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo(new BigDecimal(fits - 1));
        assertThat(Entries.parse(List.of(fixture.row(1).text("Cf_Stripe_Entries")))
                        .standing())
                .hasSize(fits - 1);
    }

    @Test
    void spreadsEntriesOverSeveralColumns() {
        fixture.connection.with(
                "receipts",
                Map.of(
                        "fieldLength",
                        100,
                        "fields",
                        Map.of("entries", List.of("UserGroup", "VoucherText"), "reference", "none")));
        fixture.voucher(1);
        fixture.sandbox.patch("VoucherSet", clearedTexts());
        Sink<Payment> spread = fixture.sink("payments");

        fixture.write(spread, payment("inpay_1", part(1, "1")).build());
        fixture.write(spread, payment("inpay_2", part(1, "2")).build());
        WriteOutcome third =
                fixture.write(spread, payment("inpay_3", part(1, "4")).build());

        assertThat(fixture.row(1).text("UserGroup"))
                .startsWith("pay stripe-test/inpay_1 ")
                .doesNotContain("inpay_2");
        assertThat(fixture.row(1).text("VoucherText")).startsWith("pay stripe-test/inpay_2 ");
        assertThat(fixture.row(1).decimal("Cf_Stripe_Paid")).isEqualByComparingTo("3");
        assertThat(reason(third)).contains("UserGroup, VoucherText", "takes 200 characters", "inpay_3");
    }

    private static Map<String, Object> clearedTexts() {
        var changes = new java.util.HashMap<String, Object>(
                Map.of("Company", "10", "VoucherType", "F", "AccountingYear", 2026, "VoucherNo", 1L));
        changes.put("UserGroup", null);
        changes.put("VoucherText", null);
        return changes;
    }

    @Test
    void keepsItsHandsOffTextThatIsNotItsOwn() {
        fixture.voucher(1);
        edit("Cf_Stripe_Entries", "paid in cash, Eva");
        Payment payment = payment("inpay_1", part(1, "1")).build();

        assertThat(reason(write(payment))).contains("stripe-test/payments/inpay_1", "'paid in cash, Eva'");
        assertThat(payments.find(fixture.create(payment))).isInstanceOf(Lookup.CannotTell.class);
        assertThat(fixture.row(1).text("Cf_Stripe_Entries")).isEqualTo("paid in cash, Eva");
    }

    @Test
    void leavesOutFieldsThatTheSetDoesNotHave() {
        fixture.connection.with(
                "receipts",
                Map.of(
                        "fields", Map.of("paid", "Cf_Missing", "status", "none"),
                        "statuses", Map.of("paid", "CfEnum_PAID")));
        fixture.voucher(1);

        assertThat(fixture.write(
                        fixture.<Payment>sink("payments"),
                        payment("inpay_1", part(1, "1")).build()))
                .isInstanceOf(Applied.class);

        assertThat(fixture.row(1).has("Cf_Payment_Status")).isFalse();
        assertThat(fixture.row(1).has("Cf_Stripe_Entries")).isTrue();
    }
}
