package io.mlconnector.ifs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.Bill;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BillCorrectionTest {

    private static final String[] CHANGED = {"net", "tax", "total", "lines", "attributes"};

    private final List<IfsRow> ledger = new ArrayList<>();
    private BillFixture fixture = new BillFixture(Preset.GENERIC);

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void use(Preset preset, String corrections) {
        fixture.close();
        fixture = new BillFixture(preset);
        fixture.bills.put("corrections", corrections);
    }

    private TargetRef posted(Bill bill) {
        TargetRef target = applied(BillFixture.write(fixture.<Bill>sink("bills"), fixture.create(bill)));
        fixture.clock.sleep(Duration.ofMinutes(5));
        return target;
    }

    private WriteOutcome update(Bill bill, TargetRef target, String... fields) {
        return BillFixture.write(fixture.<Bill>sink("bills"), fixture.update(bill, target, fields));
    }

    private static TargetRef applied(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        return ((WriteOutcome.Applied) outcome).target();
    }

    private static String reason(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Rejected.class);
        return ((WriteOutcome.Rejected) outcome).reason();
    }

    /** One line where there were two, on other accounts: over 1600 and 304 of tax. */
    private static Bill.Builder shorter(int number) {
        return BillFixture.bill(number)
                .lines(List.of(BillFixture.line(1, "1600.00", "4020", "CC-300", "V19", "304.00")))
                .net(Money.of("1600.00", "EUR"))
                .tax(Money.of("304.00", "EUR"))
                .total(Money.of("1904.00", "EUR"));
    }

    /** Three lines where there were two: over 1700.01 and 304 of tax. */
    private static Bill.Builder longer(int number) {
        return BillFixture.bill(number)
                .lines(List.of(
                        BillFixture.line(1, "1200.00", "06100", "CC-100", "V19", "228.00"),
                        BillFixture.line(2, "400.00", "4010", "CC-200", "V19", "76.00"),
                        BillFixture.line(3, "100.01", "4030", null, "V0", "0.00")))
                .net(Money.of("1700.01", "EUR"))
                .tax(Money.of("304.00", "EUR"))
                .total(Money.of("2004.01", "EUR"))
                .memo("third delivery");
    }

    private static Bill voided(int number) {
        return BillFixture.bill(number).approval(Bill.Approval.VOIDED).build();
    }

    private String total() {
        return fixture.invoiceSet().equals("ManSuppInvoiceSet") ? "GrossCurrAmount" : "GrossAmount";
    }

    private String lineNet() {
        return fixture.invoiceSet().equals("ManSuppInvoiceSet") ? "NetCurrAmount" : "CurrAmount";
    }

    private static BigDecimal sum(List<IfsRow> rows, String column) {
        return rows.stream()
                .filter(row -> row.has(column))
                .map(row -> row.decimal(column))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal owed() {
        BigDecimal owed = BigDecimal.ZERO;
        for (IfsRow row : fixture.voucherRows()) {
            if (row.text("Account").equals("2440")) {
                owed = row.has("CurrencyCreditAmount") ? owed.add(row.decimal("CurrencyCreditAmount")) : owed;
                owed = row.has("CurrencyDebetAmount") ? owed.subtract(row.decimal("CurrencyDebetAmount")) : owed;
            }
        }
        return owed;
    }

    private BigDecimal spent(String account) {
        BigDecimal spent = BigDecimal.ZERO;
        for (IfsRow row : fixture.voucherRows()) {
            if (row.text("Account").equals(account)) {
                spent = row.has("CurrencyDebetAmount") ? spent.add(row.decimal("CurrencyDebetAmount")) : spent;
                spent = row.has("CurrencyCreditAmount") ? spent.subtract(row.decimal("CurrencyCreditAmount")) : spent;
            }
        }
        return spent;
    }

    private void assertBooks(String total, String net) {
        assertThat(sum(fixture.invoices(), total())).isEqualByComparingTo(total);
        assertThat(sum(fixture.lines(), lineNet())).isEqualByComparingTo(net);
        assertThat(owed()).isEqualByComparingTo(total);
        assertThat(sum(fixture.vouchers(), "GrossCurrAmount")).isEqualByComparingTo(total);
        assertThat(fixture.balance("CurrencyDebetAmount", "CurrencyCreditAmount"))
                .isZero();
        assertThat(fixture.balance("DebitAmount", "CreditAmount")).isZero();
        for (IfsRow voucher : fixture.vouchers()) {
            BigDecimal balance = fixture.voucherRows().stream()
                    .filter(row -> row.number("VoucherNo") == voucher.number("VoucherNo"))
                    .map(row -> (row.has("DebitAmount") ? row.decimal("DebitAmount") : BigDecimal.ZERO)
                            .subtract(row.has("CreditAmount") ? row.decimal("CreditAmount") : BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(balance).isZero();
        }
    }

    /** The states that IFS gives to what is booked; its vouchers leave the hold table. */
    private void book() {
        for (IfsRow row : fixture.invoices()) {
            var key = new HashMap<String, Object>(
                    Map.of("Company", row.text("Company"), "InvoiceId", row.number("InvoiceId"), "Objstate", "Posted"));
            if (row.has("ProposalId")) {
                key.put("ProposalId", row.number("ProposalId"));
            }
            fixture.sandbox.patch(fixture.invoiceSet(), key);
        }
        for (IfsRow row : fixture.voucherRows()) {
            ledger.add(row);
            fixture.sandbox.delete(
                    "VoucherRowSet",
                    row.text("Company"),
                    row.text("VoucherType"),
                    row.number("AccountingYear"),
                    row.number("VoucherNo"),
                    row.number("RowNo"));
        }
        for (IfsRow row : fixture.vouchers()) {
            fixture.sandbox.delete(
                    "VoucherSet",
                    row.text("Company"),
                    row.text("VoucherType"),
                    row.number("AccountingYear"),
                    row.number("VoucherNo"));
        }
        fixture.clock.sleep(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void changesAnUnpostedInvoiceWithItsVoucher(Preset preset) {
        use(preset, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());

        applied(update(longer(1).build(), target, CHANGED));

        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.lines()).hasSize(3);
        assertThat(fixture.vouchers()).hasSize(1);
        assertThat(fixture.voucherRows()).hasSize(5);
        assertBooks("2004.01", "1700.01");
        assertThat(spent("4030")).isEqualByComparingTo("100.01");
        assertThat(fixture.invoices().get(0).text(preset == Preset.CLOUD ? "VoucherText" : "NoteText"))
                .isEqualTo("third delivery");
        fixture.sandbox
                .rows("PostingProposalHeadSet")
                .forEach(row -> assertThat(row.decimal("GrossAmount")).isEqualByComparingTo("2004.01"));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void leavesNothingInRowsThatTheCorrectedBillNoLongerHas(Preset preset) {
        use(preset, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());

        applied(update(shorter(1).build(), target, CHANGED));

        assertThat(fixture.lines()).hasSize(2);
        assertThat(fixture.lines().get(1).decimal(lineNet())).isZero();
        assertThat(fixture.voucherRows()).hasSize(4);
        assertBooks("1904", "1600");
        assertThat(spent("4020")).isEqualByComparingTo("1600");
        assertThat(spent("06100")).isZero();
        assertThat(spent("4010")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void bringsAnUnpostedInvoiceToNothingWhenItIsVoidedAndBackWhenItIsApprovedAgain(Preset preset) {
        use(preset, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());

        applied(update(voided(1), target, "approval", "attributes"));

        assertBooks("0", "0");
        assertThat(fixture.invoices().get(0).text(preset == Preset.CLOUD ? "VoucherText" : "NoteText"))
                .isEqualTo("Voided at its source");
        fixture.clock.sleep(Duration.ofMinutes(5));
        applied(update(BillFixture.bill(1).build(), target, "approval", "attributes"));
        assertBooks("1785", "1500");
        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.voucherRows()).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void completesAChangeAfterAKillAtEachStep(Preset preset) {
        use(preset, "update-if-unposted");
        int steps = 0;
        for (boolean cut = true; cut; ) {
            int last = ++steps;
            TargetRef target = posted(BillFixture.bill(last).build());
            Write.Update<Bill> update = fixture.update(longer(last).build(), target, CHANGED);
            cutFrom(last);

            WriteOutcome first = BillFixture.write(fixture.<Bill>sink("bills"), update);
            fixture.sandbox.stopFailing();
            cut = !(first instanceof WriteOutcome.Applied);
            Sink<Bill> sink = fixture.sink("bills");
            if (cut) {
                assertThat(first).as("step " + last).isInstanceOf(WriteOutcome.Ambiguous.class);
                assertThat(sink.find(update)).as("step " + last).isInstanceOf(Lookup.Partial.class);
                assertThat(applied(BillFixture.write(sink, update)).id()).isEqualTo(target.id());
            }
            assertThat(sink.find(update)).isInstanceOf(Lookup.Found.class);
        }
        // the voucher, the rows that differ and the new one, the lines likewise, the proposal of a live system, the
        // invoice
        assertThat(steps - 1).isEqualTo(preset == Preset.CLOUD ? 9 : 8);
        assertThat(fixture.invoices()).hasSize(steps);
        assertThat(fixture.lines()).hasSize(3 * steps);
        assertThat(fixture.vouchers()).hasSize(steps);
        assertThat(fixture.voucherRows()).hasSize(5 * steps);
        assertBooks(
                new BigDecimal("2004.01").multiply(BigDecimal.valueOf(steps)).toString(),
                new BigDecimal("1700.01").multiply(BigDecimal.valueOf(steps)).toString());
    }

    private void cutFrom(int step) {
        int[] written = {0};
        fixture.sandbox.failNext(
                100, request -> request.isWrite() && ++written[0] >= step, IfsFault.connectionDropped());
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void completesAChangeWhoseAnswersAreLost(Preset preset) {
        use(preset, "update-if-unposted");
        var sets = new TreeSet<>(Set.of("PostingProposalHeadSet", "VoucherSet", "VoucherRowSet"));
        sets.add(fixture.invoiceSet());
        sets.add(fixture.lineSet());
        int number = 0;
        for (String set : sets) {
            TargetRef target = posted(BillFixture.bill(++number).build());
            Write.Update<Bill> update = fixture.update(longer(number).build(), target, CHANGED);
            fixture.sandbox.failNext(
                    1, request -> request.isWrite() && request.path().contains("/" + set), IfsFault.answerLost());

            BillFixture.write(fixture.<Bill>sink("bills"), update);

            applied(BillFixture.write(fixture.<Bill>sink("bills"), update));
            assertThat(fixture.<Bill>sink("bills").find(update)).isInstanceOf(Lookup.Found.class);
        }
        assertThat(fixture.lines()).hasSize(3 * number);
        assertThat(fixture.voucherRows()).hasSize(5 * number);
        assertBooks(
                new BigDecimal("2004.01").multiply(BigDecimal.valueOf(number)).toString(),
                new BigDecimal("1700.01").multiply(BigDecimal.valueOf(number)).toString());
    }

    @Test
    void overwritesNothingThatSomebodyElseChangesMeanwhile() {
        use(Preset.GENERIC, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());
        Write.Update<Bill> update = fixture.update(shorter(1).build(), target, CHANGED);
        IfsRow row = fixture.voucherRows().get(0);
        var text = new HashMap<String, Object>(Map.of("Text", "mended by hand"));
        List.of("Company", "VoucherType", "AccountingYear", "VoucherNo", "RowNo")
                .forEach(column -> text.put(column, row.values().get(column)));
        fixture.sandbox.failNext(
                1,
                request -> request.isWrite(),
                IfsFault.overtakenBy(() -> fixture.sandbox.patch("VoucherRowSet", text)));

        assertThat(BillFixture.write(fixture.<Bill>sink("bills"), update)).isInstanceOf(WriteOutcome.Conflicted.class);

        assertBooks("1785", "1500");
        assertThat(fixture.voucherRows().get(0).text("Text")).isEqualTo("mended by hand");
    }

    @Test
    void movesAnUnpostedVoucherToAnotherDayOfItsYearOnly() {
        use(Preset.GENERIC, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());
        String day = BillFixture.TODAY.minusDays(3).toString();

        applied(update(onDay(day), target, "attributes"));

        assertThat(fixture.vouchers().get(0).date("VoucherDate")).isEqualTo(day);
        assertBooks("1785", "1500");
        assertThat(reason(update(onDay("2025-12-30"), target, "attributes")))
                .contains("its voucher 10|I|2026|1 cannot move to the year 2025 of 2025-12-30");
    }

    private static Bill onDay(String day) {
        return BillFixture.bill(1)
                .attributes(Attributes.of(Map.of("glDate", day)))
                .build();
    }

    @ParameterizedTest
    @EnumSource(value = Corrections.class, names = "REJECT", mode = EnumSource.Mode.EXCLUDE)
    void leavesACodingThatIsMendedInIfsAloneWhileAmountsAndLinesStay(Corrections corrections) {
        use(Preset.GENERIC, corrections.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        TargetRef target = posted(BillFixture.bill(1).build());
        IfsRow line = fixture.lines().get(0);
        fixture.sandbox.patch(
                "PostingProposalRowSet",
                Map.of(
                        "Company", "10",
                        "InvoiceId", line.number("InvoiceId"),
                        "ProposalId", line.number("ProposalId"),
                        "RowNo", line.number("RowNo"),
                        "Account", "4050"));
        Bill approvedAgain = BillFixture.bill(1)
                .attributes(Attributes.of(Map.of("approver", "somebody else")))
                .build();

        applied(update(approvedAgain, target, "attributes"));

        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.lines().get(0).text("Account")).isEqualTo("4050");
    }

    @Test
    void writesNothingWhenTheSameCorrectionComesAgain() {
        use(Preset.GENERIC, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());
        applied(update(shorter(1).build(), target, CHANGED));
        List<IfsRow> rows = fixture.voucherRows();
        fixture.clock.sleep(Duration.ofMinutes(5));
        fixture.sandbox.failNext(1, request -> request.isWrite(), IfsFault.connectionDropped());

        applied(update(shorter(1).build(), target, CHANGED));

        fixture.sandbox.stopFailing();
        assertThat(fixture.voucherRows()).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void refusesToChangeWhatIsBookedAndTellsBothAmounts(Preset preset) {
        use(preset, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());
        book();

        String reason = reason(update(shorter(1).build(), target, CHANGED));

        assertThat(reason)
                .contains("1904.00 EUR): corrected to 1904.00 EUR after its supplier invoice " + target.id()
                        + " was booked over 1785")
                .contains("the invoice is Posted, its voucher is no longer among those that wait for the ledger")
                .contains("correct or cancel it in IFS");
        assertThat(reason(update(voided(1), target, "approval"))).contains("voided after its supplier invoice");
        assertThat(fixture.invoices().get(0).decimal(total())).isEqualByComparingTo("1785");
    }

    @Test
    void refusesToChangeAVoucherThatIsApproved() {
        use(Preset.GENERIC, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());
        IfsRow voucher = fixture.vouchers().get(0);
        fixture.sandbox.patch(
                "VoucherSet",
                Map.of(
                        "Company", "10",
                        "VoucherType", "I",
                        "AccountingYear", voucher.number("AccountingYear"),
                        "VoucherNo", voucher.number("VoucherNo"),
                        "Objstate", "Approved"));

        assertThat(reason(update(shorter(1).build(), target, CHANGED))).contains("its voucher 10|I|2026|1 is Approved");
        assertBooks("1785", "1500");

        fixture.bills.put("changeable", List.of("Preliminary", "AwaitingApproval", "Approved"));
        applied(update(shorter(1).build(), target, CHANGED));
        assertBooks("1904", "1600");
    }

    @Test
    void changesNothingIfTheCorrectedBillIsWrong() {
        use(Preset.GENERIC, "update-if-unposted");
        TargetRef target = posted(BillFixture.bill(1).build());
        Bill wrong = shorter(1)
                .lines(List.of(BillFixture.line(1, "1600.00", "9999", "CC-300", "V19", "304.00")))
                .build();

        assertThat(reason(update(wrong, target, CHANGED))).contains("the account '9999' (line 1) does not exist");
        assertBooks("1785", "1500");
    }

    @Test
    void leavesAnInvoiceAloneThatWasEnteredByHand() {
        for (String corrections : List.of("update-if-unposted", "reverse-and-repost")) {
            use(Preset.GENERIC, corrections);
            fixture.sandbox.put(
                    "PostingProposalHeadSet",
                    Map.of(
                            "Company", "10",
                            "InvoiceId", 5,
                            "ProposalId", 1,
                            "Identity", "V1001",
                            "InvoiceNo", "00-1",
                            "SeriesId", "SI",
                            "Currency", "EUR",
                            "GrossAmount", "1785.00"));
            TargetRef target = posted(BillFixture.bill(1).build());

            assertThat(reason(update(shorter(1).build(), target, CHANGED)))
                    .contains("10|5|1 was entered by hand, and is corrected by hand; it is over 1785");
        }
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void takesABookedInvoiceBackAndPostsTheCorrectedBill(Preset preset) {
        use(preset, "reverse-and-repost");
        TargetRef target = posted(BillFixture.bill(1).build());
        book();

        TargetRef corrected = applied(update(shorter(1).build(), target, CHANGED));

        assertThat(fixture.invoices())
                .extracting(row -> row.text("InvoiceNo") + " " + row.text("InvoiceType") + " "
                        + row.decimal(total()).stripTrailingZeros().toPlainString())
                .containsExactly("00-1 SUPPINV 1785", "00-1-R SUPPCREDIT -1785", "00-1-C1 SUPPINV 1904");
        assertThat(fixture.invoices())
                .extracting(row -> row.text("Cf_Source_Reference"))
                .containsExactly(
                        "stampli/10|V1001|00-1",
                        "stampli/10|V1001|00-1 (reversal of revision 0)",
                        "stampli/10|V1001|00-1 (revision 1)");
        assertThat(fixture.invoices().get(1).text(preset == Preset.CLOUD ? "VoucherText" : "NoteText"))
                .isEqualTo("Reverses 00-1 (" + target.id() + ")");
        assertThat(corrected.id()).startsWith("10|" + fixture.invoices().get(2).number("InvoiceId"));
        assertThat(fixture.vouchers()).hasSize(2);
        putLedgerBack();
        assertThat(owed()).isEqualByComparingTo("1904");
        assertThat(spent("06100")).isZero();
        assertThat(spent("4010")).isZero();
        assertThat(spent("4020")).isEqualByComparingTo("1600");
        assertThat(spent("2641")).isEqualByComparingTo("304");
        assertThat(fixture.balance("DebitAmount", "CreditAmount")).isZero();
    }

    private void putLedgerBack() {
        ledger.forEach(row -> {
            var values = new HashMap<String, Object>(row.values());
            values.put("VoucherNo", row.number("VoucherNo") + 1_000);
            fixture.sandbox.put("VoucherRowSet", values);
        });
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void takesAVoidedInvoiceBackOnceAndPostsItAnewWhenItIsApprovedAgain(Preset preset) {
        use(preset, "reverse-and-repost");
        TargetRef target = posted(BillFixture.bill(1).build());

        assertThat(applied(update(voided(1), target, "approval")).id()).isEqualTo(target.id());
        assertThat(applied(update(voided(1), target, "approval")).id()).isEqualTo(target.id());

        assertThat(fixture.invoices()).hasSize(2);
        assertBooks("0", "0");
        applied(update(BillFixture.bill(1).build(), target, "approval"));
        assertThat(fixture.invoices()).hasSize(3);
        assertBooks("1785", "1500");
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void completesAReversalAfterAKillAtEachStep(Preset preset) {
        use(preset, "reverse-and-repost");
        int steps = 0;
        for (boolean cut = true; cut; ) {
            int last = ++steps;
            TargetRef target = posted(BillFixture.bill(last).build());
            Write.Update<Bill> update = fixture.update(shorter(last).build(), target, CHANGED);
            cutFrom(last);

            WriteOutcome first = BillFixture.write(fixture.<Bill>sink("bills"), update);
            fixture.sandbox.stopFailing();
            cut = !(first instanceof WriteOutcome.Applied);
            Sink<Bill> sink = fixture.sink("bills");
            if (cut) {
                assertThat(first).as("step " + last).isInstanceOf(WriteOutcome.Ambiguous.class);
                assertThat(sink.find(update))
                        .as("step " + last)
                        .isInstanceOf(last == 1 ? Lookup.Absent.class : Lookup.Partial.class);
                applied(BillFixture.write(sink, update));
            }
            assertThat(sink.find(update)).isInstanceOf(Lookup.Found.class);
            assertThat(((Lookup.Found) sink.find(update)).target().id()).isNotEqualTo(target.id());
        }
        // the credit memo with its two lines, its voucher and four rows, the new invoice with one line and three rows
        assertThat(steps - 1).isEqualTo(preset == Preset.CLOUD ? 16 : 14);
        assertThat(fixture.invoices()).hasSize(3 * steps);
        assertThat(fixture.lines()).hasSize(5 * steps);
        assertThat(fixture.vouchers()).hasSize(3 * steps);
        assertThat(fixture.voucherRows()).hasSize(11 * steps);
        assertBooks(Integer.toString(1904 * steps), Integer.toString(1600 * steps));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void completesAReversalWhoseAnswersAreLost(Preset preset) {
        use(preset, "reverse-and-repost");
        var sets = new TreeSet<>(Set.of("PostingProposalHeadSet", "VoucherSet", "VoucherRowSet"));
        sets.add(fixture.invoiceSet());
        sets.add(fixture.lineSet());
        int number = 0;
        for (String set : sets) {
            TargetRef target = posted(BillFixture.bill(++number).build());
            Write.Update<Bill> update = fixture.update(shorter(number).build(), target, CHANGED);
            fixture.loseAnswerOf(set);

            assertThat(BillFixture.write(fixture.<Bill>sink("bills"), update))
                    .isInstanceOf(WriteOutcome.Ambiguous.class);

            Sink<Bill> sink = fixture.sink("bills");
            assertThat(sink.find(update)).isInstanceOf(Lookup.Partial.class);
            applied(BillFixture.write(sink, update));
        }
        assertThat(fixture.invoices()).hasSize(3 * number);
        assertBooks(Integer.toString(1904 * number), Integer.toString(1600 * number));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void correctsACorrectionAndKnowsItWhenItComesAgain(Preset preset) {
        use(preset, "reverse-and-repost");
        TargetRef first = posted(BillFixture.bill(1).build());
        TargetRef second = applied(update(shorter(1).build(), first, CHANGED));
        TargetRef third = applied(update(longer(1).build(), second, CHANGED));

        // by the newest link, and by those that a lost ledger may still have
        for (TargetRef link : List.of(third, second, first)) {
            assertThat(applied(update(longer(1).build(), link, CHANGED)).id()).isEqualTo(third.id());
        }

        assertThat(fixture.invoices())
                .extracting(row -> row.text("InvoiceNo"))
                .containsExactly("00-1", "00-1-R", "00-1-C1", "00-1-C1-R", "00-1-C2");
        assertBooks("2004.01", "1700.01");
    }

    @Test
    void changesNoInvoiceThatAReversalHasLedTo() {
        use(Preset.GENERIC, "reverse-and-repost");
        TargetRef second =
                applied(update(shorter(1).build(), posted(BillFixture.bill(1).build()), CHANGED));
        fixture.bills.put("corrections", "update-if-unposted");

        assertThat(reason(update(voided(1), second, "approval")))
                .contains("over 1904")
                .contains("comes from stampli/10|V1001|00-1 (revision 1)");

        assertBooks("1904", "1600");
    }

    @Test
    void takesBackWhatIsLeftOfABillThatIsVoidedAfterItsReversalWasRefusedHalfway() {
        use(Preset.GENERIC, "reverse-and-repost");
        TargetRef target = posted(BillFixture.bill(1).build());
        int[] written = {0};
        fixture.sandbox.failNext(
                1,
                request -> request.isWrite() && ++written[0] == 9,
                IfsFault.businessError("20110", "Invoice.NOTALLOWED: No more invoices today."));
        assertThat(reason(update(shorter(1).build(), target, CHANGED)))
                .contains("No more invoices today.")
                .contains("the supplier invoice " + target.id() + " was taken back")
                .contains("completes it");

        applied(update(voided(1), target, CHANGED));

        assertThat(fixture.invoices()).hasSize(2);
        assertBooks("0", "0");
    }

    @Test
    void writesNothingIfTheCorrectedBillOrTheDayIsWrong() {
        use(Preset.GENERIC, "reverse-and-repost");
        TargetRef target = posted(BillFixture.bill(1).build());
        Bill wrong = shorter(1)
                .lines(List.of(BillFixture.line(1, "1600.00", "9999", "CC-300", "V19", "304.00")))
                .build();
        Bill late = BillFixture.bill(1)
                .approval(Bill.Approval.VOIDED)
                .attributes(Attributes.of(Map.of("glDate", "2024-12-31")))
                .build();

        assertThat(reason(update(wrong, target, CHANGED))).contains("the account '9999' (line 1) does not exist");
        assertThat(reason(update(late, target, "approval")))
                .contains("the accounting period of 2024-12-31 in company 10 is Closed");
        assertThat(fixture.invoices()).hasSize(1);
    }

    @Test
    void refusesToTakeBackWhatIsCancelled() {
        use(Preset.GENERIC, "reverse-and-repost");
        TargetRef target = posted(BillFixture.bill(1).build());
        IfsRow row = fixture.invoices().get(0);
        fixture.sandbox.patch(
                "PostingProposalHeadSet",
                Map.of(
                        "Company",
                        "10",
                        "InvoiceId",
                        row.number("InvoiceId"),
                        "ProposalId",
                        row.number("ProposalId"),
                        "Objstate",
                        "Cancelled"));

        assertThat(reason(update(shorter(1).build(), target, CHANGED)))
                .contains("cannot be taken back: it is Cancelled already");
        assertThat(fixture.invoices()).hasSize(1);
    }

    @Test
    void takesBackToTheCentInAnotherCurrencyWithCodePartsAndTranslatedTaxCodes() {
        use(Preset.GENERIC, "reverse-and-repost");
        fixture.bills.put("taxCodes", Map.of("full", "V19"));
        fixture.connection.with("dimensions", Map.of("project", "CodeF"));
        TargetRef target = posted(dollars("33.33", "6.33").build());

        applied(update(dollars("33.34", "6.34").build(), target, CHANGED));

        assertThat(fixture.invoices()).hasSize(3);
        assertThat(fixture.lines())
                .extracting(row -> row.text("CodeF") + " " + row.text("VatCode"))
                .containsOnly("P-77 V19");
        assertBooks("119.04", "100.02");
        assertThat(spent("4010")).isEqualByComparingTo("100.02");
    }

    private static Bill.Builder dollars(String net, String tax) {
        return BillFixture.bill(1)
                .attributes(Attributes.of(Map.of("exchangeRate", "0.92345678")))
                .lines(List.of(dollars(1, net, tax), dollars(2, net, tax), dollars(3, net, tax)))
                .net(times(net))
                .tax(times(tax))
                .total(times(net).plus(times(tax)));
    }

    private static Money times(String amount) {
        return new Money(new BigDecimal(amount).multiply(BigDecimal.valueOf(3)), "USD");
    }

    private static LineItem dollars(int number, String net, String tax) {
        return new LineItem(
                Integer.toString(number),
                "Bearings",
                null,
                null,
                null,
                Money.of(net, "USD"),
                new LineTax("full", null, Money.of(tax, "USD")),
                null,
                null,
                new GlCoding("4010", "CC-100", Map.of("project", "P-77")));
    }

    @ParameterizedTest
    @EnumSource(Preset.class)
    void stillFollowsTheDueDateOfAPreliminaryInvoice(Preset preset) {
        use(preset, "reverse-and-repost");
        TargetRef target = posted(BillFixture.bill(1).build());
        Bill later = BillFixture.bill(1).dueOn(BillFixture.TODAY.plusDays(40)).build();

        assertThat(applied(update(later, target, "dueOn", "attributes")).id()).isEqualTo(target.id());

        assertThat(fixture.invoices()).hasSize(1);
        assertThat(fixture.invoices().get(0).date("DueDate")).isEqualTo(BillFixture.TODAY.plusDays(40));
    }

    @Test
    void opensNoSinkWhoseCorrectionsCouldNotBeFoundAgain() {
        use(Preset.GENERIC, "reverse-and-repost");
        fixture.bills.put("columns", Map.of("reference", "none"));

        assertThatThrownBy(() -> fixture.<Bill>sink("bills"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "bills.corrections needs a column for connections.ifs-test.bills.columns.reference");
    }
}
