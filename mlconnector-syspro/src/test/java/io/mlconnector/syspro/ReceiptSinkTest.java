package io.mlconnector.syspro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.spi.WriteOutcome.Deferred;
import io.mlconnector.spi.WriteOutcome.Rejected;
import io.mlconnector.testkit.syspro.Posting;
import io.mlconnector.testkit.syspro.SysproRequest.Kind;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptSinkTest {

    private final Fixture fixture = new Fixture(SysproSandbox.builder().withoutSoap());

    @BeforeEach
    void invoice() {
        fixture.invoice(1, "1250.00");
    }

    @AfterEach
    void stop() {
        assertThat(fixture.sandbox.droppedElements()).isEmpty();
        fixture.close();
    }

    private WriteOutcome pay(Payment payment) {
        return fixture.write(fixture.sink("payments"), fixture.create(payment));
    }

    private BigDecimal balance(int number) {
        return fixture.sandbox
                .row("ArInvoice", Fixture.CUSTOMER, Fixture.number(number), "I")
                .map(row -> (BigDecimal) row.get("InvoiceBal1"))
                .orElseThrow();
    }

    private static void rejected(WriteOutcome outcome, String... parts) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Rejected.class, it -> assertThat(it.reason()).contains(parts));
    }

    @Test
    void postsTheAmountWithoutDiscountToTheInvoiceOfTheCustomerAndTellsTheJournal() {
        WriteOutcome outcome = pay(Fixture.payment(1, "1250.00").build());

        assertThat(outcome).isInstanceOfSatisfying(WriteOutcome.Applied.class, applied -> {
            assertThat(applied.requestId()).isEqualTo("journal 00001/000001");
            assertThat(applied.target().id()).isEqualTo(Fixture.paymentKey(1).id() + "@" + Fixture.id(1) + "=1250.00");
        });
        assertThat(balance(1)).isEqualByComparingTo("0");
        assertThat(fixture.sandbox.rows("ArInvoicePay"))
                .singleElement()
                .satisfies(row -> assertThat((BigDecimal) row.get("DiscValue")).isEqualByComparingTo("0"));
        assertThat(fixture.sandbox.postings())
                .extracting(Posting::reference)
                .containsExactly("S:1Xy7Qk2LmA9pR0sT4abcdef1");
    }

    @Test
    void whatIsMoreThanTheBalanceGoesToTheCustomersAccount() {
        fixture.sandbox.put("ArInvoice", balanceOf(1, "1000.00"));

        Write<Payment> write = fixture.create(Fixture.payment(1, "1250.00").build());
        Sink<Payment> sink = fixture.sink("payments");
        Fixture.applied(fixture.write(sink, write));

        assertThat(fixture.sandbox.postings())
                .extracting(Posting::invoice, posting -> posting.value().toPlainString())
                .containsExactly(tuple(Fixture.number(1), "-1000.00"), tuple("_CRD01", "-250.00"));
        assertThat(sink.find(write)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void aPaymentOfAnInvoiceThatIsPaidAlreadyIsFoundOnTheCustomersAccount() {
        fixture.sandbox.put("ArInvoice", balanceOf(1, "0.00"));
        Write<Payment> write = fixture.create(Fixture.payment(1, "1250.00").build());
        Sink<Payment> sink = fixture.sink("payments");

        Fixture.applied(fixture.write(sink, write));

        assertThat(sink.find(write)).isInstanceOf(Lookup.Found.class);
        assertThat(fixture.sandbox.postings()).hasSize(1);
    }

    @Test
    void parksAnOverpaymentIfToldSo() {
        fixture.receipt("overpayment", "park");

        assertThat(pay(Fixture.payment(1, "1250.01").build())).isInstanceOf(Deferred.class);
        assertThat(fixture.sandbox.postings()).isEmpty();
    }

    @Test
    void twoPaymentsOfOneInvoiceInOneDocumentUseUpItsBalance() {
        Sink<Payment> sink = fixture.sink("payments");
        Payment second = Fixture.payment(2, "700.00")
                .allocations(List.of(new Allocation(Fixture.document(1), null, Money.of("700.00", "ZAR"))))
                .build();

        List<WriteOutcome> outcomes =
                sink.write(List.of(fixture.create(Fixture.payment(1, "700.00").build()), fixture.create(second)));

        assertThat(outcomes).allMatch(WriteOutcome.Applied.class::isInstance);
        assertThat(fixture.sandbox.count(Kind.POST)).isEqualTo(1);
        assertThat(balance(1)).isEqualByComparingTo("0");
        assertThat(fixture.sandbox.postings())
                .extracting(posting -> posting.value().toPlainString())
                .containsExactly("-700.00", "-550.00", "-150.00");
    }

    @Test
    void takesTheInvoiceAndNotAnotherDocumentWithItsNumber() {
        fixture.row(Fixture.CUSTOMER, Fixture.number(1), "C", "99.00");
        fixture.links.clear();

        Fixture.applied(pay(Fixture.payment(1, "1250.00").build()));

        assertThat(balance(1)).isEqualByComparingTo("0");
        assertThat(fixture.sandbox.row("ArInvoice", Fixture.CUSTOMER, Fixture.number(1), "C"))
                .hasValueSatisfying(
                        row -> assertThat((BigDecimal) row.get("InvoiceBal1")).isEqualByComparingTo("99"));
    }

    @Test
    void refusesANumberThatFitsInvoicesOfTwoCustomers() {
        fixture.customer("000000000000013", "Other");
        fixture.row("000000000000013", Fixture.number(1), "I", "10.00");
        fixture.links.clear();

        rejected(pay(Fixture.payment(1, "1250.00").build()), "fits more than one invoice", "100001");
    }

    @Test
    void aPaymentWithoutAnInvoiceAtSysproWaitsForOne() {
        fixture.links.clear();
        Payment unknown = Fixture.payment(77, "5.00").build();

        assertThat(pay(unknown)).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.sought()).isTrue();
            assertThat(deferred.reason()).contains("unmatched", "100077");
        });
    }

    @Test
    void aLinkToACreditNoteIsNoInvoice() {
        fixture.row(Fixture.CUSTOMER, "CN1", "C", "-50.00");
        fixture.links.put(Fixture.document(1), TargetRef.of(Fixture.CUSTOMER + "|CN1|C"));

        assertThat(pay(Fixture.payment(1, "50.00").build()))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.reason()).contains("CN1|C", "no invoice"));
    }

    @Test
    void refusesAnotherCurrencyAndOneWithoutMapping() {
        rejected(
                pay(Fixture.payment(1, "10.00")
                        .allocations(List.of(new Allocation(Fixture.document(1), null, Money.of("10", "EUR"))))
                        .build()),
                "the currency of",
                "must be that of the invoice",
                "ZAR");
        fixture.sandbox.put("ArInvoice", withCurrency(1, "$"));
        rejected(pay(Fixture.payment(1, "10.00").build()), "unknown code '$'");
        assertThat(fixture.sandbox.postings()).isEmpty();
    }

    @Test
    void refusesAmountsThatSysproCannotKeep() {
        rejected(pay(Fixture.payment(1, "10.005").build()), "at most two decimals");
        rejected(pay(Fixture.payment(1, "-1").build()), "more than zero");
    }

    @Test
    void postsAPaymentOnceItHasSucceededAndNotBefore() {
        Sink<Payment> sink = fixture.sink("payments");
        TargetRef noted = Fixture.applied(fixture.write(
                sink,
                fixture.create(Fixture.payment(1, "1250.00")
                        .status(Payment.Status.PENDING)
                        .build())));
        assertThat(fixture.sandbox.requests()).isEmpty();

        TargetRef posted = Fixture.applied(
                fixture.write(sink, fixture.update(Fixture.payment(1, "1250.00").build(), noted)));
        Fixture.applied(
                fixture.write(sink, fixture.update(Fixture.payment(1, "1250.00").build(), posted)));

        assertThat(fixture.sandbox.postings()).hasSize(1);
    }

    @Test
    void neverChangesWhatIsPosted() {
        Sink<Payment> sink = fixture.sink("payments");
        TargetRef posted = Fixture.applied(
                fixture.write(sink, fixture.create(Fixture.payment(1, "1250.00").build())));

        rejected(
                fixture.write(sink, fixture.update(Fixture.payment(1, "1000.00").build(), posted)),
                "is posted as",
                "correct it in SYSPRO");
        rejected(
                fixture.write(
                        sink,
                        fixture.update(
                                Fixture.payment(1, "1250.00")
                                        .status(Payment.Status.FAILED)
                                        .build(),
                                posted)),
                "did not move in the end",
                "take the posting back");
        assertThat(fixture.sandbox.postings()).hasSize(1);
    }

    @Test
    void onlyRecordsRefundsAndDisputesUnlessToldOtherwise() {
        fixture.links.put(Fixture.paymentKey(1), TargetRef.of("inpay_1@" + Fixture.id(1) + "=1250.00"));
        Sink<Refund> refunds = fixture.sink("refunds");
        Sink<Dispute> disputes = fixture.sink("disputes");

        TargetRef refund = Fixture.applied(fixture.write(
                refunds, fixture.create(Fixture.refund(1, "100.00").build())));
        Fixture.applied(fixture.write(
                disputes, fixture.create(Fixture.dispute(1, "100.00").build())));

        assertThat(refund.id()).isEqualTo("re_1@" + Fixture.id(1) + "=100.00");
        assertThat(fixture.sandbox.requests()).isEmpty();
    }

    @Test
    void aRefundOpensItsInvoiceAgain() {
        fixture.receipt("refunds", "negative-receipt");
        Sink<Payment> payments = fixture.sink("payments");
        Sink<Refund> refunds = fixture.sink("refunds");
        Write<Refund> early = fixture.create(Fixture.refund(1, "100.00").build());
        assertThat(fixture.write(refunds, early))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.awaited()).isEqualTo(Fixture.paymentKey(1)));

        fixture.links.put(
                Fixture.paymentKey(1),
                Fixture.applied(fixture.write(
                        payments, fixture.create(Fixture.payment(1, "1250.00").build()))));
        Fixture.applied(fixture.write(refunds, early));

        assertThat(balance(1)).isEqualByComparingTo("100.00");
    }

    @Test
    void refusesARefundOfAPartOfAPaymentOfSeveralInvoices() {
        fixture.receipt("refunds", "negative-receipt");
        fixture.links.put(
                Fixture.paymentKey(1),
                TargetRef.of("inpay_1@" + Fixture.id(1) + "=100.00," + Fixture.id(2) + "=50.00"));

        rejected(
                fixture.write(
                        fixture.sink("refunds"),
                        fixture.create(Fixture.refund(1, "70.00").build())),
                "must be the whole of the payment",
                "150.00");
    }

    @Test
    void splitsDocumentsThatWouldNotFitIntoAnAddress() {
        Sink<Payment> sink = fixture.sink("payments");
        var writes = new ArrayList<Write<Payment>>();
        for (int number = 1; number <= 60; number++) {
            fixture.invoice(number, "10.00");
            writes.add(fixture.create(Fixture.payment(number, "10.00").build()));
        }

        List<WriteOutcome> outcomes = sink.write(writes);

        assertThat(outcomes).allMatch(WriteOutcome.Applied.class::isInstance);
        assertThat(fixture.sandbox.postings()).hasSize(60);
        assertThat(fixture.sandbox.count(Kind.POST)).isBetween(3L, 4L);
    }

    @Test
    void refusesWhatDoesNotFitAlone() {
        fixture.with("longestUrl", 2000)
                .receipt("narrationLength", 255)
                .receipt("notation", "<&>".repeat(80))
                .receipt("notationLength", 255);

        rejected(pay(Fixture.payment(1, "1250.00").build()), "must fit into the address of one call", "SOAP");
        assertThat(fixture.sandbox.count(Kind.POST)).isZero();
    }

    @Test
    void sendsNamesThatXmlAndWindows1252CannotHold() {
        Fixture.applied(pay(
                Fixture.payment(1, "1250.00").method("Łódź <café> & \u0001日本").build()));

        assertThat(fixture.sandbox.postings()).hasSize(1);
    }

    @Test
    void logsOffWhatIsIdleAndWhenItIsClosed() {
        try (var connector = fixture.connect()) {
            @SuppressWarnings("unchecked") // it is the sink of payments
            Sink<Payment> sink = (Sink<Payment>) connector.sink("payments");
            fixture.write(sink, fixture.create(Fixture.payment(1, "1250.00").build()));
            assertThat(fixture.sandbox.sessions()).isEqualTo(1);
        }

        assertThat(fixture.sandbox.sessions()).isZero();
        assertThat(fixture.sandbox.count(Kind.LOGOFF)).isEqualTo(1);
    }

    @Test
    void allConnectionsOfAnOperatorShareItsSession() {
        fixture.invoice(2, "10.00");
        Sink<Payment> one = fixture.sink("payments");
        Sink<Payment> other = fixture.sink("payments");

        Fixture.applied(
                fixture.write(one, fixture.create(Fixture.payment(1, "1250.00").build())));
        Fixture.applied(
                fixture.write(other, fixture.create(Fixture.payment(2, "10.00").build())));

        assertThat(fixture.sandbox.logons()).isEqualTo(1);
    }

    private static Map<String, Object> balanceOf(int number, String balance) {
        return Map.of(
                "Customer",
                Fixture.CUSTOMER,
                "Invoice",
                Fixture.number(number),
                "DocumentType",
                "I",
                "InvoiceBal1",
                balance);
    }

    private static Map<String, Object> withCurrency(int number, String code) {
        return Map.of(
                "Customer",
                Fixture.CUSTOMER,
                "Invoice",
                Fixture.number(number),
                "DocumentType",
                "I",
                "PostCurrency",
                code);
    }

    @Test
    void refusesElementsThatSysproWouldDrop() {
        fixture.receipt("elements", Map.of("PaymentTyp", "O"));

        assertThatThrownBy(fixture::connect).hasMessageContaining("PaymentTyp").hasMessageContaining("silently drop");
    }
}
