package io.mlconnector.bill;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PaymentStatusTest {

    private final Fixture fixture = new Fixture();
    private final Source<Bill> bills = fixture.source("bills");
    private final String vendor = fixture.bill.enterVendor("Nordhaven", "USD");
    private final List<Malformed> malformed = new ArrayList<>();
    private Position position = Position.START;

    @AfterEach
    void close() {
        fixture.close();
    }

    /** One pass. */
    private <T extends BusinessRecord> Map<String, Change<T>> pass(Source<T> source) {
        var changes = new LinkedHashMap<String, Change<T>>();
        Page<T> page;
        do {
            page = source.poll(position);
            page.changes().forEach(change -> changes.put(change.key().id(), change));
            malformed.addAll(page.malformed());
            position = page.next();
        } while (!page.last());
        return changes;
    }

    private Bill bill(String id) {
        return requireNonNull(requireNonNull(pass(bills).get(id)).record());
    }

    @Test
    void aBillGoesFromOpenOverPartlyPaidToPaidWithTheDateOfItsPayment() {
        String id = fixture.bill.enterBill(vendor, "NB-1", "100.00");
        assertThat(bill(id)).satisfies(open -> {
            assertThat(open.paymentStatus()).isEqualTo(Bill.PaymentStatus.OPEN);
            assertThat(open.paidOn()).isNull();
            assertThat(open.total()).isEqualTo(Money.of("100.00", "USD"));
        });

        fixture.bill.advance(Duration.ofDays(1));
        fixture.bill.pay(id, "40.00", "CLEARED");
        assertThat(bill(id)).satisfies(partly -> {
            assertThat(partly.paymentStatus()).isEqualTo(Bill.PaymentStatus.PARTIALLY_PAID);
            assertThat(partly.paidOn()).isEqualTo(LocalDate.of(2026, 11, 21));
            assertThat(partly.attributes().value("paid_amount")).hasValue("40.00");
        });

        fixture.bill.advance(Duration.ofDays(2));
        fixture.bill.pay(id, null, "CLEARED");
        assertThat(bill(id)).satisfies(paid -> {
            assertThat(paid.paymentStatus()).isEqualTo(Bill.PaymentStatus.PAID);
            assertThat(paid.paidOn()).isEqualTo(LocalDate.of(2026, 11, 23));
        });
    }

    @Test
    void aPaymentThatIsVoidedLaterOpensTheBillAgain() {
        String id = fixture.bill.enterBill(vendor, "NB-1", "100.00");
        String payment = fixture.bill.pay(id, null, "SCHEDULED");
        assertThat(bill(id).paymentStatus()).isEqualTo(Bill.PaymentStatus.SCHEDULED);
        fixture.bill.advance(Duration.ofDays(3));
        fixture.bill.movePayment(payment, "CLEARED");
        assertThat(bill(id).paymentStatus()).isEqualTo(Bill.PaymentStatus.PAID);

        fixture.bill.advance(Duration.ofDays(20));
        fixture.bill.movePayment(payment, "VOIDED");

        assertThat(bill(id)).satisfies(open -> {
            assertThat(open.paymentStatus()).isEqualTo(Bill.PaymentStatus.OPEN);
            assertThat(open.paidOn()).isNull();
        });
    }

    @Test
    void anArchivedBillIsVoid() {
        String id = fixture.bill.enterBill(vendor, "NB-1", "100.00");
        pass(bills);
        fixture.bill.advance(Duration.ofDays(1));
        fixture.bill.archive("bills", id, true);

        assertThat(bill(id)).satisfies(voided -> {
            assertThat(voided.paymentStatus()).isEqualTo(Bill.PaymentStatus.VOID);
            assertThat(voided.approval()).isEqualTo(Bill.Approval.VOIDED);
        });
    }

    @Test
    void aWordThatNobodyKnowsIsSaidAndStopsNothing() {
        String odd = fixture.bill.enterBill(vendor, "NB-1", "100.00");
        String fine = fixture.bill.enterBill(vendor, "NB-2", "100.00");
        fixture.bill.disfigure("bills", odd, "paymentStatus", TextNode.valueOf("FOO"));

        assertThat(pass(bills)).containsOnlyKeys(fine);

        assertThat(malformed).singleElement().satisfies(row -> {
            assertThat(row.key().id()).isEqualTo(odd);
            assertThat(row.faults()).singleElement().asString().contains("paymentStatus", "must be one of", "FOO");
        });
    }

    @Test
    void paymentsNameTheirBillsAndWhereTheyStand() {
        String id = fixture.bill.enterBill(vendor, "NB-1", "100.00");
        String cleared = fixture.bill.pay(id, "40.00", "CLEARED");
        String failed = fixture.bill.pay(id, "60.00", "FUNDING_FAILED_VOIDED");
        String odd = fixture.bill.pay(id, "1.00", "FOO");

        Map<String, Change<Payment>> payments = pass(fixture.<Payment>source("payments"));

        assertThat(payments).containsOnlyKeys(cleared, failed);
        Payment payment = requireNonNull(payments.get(cleared)).record();
        assertThat(payment).isNotNull();
        assertThat(payment.status()).isEqualTo(Payment.Status.SUCCEEDED);
        assertThat(payment.allocations()).singleElement().satisfies(part -> {
            assertThat(part.document().toString()).isEqualTo("bill/bills/" + id);
            assertThat(part.amount()).isEqualTo(Money.of("40.00", "USD"));
        });
        assertThat(malformed).extracting(row -> row.key().id()).containsExactly(odd);
    }

    @Test
    void moreRowsOfOneTimeThanAPageHoldsAreAllRead() {
        for (int number = 0; number < 250; number++) {
            fixture.bill.enterVendor("Vendor " + number, "USD"); // the clock stands still
        }
        fixture.bill.advance(Duration.ofMinutes(1));
        for (int number = 0; number < 30; number++) {
            fixture.bill.enterVendor("Later " + number, "USD");
        }

        assertThat(pass(fixture.<Vendor>source("vendors"))).hasSize(281);
    }

    @Test
    void aRowThatChangesWhileItIsPagedDrawsNoOtherOneAlong() {
        var ids = new ArrayList<String>();
        for (int number = 0; number < 350; number++) {
            ids.add(fixture.bill.enterVendor("Vendor " + number, "USD"));
            fixture.bill.advance(Duration.ofMillis(500));
        }
        ids.add(vendor);
        Source<Vendor> vendors = fixture.source("vendors");
        var read = new LinkedHashMap<String, Vendor>();

        Page<Vendor> page = vendors.poll(Position.START);
        for (int round = 0; !page.last(); round++) {
            page.changes().forEach(change -> read.put(change.key().id(), change.record()));
            // rows that were read move to the end, so that all others move up
            fixture.bill.changeVendor(ids.get(round), "email", "moved@vendor.example");
            page = vendors.poll(page.next());
        }
        page.changes().forEach(change -> read.put(change.key().id(), change.record()));

        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aVendorTellsItsAgeByTheClockOfBill() {
        pass(fixture.<Vendor>source("vendors"));
        fixture.bill.advance(Duration.ofMinutes(3));

        Change<Vendor> change = fixture.<Vendor>source("vendors").fetch(vendor).orElseThrow();

        assertThat(change.age())
                .hasValueSatisfying(age -> assertThat(age)
                        .isBetween(
                                Duration.ofMinutes(3).minusSeconds(2),
                                Duration.ofMinutes(3).plusSeconds(2)));
    }

    @Test
    void anIdlePassCostsFewCalls() {
        fixture.bill.enterBill(vendor, "NB-1", "100.00");
        pass(bills);
        fixture.bill.advance(Duration.ofMinutes(10));
        pass(bills);
        int before = fixture.bill.requests().size();
        fixture.bill.advance(Duration.ofMinutes(10));

        pass(bills);

        assertThat(fixture.bill.requests().size() - before).isLessThanOrEqualTo(3);
    }
}
