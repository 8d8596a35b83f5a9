package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.Bill;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillSinkTest {

    private BillFixture fixture = new BillFixture(Preset.GENERIC);

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void cloud() {
        fixture.close();
        fixture = new BillFixture(Preset.CLOUD);
    }

    private WriteOutcome post(Bill bill) {
        return BillFixture.write(fixture.<Bill>sink("bills"), fixture.create(bill));
    }

    private static String reason(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Rejected.class);
        return ((WriteOutcome.Rejected) outcome).reason();
    }

    @Test
    void postsAnInvoiceWithItsLinesAndABalancedVoucher() {
        fixture.sandbox.patch("PurchaseOrderSet", Map.of("OrderNo", "PO-5500", "CurrencyCode", "EUR"));

        WriteOutcome outcome =
                post(BillFixture.bill(1).purchaseOrderNumber("PO-5500").build());

        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(((WriteOutcome.Applied) outcome).target().id()).isEqualTo("10|700001|1");
        IfsRow invoice = fixture.invoices().get(0);
        assertThat(invoice.values())
                .containsEntry("Company", "10")
                .containsEntry("Identity", "V1001")
                .containsEntry("InvoiceNo", "00-1")
                .containsEntry("SeriesId", "SI")
                .containsEntry("InvoiceType", "SUPPINV")
                .containsEntry("Currency", "EUR")
                .containsEntry("PoRefNumber", "PO-5500")
                .containsEntry("NoteText", "second delivery, \"urgent\"")
                .containsEntry("Cf_Source_Reference", "stampli/10|V1001|00-1");
        assertThat(invoice.decimal("NetAmount")).isEqualByComparingTo("1500");
        assertThat(invoice.decimal("VatAmount")).isEqualByComparingTo("285");
        assertThat(invoice.decimal("GrossAmount")).isEqualByComparingTo("1785");
        assertThat(fixture.lines())
                .extracting(row -> row.text("Account") + " " + row.text("CodeB") + " "
                        + row.decimal("CurrAmount").intValue())
                .containsExactly("06100 CC-100 1200", "4010 CC-200 300");
        IfsRow voucher = fixture.vouchers().get(0);
        assertThat(voucher.values())
                .containsEntry("VoucherType", "I")
                .containsEntry("AccountingYear", 2026)
                .containsEntry("AccountingPeriod", 1)
                .containsEntry("VoucherDate", BillFixture.TODAY.minusDays(10))
                .containsEntry("InvoiceId", "700001")
                .containsEntry("InvoiceNo", "00-1");
        assertThat(fixture.voucherRows())
                .extracting(row -> row.text("Account")
                        + (row.has("CurrencyDebetAmount") ? " debit " : " credit ")
                        + row.decimal(row.has("CurrencyDebetAmount") ? "CurrencyDebetAmount" : "CurrencyCreditAmount")
                                .stripTrailingZeros()
                                .toPlainString())
                .containsExactly("06100 debit 1200", "4010 debit 300", "2641 debit 285", "2440 credit 1785");
        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
        assertThat(fixture.balance("DebitAmount", "CreditAmount")).isZero();
    }

    @Test
    void createsAnInvoiceAndThenItsProposalOnALiveSystem() {
        cloud();

        WriteOutcome outcome = post(BillFixture.bill(1).build());

        assertThat(((WriteOutcome.Applied) outcome).target().id()).isEqualTo("10|700001");
        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.lines()).hasSize(2);
        assertThat(fixture.sandbox.rows("PostingProposalHeadSet"))
                .singleElement()
                .satisfies(row -> assertThat(row.values())
                        .containsEntry("InvoiceId", 700_001L)
                        .containsEntry("Account", "06100"));
        assertThat(fixture.vouchers()).hasSize(1);
        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
    }

    @Test
    void tellsEverythingThatIsWrongInOneMessageAndWritesNothing() {
        WriteOutcome outcome = post(BillFixture.bill(1)
                .company("99")
                .vendor(BillFixture.vendor("V9"))
                .issuedOn(BillFixture.TODAY.minusDays(700))
                .purchaseOrderNumber("PO-5501")
                .lines(List.of(
                        BillFixture.line(1, "1200.00", "9999", "CC-1", "V99", "228.00"),
                        BillFixture.line(2, "200.00", null, "CC-200", "V19", "57.00")))
                .build());

        assertThat(reason(outcome))
                .contains("stampli/bills/10|V1001|00-1 (invoice 00-1 of supplier V9, 1785.00 EUR)")
                .contains("the company '99' does not exist")
                .contains("line 2 has no account")
                .contains("lines.net must add up to net: 2 lines make 1400.00, net is 1500.00 EUR")
                .contains("the account '9999' (line 1) does not exist")
                .contains("the cost centre 'CC-1' (line 1) does not exist")
                .contains("the tax code 'V99' (line 1) does not exist")
                .contains("no accounting period of company 99 contains")
                .contains("the supplier 'V9'");
        assertThat(fixture.sandbox.traffic().requests()).isPositive();
        assertThat(fixture.invoices()).isEmpty();
        assertThat(fixture.vouchers()).isEmpty();
    }

    @Test
    void waitsForASupplierIfNothingElseIsWrong() {
        Bill bill = BillFixture.bill(1).vendor(BillFixture.vendor("V9")).build();

        WriteOutcome outcome = post(bill);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WriteOutcome.Deferred.class,
                        deferred -> assertThat(deferred.awaited()).isEqualTo(BillFixture.vendor("V9")));
        fixture.links.put(BillFixture.vendor("V9"), TargetRef.of("V1003"));
        assertThat(post(bill)).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(fixture.invoices().get(0).text("Identity")).isEqualTo("V1003");
    }

    @Test
    void refusesAClosedPeriodAndTakesTheBillOnceItIsOpen() {
        Bill bill = BillFixture.bill(1)
                .attributes(Attributes.of(Map.of("glDate", "2024-12-31")))
                .build();

        assertThat(reason(post(bill)))
                .contains("the accounting period of 2024-12-31 in company 10 is Closed, not Open");

        fixture.sandbox.patch(
                "AccountingPeriodSet",
                Map.of("Company", "10", "AccountingYear", 2024, "AccountingPeriod", 12, "PeriodStatus", "Open"));
        assertThat(post(bill)).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(fixture.vouchers().get(0).number("AccountingYear")).isEqualTo(2024);
    }

    @Test
    void seesARepairedAccountAtOnce() {
        Sink<Bill> sink = fixture.sink("bills");
        Bill bill = BillFixture.bill(1)
                .lines(List.of(BillFixture.line(1, "1500.00", "7777", "CC-100", "V19", "285.00")))
                .build();
        assertThat(reason(BillFixture.write(sink, fixture.create(bill)))).contains("the account '7777'");

        fixture.sandbox.put("AccountSet", Map.of("Company", "10", "Account", "7777"));

        assertThat(BillFixture.write(sink, fixture.create(bill))).isInstanceOf(WriteOutcome.Applied.class);
    }

    @Test
    void refusesAnAccountOutsideOfItsDays() {
        fixture.sandbox.patch("AccountSet", Map.of("Company", "10", "Account", "4010", "ValidUntil", "2025-12-31"));

        assertThat(reason(post(BillFixture.bill(1).build())))
                .contains("the account '4010' (line 2) may be used from 2000-01-01 to 2025-12-31, not on 2026-01-10");
    }

    @Test
    void asksForReferencesOnceForManyBills() {
        Sink<Bill> sink = fixture.sink("bills");
        BillFixture.write(sink, fixture.create(BillFixture.bill(1).build()));
        long before = fixture.sandbox.traffic().requests();

        BillFixture.write(sink, fixture.create(BillFixture.bill(2).build()));

        // the look-up, the invoice, two lines, the voucher and its four rows
        assertThat(fixture.sandbox.traffic().requests() - before).isEqualTo(9);
    }

    @Test
    void findsAnInvoiceThatSomebodyEnteredOverTheSameAmountAndAddsNothingToIt() {
        fixture.sandbox.put("PostingProposalHeadSet", entered("1785.00"));

        WriteOutcome outcome = post(BillFixture.bill(1).build());

        assertThat(((WriteOutcome.Applied) outcome).target().id()).isEqualTo("10|5|1");
        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.lines()).isEmpty();
        assertThat(fixture.vouchers()).isEmpty();
    }

    @Test
    void refusesAnInvoiceNumberThatIsTakenOverAnotherAmount() {
        fixture.sandbox.put("PostingProposalHeadSet", entered("1785.01"));

        assertThat(reason(post(BillFixture.bill(1).build())))
                .contains("duplicate invoice number: the supplier invoice 10|5|1 has it already, over 1785.01 EUR");
        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.vouchers()).isEmpty();
    }

    @Test
    void refusesAnInvoiceNumberThatIsTakenByAnotherSource() {
        Map<String, Object> row = entered("1785.00");
        row.put("Cf_Source_Reference", "other/inv_1");
        fixture.sandbox.put("PostingProposalHeadSet", row);

        assertThat(reason(post(BillFixture.bill(1).build()))).contains("comes from other/inv_1");
    }

    @Test
    void takesTheNumberOfACancelledInvoiceAgainAndThatOfAnotherSupplier() {
        Map<String, Object> cancelled = entered("5");
        cancelled.put("Objstate", "Cancelled");
        fixture.sandbox.put("PostingProposalHeadSet", cancelled);
        Map<String, Object> others = entered("6");
        others.put("InvoiceId", 6);
        others.put("Identity", "V1002");
        fixture.sandbox.put("PostingProposalHeadSet", others);

        assertThat(post(BillFixture.bill(1).build())).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(fixture.invoices()).hasSize(3);
    }

    private static Map<String, Object> entered(String amount) {
        return new HashMap<>(Map.of(
                "Company", "10",
                "InvoiceId", 5,
                "ProposalId", 1,
                "Identity", "V1001",
                "InvoiceNo", "00-1",
                "SeriesId", "SI",
                "Currency", "EUR",
                "GrossAmount", amount));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostingProposalHeadSet", "PostingProposalRowSet", "VoucherSet", "VoucherRowSet"})
    void completesWhatALostAnswerLeftInPart(String set) {
        Sink<Bill> sink = fixture.sink("bills");
        Write.Create<Bill> create = fixture.create(BillFixture.bill(1).build());
        fixture.loseAnswerOf(set);

        assertThat(BillFixture.write(sink, create)).isInstanceOf(WriteOutcome.Ambiguous.class);
        Lookup lookup = sink.find(create);

        assertThat(lookup).isInstanceOf(Lookup.Partial.class);
        TargetRef target = ((Lookup.Partial) lookup).target();
        var again = new Write.Create<>(
                create.record(), create.idempotencyKey(), create.references(), create.intendedAt(), target);
        assertThat(BillFixture.write(sink, again))
                .isInstanceOfSatisfying(
                        WriteOutcome.Applied.class,
                        applied -> assertThat(applied.target().id()).isEqualTo(target.id()));
        assertWholeAndSingle();
        assertThat(sink.find(create)).isInstanceOf(Lookup.Found.class);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void isWholeAndSingleAfterAKillAtEachStep(Preset preset) {
        if (preset == Preset.CLOUD) {
            cloud();
        }
        int steps = preset == Preset.CLOUD ? 9 : 8;
        for (int step = 1; step <= steps; step++) {
            Bill bill = BillFixture.bill(step).build();
            Write.Create<Bill> create = fixture.create(bill);
            // nothing gets through from this step on
            int[] written = {0};
            int last = step;
            fixture.sandbox.failNext(
                    100, request -> request.isWrite() && ++written[0] >= last, IfsFault.connectionDropped());

            WriteOutcome first = BillFixture.write(fixture.<Bill>sink("bills"), create);
            fixture.sandbox.stopFailing();
            assertThat(first).as("step " + step).isInstanceOf(WriteOutcome.Ambiguous.class);
            // another process, which knows nothing
            Sink<Bill> sink = fixture.sink("bills");
            Lookup lookup = sink.find(create);
            assertThat(lookup).as("step " + step).isInstanceOf(step == 1 ? Lookup.Absent.class : Lookup.Partial.class);
            assertThat(BillFixture.write(sink, create)).isInstanceOf(WriteOutcome.Applied.class);
            assertThat(sink.find(create)).isInstanceOf(Lookup.Found.class);
        }
        assertThat(fixture.invoices()).hasSize(steps);
        assertThat(fixture.lines()).hasSize(2 * steps);
        assertThat(fixture.vouchers()).hasSize(steps);
        assertThat(fixture.voucherRows()).hasSize(4 * steps);
        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
    }

    @Test
    void completesAVoucherThatIsRefusedAfterItsInvoiceWasCreated() {
        fixture.sandbox.failNext(
                1,
                request -> request.isWrite() && request.path().endsWith("/VoucherSet"),
                IfsFault.businessError("20110", "Voucher.NOTALLOWED: User group AC may not use voucher type I."));

        Bill bill = BillFixture.bill(1).build();
        assertThat(reason(post(bill)))
                .contains("User group AC may not use voucher type I.")
                .contains("the supplier invoice 10|700001|1 was created with its lines up to 2")
                .contains("a replay of stampli/bills/10|V1001|00-1 completes it");

        assertThat(post(bill)).isInstanceOf(WriteOutcome.Applied.class);
        assertWholeAndSingle();
    }

    private void assertWholeAndSingle() {
        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.lines()).hasSize(2);
        assertThat(fixture.vouchers()).hasSize(1);
        assertThat(fixture.voucherRows()).hasSize(4);
        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
    }

    @Test
    void writesACreditMemoWithTheSidesTurned() {
        Bill refund = BillFixture.bill(1)
                .lines(List.of(BillFixture.line(1, "-80.00", "06100", "CC-100", "V19", "-15.20")))
                .net(Money.of("-80.00", "EUR"))
                .tax(Money.of("-15.20", "EUR"))
                .total(Money.of("-95.20", "EUR"))
                .build();

        WriteOutcome outcome = post(refund);

        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(fixture.invoices().get(0).text("InvoiceType")).isEqualTo("SUPPCREDIT");
        assertThat(fixture.invoices().get(0).decimal("GrossAmount")).isEqualByComparingTo("-95.20");
        assertThat(fixture.voucherRows())
                .extracting(row -> row.text("Account") + (row.has("CurrencyDebetAmount") ? " debit" : " credit"))
                .containsExactly("06100 credit", "2641 credit", "2440 debit");
        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
        assertThat(fixture.<Bill>sink("bills").find(fixture.create(refund))).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void balancesTheBooksToTheCentInAnotherCurrency() {
        Bill bill = BillFixture.bill(1)
                .attributes(Attributes.of(Map.of("exchangeRate", "0.92345678")))
                .lines(List.of(dollars(1, "33.33", "6.33"), dollars(2, "33.33", "6.33"), dollars(3, "33.34", "6.34")))
                .net(Money.of("100.00", "USD"))
                .tax(Money.of("19.00", "USD"))
                .total(Money.of("119.00", "USD"))
                .build();

        assertThat(post(bill)).isInstanceOf(WriteOutcome.Applied.class);

        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
        assertThat(fixture.balance("DebitAmount", "CreditAmount")).isZero();
        assertThat(fixture.voucherRows().get(4).decimal("CreditAmount")).isEqualByComparingTo("109.89");
        assertThat(fixture.voucherRows().get(0).decimal("CurrencyRate")).isEqualByComparingTo("0.92345678");
    }

    private static LineItem dollars(int number, String net, String tax) {
        return new LineItem(
                Integer.toString(number),
                "Bearings",
                null,
                null,
                null,
                Money.of(net, "USD"),
                new LineTax("V19", null, Money.of(tax, "USD")),
                null,
                null,
                new GlCoding("4010", "CC-100", Map.of()));
    }

    @Test
    void givesTheCentThatRoundingLeftOverToTheLargestLine() {
        Bill bill = BillFixture.bill(1)
                .lines(List.of(
                        BillFixture.line(1, "1199.99", "06100", "CC-100", "V19", "228.00"),
                        BillFixture.line(2, "300.00", "4010", "CC-200", "V19", "57.01")))
                .build();

        assertThat(post(bill)).isInstanceOf(WriteOutcome.Applied.class);

        assertThat(fixture.lines().get(0).decimal("CurrAmount")).isEqualByComparingTo("1200.00");
        assertThat(fixture.lines().stream()
                        .map(row -> row.decimal("VatCurrAmount"))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("285.00");
        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
    }

    @Test
    void reportsAPurchaseOrderOfAnotherSupplierAndCurrency() {
        Bill bill = BillFixture.bill(1)
                .purchaseOrderNumber(fixture.data.purchaseOrders().get(1).number())
                .build();
        fixture.sandbox.patch("PurchaseOrderSet", Map.of("OrderNo", "PO-5501", "CurrencyCode", "NOK"));

        assertThat(reason(post(bill)))
                .contains("the purchase order PO-5501 has the supplier 'V1002', the bill has 'V1001'")
                .contains("the purchase order PO-5501 has the currency 'NOK', the bill has 'EUR'");
    }

    @Test
    void goesOnWithoutPurchaseOrdersThatAreOutOfReach() {
        fixture.sandbox.revoke("main/ifsapplications/projection/v1/PurchaseOrderHandling.svc");

        WriteOutcome outcome =
                post(BillFixture.bill(1).purchaseOrderNumber("PO-5501").build());

        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(fixture.invoices().get(0).text("PoRefNumber")).isEqualTo("PO-5501");
    }

    @Test
    void refusesWhatIsNotApproved() {
        assertThat(reason(
                        post(BillFixture.bill(1).approval(Bill.Approval.VOIDED).build())))
                .contains("only approved bills are posted, and this one is VOIDED");
        assertThat(fixture.invoices()).isEmpty();
    }

    @Test
    void refusesADimensionThatNoCodePartIsNamedFor() {
        Bill bill = BillFixture.bill(1)
                .lines(List.of(coded(Map.of("project", "P-77"))))
                .build();
        assertThat(reason(post(bill))).contains("line 1 has the dimension project 'P-77', and the setting dimensions");

        fixture.connection.with("dimensions", Map.of("project", "CodeF", "class", "none"));
        Bill known = BillFixture.bill(1)
                .lines(List.of(coded(Map.of("project", "P-77", "class", "x"))))
                .build();

        assertThat(post(known)).isInstanceOf(WriteOutcome.Applied.class);
        assertThat(fixture.lines().get(0).text("CodeF")).isEqualTo("P-77");
        assertThat(fixture.voucherRows().get(0).text("CodeF")).isEqualTo("P-77");
    }

    private static LineItem coded(Map<String, String> dimensions) {
        return new LineItem(
                "1",
                "Air freight",
                null,
                null,
                null,
                Money.of("1500.00", "EUR"),
                new LineTax("V19", null, Money.of("285.00", "EUR")),
                null,
                null,
                new GlCoding("4010", "CC-100", dimensions));
    }

    @Test
    void refusesACorrectionOfWhatIsBookedAndTellsWhatDiffers() {
        Bill bill = BillFixture.bill(1).build();
        TargetRef target = ((WriteOutcome.Applied) post(bill)).target();
        fixture.clock.sleep(Duration.ofMinutes(5));
        Bill corrected = BillFixture.bill(1)
                .net(Money.of("1501.00", "EUR"))
                .total(Money.of("1786.00", "EUR"))
                .build();

        WriteOutcome outcome = BillFixture.write(
                fixture.<Bill>sink("bills"), fixture.update(corrected, target, "net", "total", "lines"));

        assertThat(reason(outcome))
                .contains("corrected after its supplier invoice 10|700001|1 was posted: lines, net, total changed")
                .contains("GrossAmount 1785");
        assertThat(fixture.invoices().get(0).decimal("GrossAmount")).isEqualByComparingTo("1785");
    }

    @Test
    void refusesToWithdrawAPostedInvoice() {
        TargetRef target = ((WriteOutcome.Applied) post(BillFixture.bill(1).build())).target();
        Bill voided = BillFixture.bill(1).approval(Bill.Approval.VOIDED).build();

        WriteOutcome outcome =
                BillFixture.write(fixture.<Bill>sink("bills"), fixture.update(voided, target, "approval"));

        assertThat(reason(outcome)).contains("is VOIDED at its source").contains("cancel that in IFS");
    }

    @Test
    void translatesCompaniesAndBooksInAnotherOne() {
        fixture.bills.put("companies", Map.of("PLANT-20", "20"));

        assertThat(post(BillFixture.bill(1).company("PLANT-20").build())).isInstanceOf(WriteOutcome.Applied.class);

        assertThat(fixture.invoices().get(0).text("Company")).isEqualTo("20");
        assertThat(fixture.vouchers().get(0).text("Company")).isEqualTo("20");
        assertThat(fixture.voucherRows()).allMatch(row -> row.text("Company").equals("20"));
    }
}
