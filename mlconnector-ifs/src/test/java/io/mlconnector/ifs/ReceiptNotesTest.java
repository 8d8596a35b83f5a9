package io.mlconnector.ifs;

import static io.mlconnector.ifs.ReceiptFixture.part;
import static io.mlconnector.ifs.ReceiptFixture.payment;
import static io.mlconnector.ifs.ReceiptFixture.refund;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Ambiguous;
import io.mlconnector.spi.WriteOutcome.Applied;
import io.mlconnector.testkit.ifs.IfsFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiptNotesTest {

    private final ReceiptFixture fixture = new ReceiptFixture(true);
    private final Sink<Payment> payments = fixture.sink("payments");

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void appendsOneNotePerPaymentThatAPersonCanRead() {
        fixture.voucher(1);
        Payment payment = payment("inpay_1", part(1, "1000.50"))
                .fee(Money.of("14.20", "SEK"))
                .build();

        fixture.write(payments, payment);
        fixture.write(payments, payment);

        assertThat(fixture.noteTexts())
                .containsExactly("Payment of 1000.50 SEK succeeded, 2026-01-19T08:30:00Z, by card, fee 14.20 SEK,"
                        + " reference ch_inpay_1. Invoice: PART_PAID, paid 1000.50 of 3874.99 SEK."
                        + " [mlc:1 pay stripe-test/inpay_1 succeeded 1000.50 2026-01-19T08:30:00Z ch_inpay_1]");
        assertThat(fixture.sandbox.rows("NotesInfoVirtuals")).singleElement().satisfies(info -> {
            assertThat(info.text("KeyRef")).isEqualTo("COMPANY=10^VOUCHER_TYPE=F^ACCOUNTING_YEAR=2026^VOUCHER_NO=1^");
            assertThat(info.text("PackageName")).isEqualTo("VOUCHER_NOTE_API");
        });
    }

    @Test
    void leavesTheRowOfTheVoucherAlone() {
        fixture.voucher(1);
        var before = fixture.row(1);

        fixture.write(payments, payment("inpay_1", part(1, "1")).build());

        assertThat(fixture.row(1)).isEqualTo(before);
    }

    @Test
    void appendsANoteForEachNewStateAndNoneForALateOne() {
        fixture.voucher(1);
        Payment.Builder payment = payment("inpay_1", part(1, "3874.99"));
        Sink<Refund> refunds = fixture.sink("refunds");

        fixture.write(payments, payment.status(Payment.Status.PENDING).build());
        fixture.write(payments, payment.status(Payment.Status.SUCCEEDED).build());
        fixture.write(payments, payment.status(Payment.Status.PENDING).build());
        fixture.write(
                refunds, refund("re_1", "inpay_1", "4").reason("duplicate").build());

        assertThat(fixture.noteTexts()).hasSize(3);
        assertThat(fixture.noteTexts().get(0)).contains("Invoice: PENDING", "[mlc:1 pay stripe-test/inpay_1 pending");
        assertThat(fixture.noteTexts().get(1)).contains("Invoice: PAID", "[mlc:2 pay stripe-test/inpay_1 succeeded");
        assertThat(fixture.noteTexts().get(2)).contains("Refund of 4.00 SEK", "reason duplicate", "PART_REFUNDED");
    }

    @Test
    void appendsOnceWhenTheAnswerIsLost() {
        fixture.voucher(1);
        Write.Create<Payment> create =
                fixture.create(payment("inpay_1", part(1, "10")).build());
        fixture.loseNextAnswer();

        WriteOutcome outcome = fixture.write(payments, create);

        assertThat(outcome).isInstanceOf(Ambiguous.class);
        assertThat(payments.find(create)).isInstanceOf(Lookup.Found.class);
        assertThat(fixture.write(payments, create)).isInstanceOf(Applied.class);
        assertThat(fixture.noteTexts()).hasSize(1);
    }

    @Test
    void isAbsentAndWrittenOnceWhenTheRequestNeverArrived() {
        fixture.voucher(1);
        Write.Create<Payment> create =
                fixture.create(payment("inpay_1", part(1, "10")).build());
        fixture.sandbox.failNext(
                1, request -> request.isWrite() && request.path().contains("Notes"), IfsFault.badGateway());
        fixture.sandbox.failNext(
                1, request -> request.isWrite() && request.path().contains("FinNotes"), IfsFault.connectionDropped());

        assertThat(fixture.write(payments, create)).isInstanceOf(Ambiguous.class);
        assertThat(payments.find(create)).isEqualTo(Lookup.ABSENT);
        fixture.write(payments, create);

        assertThat(fixture.noteTexts()).hasSize(1);
    }

    @Test
    void withdrawsByANoteOfItsOwn() {
        fixture.voucher(1);
        Payment payment = payment("inpay_1", part(1, "10")).build();
        Applied applied = (Applied) fixture.write(payments, payment);
        Write.Remove<Payment> remove = fixture.remove(payment, applied.target());

        fixture.write(payments, remove);
        fixture.write(payments, remove);

        assertThat(fixture.noteTexts()).hasSize(2);
        assertThat(fixture.noteTexts().get(1)).contains("no longer belongs here", "Invoice: OPEN");
    }

    @Test
    void readsThePagesOfManyNotes() {
        fixture.connection.with("pageSize", 2);
        fixture.voucher(1);
        Sink<Payment> paged = fixture.sink("payments");
        for (int number = 0; number < 5; number++) {
            fixture.write(paged, payment("inpay_" + number, part(1, "1")).build());
        }

        fixture.write(paged, payment("inpay_4", part(1, "1")).build());

        assertThat(fixture.noteTexts()).hasSize(5);
        assertThat(fixture.noteTexts().get(4)).contains("paid 5.00 of");
    }

    @Test
    void refusesANoteThatDoesNotFit() {
        fixture.connection.with("receipts", Map.of("record", "notes", "notes", Map.of("length", 100)));
        fixture.voucher(1);

        WriteOutcome outcome = fixture.write(
                fixture.<Payment>sink("payments"),
                payment("inpay_1", part(1, "1")).build());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WriteOutcome.Rejected.class,
                        rejected ->
                                assertThat(rejected.reason()).contains("a note takes 100 characters", "10|F|2026|1"));
        assertThat(fixture.noteTexts()).isEmpty();
    }

    @Test
    void settlesAsLongAsConfigured() {
        fixture.connection.with("receipts", Map.of("record", "notes", "settleTime", "PT5M"));

        assertThat(fixture.<Payment>sink("payments").settleTime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(payments.settleTime()).isEqualTo(Duration.ofMinutes(2));
        assertThat(List.of(payments.maxBatch())).containsExactly(1);
    }
}
