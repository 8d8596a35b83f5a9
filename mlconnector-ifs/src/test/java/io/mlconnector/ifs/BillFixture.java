package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.ifs.IfsEntitySets;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsPayablesData;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A sandbox with all that supplier invoices refer to, a connection that posts them, and bills. All share one clock. */
final class BillFixture implements AutoCloseable {

    static final LocalDate TODAY = LocalDate.ofInstant(TestConnection.NOW, ZoneOffset.UTC);

    final ManualClock clock = new ManualClock(TestConnection.NOW);
    final Map<RecordKey, TargetRef> links = new ConcurrentHashMap<>();
    final References references = key -> Optional.ofNullable(links.get(key));
    final IfsPayablesData data = IfsPayablesData.seeded(7, TODAY, 5);
    final Map<String, Object> bills = new LinkedHashMap<>();
    final IfsSandbox sandbox;
    final TestConnection connection;

    private final Preset preset;
    private int writes;

    BillFixture(Preset preset) {
        this.preset = preset;
        var builder = IfsSandbox.builder().clock(clock);
        sandbox = (preset == Preset.CLOUD ? builder.addSets(IfsEntitySets.cloud()) : builder).start();
        data.loadInto(sandbox);
        bills.put("accounts", Map.of("payable", IfsPayablesData.PAYABLE_ACCOUNT, "tax", IfsPayablesData.TAX_ACCOUNT));
        connection = TestConnection.to(sandbox)
                .onClock(clock)
                .with("preset", preset == Preset.CLOUD ? "cloud" : "generic")
                .with("bills", bills);
        clock.sleep(Duration.ofMinutes(1));
    }

    <T extends BusinessRecord> Sink<T> sink(String entity) {
        return connection.sink(entity);
    }

    String invoiceSet() {
        return preset == Preset.CLOUD ? "ManSuppInvoiceSet" : "PostingProposalHeadSet";
    }

    String lineSet() {
        return preset == Preset.CLOUD ? "ManSuppInvoiceItemSet" : "PostingProposalRowSet";
    }

    static RecordKey key(int number) {
        return new RecordKey("stampli", "bills", "10|V1001|00-" + number);
    }

    static RecordKey vendor(String number) {
        return new RecordKey("stampli", "vendors", number);
    }

    static LineItem line(
            int number, String net, @Nullable String account, @Nullable String center, String code, String tax) {
        return new LineItem(
                Integer.toString(number),
                "Seal kits " + number,
                null,
                null,
                null,
                Money.of(net, "EUR"),
                new LineTax(code, null, Money.of(tax, "EUR")),
                null,
                null,
                new GlCoding(account, center, Map.of()));
    }

    /** A bill over 1500 and 285 of tax in two lines. */
    static Bill.Builder bill(int number) {
        return Bill.builder()
                .key(key(number))
                .number("00-" + number)
                .company("10")
                .vendor(vendor("V1001"))
                .issuedOn(TODAY.minusDays(10))
                .dueOn(TODAY.plusDays(20))
                .lines(List.of(
                        line(1, "1200.00", "06100", "CC-100", "V19", "228.00"),
                        line(2, "300.00", "4010", "CC-200", "V19", "57.00")))
                .net(Money.of("1500.00", "EUR"))
                .tax(Money.of("285.00", "EUR"))
                .total(Money.of("1785.00", "EUR"))
                .memo("second delivery, \"urgent\"")
                .approval(Bill.Approval.APPROVED)
                .paymentStatus(Bill.PaymentStatus.OPEN);
    }

    <T extends BusinessRecord> Write.Create<T> create(T record) {
        return new Write.Create<>(record, nextKey(), references, clock.instant(), null);
    }

    <T extends BusinessRecord> Write.Update<T> update(T record, TargetRef target, String... fields) {
        return new Write.Update<>(record, target, Set.of(fields), nextKey(), references, clock.instant());
    }

    private IdempotencyKey nextKey() {
        return new IdempotencyKey("test-" + ++writes);
    }

    static <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, Write<T> write) {
        return sink.write(List.of(write)).get(0);
    }

    List<IfsRow> invoices() {
        return sandbox.rows(invoiceSet());
    }

    List<IfsRow> lines() {
        return sandbox.rows(lineSet());
    }

    List<IfsRow> vouchers() {
        return sandbox.rows("VoucherSet");
    }

    List<IfsRow> voucherRows() {
        return sandbox.rows("VoucherRowSet");
    }

    /** Debits less credits over all rows. */
    BigDecimal balance(String debit, String credit) {
        BigDecimal balance = BigDecimal.ZERO;
        for (IfsRow row : voucherRows()) {
            balance = row.has(debit) ? balance.add(row.decimal(debit)) : balance;
            balance = row.has(credit) ? balance.subtract(row.decimal(credit)) : balance;
        }
        return balance;
    }

    void loseAnswerOf(String set) {
        sandbox.failNext(1, request -> request.isWrite() && request.path().endsWith("/" + set), IfsFault.answerLost());
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
