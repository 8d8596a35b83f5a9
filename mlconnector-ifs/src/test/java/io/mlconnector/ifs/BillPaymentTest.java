package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Allocation;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a payment system makes of supplier invoices, as recorded at them. */
class BillPaymentTest {

    private static final Instant PAID_AT = Instant.parse("2026-01-19T08:30:00Z");

    private final BillFixture fixture = new BillFixture(Preset.CLOUD);

    BillPaymentTest() {
        postAndLink(fixture, 1);
        postAndLink(fixture, 2);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    static RecordKey billKey(int number) {
        return new RecordKey("bill-test", "bills", "00n" + number);
    }

    static RecordKey vendorKey() {
        return new RecordKey("bill-test", "vendors", "009");
    }

    /** An invoice of IFS, long unchanged, and linked to a bill of the payment system. */
    static void postAndLink(BillFixture fixture, int number) {
        Sink<Bill> sink = fixture.sink("bills");
        WriteOutcome outcome =
                BillFixture.write(sink, fixture.create(BillFixture.bill(number).build()));
        fixture.links.put(billKey(number), ((WriteOutcome.Applied) outcome).target());
        fixture.links.put(vendorKey(), TargetRef.of("V1001"));
        fixture.clock.sleep(Duration.ofMinutes(1));
    }

    static List<Allocation> parts(int number, Money amount) {
        return List.of(new Allocation(billKey(number), "00-" + number, amount));
    }

    static Payment.Builder payment(String id, int number, String amount) {
        return Payment.builder()
                .key(new RecordKey("bill-test", "payments", id))
                .reference("P26-" + id)
                .payer(vendorKey())
                .allocations(parts(number, Money.of(amount, "EUR")))
                .amount(Money.of(amount, "EUR"))
                .paidAt(PAID_AT)
                .status(Payment.Status.SUCCEEDED);
    }

    /** The bill as the payment system has it. */
    private static Bill.Builder there(int number) {
        return BillFixture.bill(number).key(billKey(number)).vendor(vendorKey());
    }

    private IfsRow row(int number) {
        return fixture.sandbox.row("ManSuppInvoiceSet", "10", 700_000L + number).orElseThrow();
    }

    private <T extends BusinessRecord> WriteOutcome write(String entity, T record) {
        return BillFixture.write(fixture.<T>sink(entity), fixture.create(record));
    }

    @Test
    void recordsAPaymentOnceAndWithItWhatTheInvoiceStandsAt() {
        write("bill-payments", payment("stp1", 1, "1000.00").build());
        write("bill-payments", payment("stp1", 1, "1000.00").build());
        assertThat(row(1).values())
                .containsEntry("Cf_Bill_Payment_Status", "PART_PAID")
                .containsEntry("Cf_Bill_Entries", "pay bill-test/stp1 succeeded 1000.00 2026-01-19T08:30:00Z P26-stp1");

        fixture.clock.sleep(Duration.ofMinutes(1));
        write("bill-payments", payment("stp2", 1, "785.00").build());

        assertThat(row(1).values())
                .containsEntry("Cf_Bill_Payment_Status", "PAID")
                .containsEntry("Cf_Bill_Reference", "P26-stp2")
                .containsEntry("Cf_Bill_Paid_At", PAID_AT);
        assertThat(row(1).decimal("Cf_Bill_Paid")).isEqualByComparingTo("1785");
    }

    @Test
    void takesAPaymentBackThatWasVoided() {
        write("bill-payments", payment("stp1", 1, "1785.00").build());
        fixture.clock.sleep(Duration.ofMinutes(1));

        write(
                "bill-payments",
                payment("stp1", 1, "1785.00").status(Payment.Status.CANCELED).build());

        assertThat(row(1).text("Cf_Bill_Payment_Status")).isEqualTo("OPEN");
        assertThat(row(1).has("Cf_Bill_Paid")).isFalse();
    }

    @Test
    void findsAnInvoiceByNumberOnlyTogetherWithItsSupplier() {
        fixture.links.remove(billKey(1));

        assertThat(write("bill-payments", payment("stp1", 1, "1785.00").build()))
                .isInstanceOf(WriteOutcome.Applied.class);
        assertThat(row(1).text("Cf_Bill_Payment_Status")).isEqualTo("PAID");

        fixture.links.remove(billKey(2));
        fixture.links.put(vendorKey(), TargetRef.of("V1002"));
        assertThat(write("bill-payments", payment("stp2", 2, "1785.00").build()))
                .isInstanceOf(WriteOutcome.Deferred.class);
        assertThat(row(2).has("Cf_Bill_Entries")).isFalse();
    }

    @Test
    void marksAnInvoiceAsSentAndFollowsItsStatus() {
        WriteOutcome outcome = write("bill-status", there(1).build());

        assertThat(((WriteOutcome.Applied) outcome).target().id()).isEqualTo("10|700001");
        assertThat(row(1).values())
                .containsEntry("Cf_Sent_To_Bill", true)
                .containsEntry("Cf_Bill_Id", "00n1")
                .containsEntry("Cf_Bill_Status", "OPEN");

        fixture.clock.sleep(Duration.ofMinutes(1));
        Bill paid = there(1).paymentStatus(Bill.PaymentStatus.PAID).build();
        BillFixture.write(
                fixture.<Bill>sink("bill-status"),
                fixture.update(paid, ((WriteOutcome.Applied) outcome).target(), "paymentStatus"));

        assertThat(row(1).text("Cf_Bill_Status")).isEqualTo("PAID");
        assertThat(row(1).text("Cf_Source_Reference")).isEqualTo("stampli/10|V1001|00-1");
    }

    @Test
    void marksAnInvoiceAlthoughSomebodyChangesItMeanwhile() {
        fixture.sandbox.failNext(1, request -> request.method().equals("PATCH"), IfsFault.overtakenBy(() -> {
            fixture.clock.sleep(Duration.ofSeconds(30));
            fixture.sandbox.patch(
                    "ManSuppInvoiceSet", Map.of("Company", "10", "InvoiceId", 700_001, "NcfReference", "RF18"));
        }));

        assertThat(write("bill-status", there(1).build())).isInstanceOf(WriteOutcome.Applied.class);

        assertThat(row(1).values()).containsEntry("Cf_Sent_To_Bill", true).containsEntry("NcfReference", "RF18");
    }

    @Test
    void findsTheMarkWhoseAnswerWasLost() {
        Sink<Bill> sink = fixture.sink("bill-status");
        Write.Create<Bill> create = fixture.create(there(1).build());
        assertThat(sink.find(create)).isEqualTo(Lookup.ABSENT);
        // nobody answers, however often the same change is sent under the same version
        fixture.sandbox.failNext(100, request -> request.method().equals("PATCH"), IfsFault.answerLost());

        BillFixture.write(sink, create);
        fixture.sandbox.stopFailing();

        assertThat(sink.find(create))
                .isInstanceOfSatisfying(
                        Lookup.Found.class,
                        found -> assertThat(found.target().id()).isEqualTo("10|700001"));
    }

    @Test
    void waitsForAnInvoiceThatIsNotThere() {
        Bill unknown = there(9).build();

        assertThat(write("bill-status", unknown))
                .isInstanceOfSatisfying(
                        WriteOutcome.Deferred.class,
                        deferred -> assertThat(deferred.reason())
                                .contains(
                                        "supplier V1001 has no invoice with the number '00-9' of bill-test/bills/00n9"));
        fixture.links.remove(vendorKey());
        assertThat(write("bill-status", unknown)).isInstanceOf(WriteOutcome.Deferred.class);
    }

    @Test
    void takesTheMarkBackWhenTheBillIsGone() {
        write("bill-status", there(1).build());
        fixture.clock.sleep(Duration.ofMinutes(1));

        BillFixture.write(
                fixture.<Bill>sink("bill-status"),
                new Write.Remove<>(
                        billKey(1), TargetRef.of("10|700001"), new IdempotencyKey("gone"), fixture.clock.instant()));

        assertThat(row(1).values()).containsEntry("Cf_Sent_To_Bill", false).doesNotContainKey("Cf_Bill_Id");
    }
}
