package io.mlconnector.syspro;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.syspro.Posting;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A sandbox with a customer and invoices, and connections to it. */
final class Fixture implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-20T09:00:00Z");
    static final String CUSTOMER = "000000000000012";

    final SysproSandbox sandbox;
    final Map<String, Object> settings;
    final Map<String, Object> receipts = new LinkedHashMap<>();
    final Map<RecordKey, TargetRef> links = new HashMap<>();
    final References references = key -> Optional.ofNullable(links.get(key));
    final ManualClock clock = new ManualClock(NOW);
    private final List<Connector> open = new ArrayList<>();

    Fixture() {
        this(SysproSandbox.builder());
    }

    Fixture(SysproSandbox.Builder builder) {
        sandbox = builder.clock(clock).start();
        settings = sandbox.settings();
        settings.put("receipts", receipts);
        settings.put("since", "2026-01-01");
        customer(CUSTOMER, "Müller & Söhne <Kapstadt>");
    }

    Fixture with(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    Fixture receipt(String name, Object value) {
        receipts.put(name, value);
        return this;
    }

    void customer(String key, String name) {
        sandbox.put(
                "ArCustomer", Map.of("Customer", key, "Name", name, "Currency", "R", "SoldToAddr5", "South Africa"));
    }

    static String number(int number) {
        return "%015d".formatted(100_000 + number);
    }

    static String id(int number) {
        return CUSTOMER + "|" + number(number) + "|I";
    }

    /** An open invoice in rand with one line, and its link. */
    void invoice(int number, String total) {
        row(CUSTOMER, number(number), "I", total);
        links.put(document(number), TargetRef.of(id(number)));
    }

    void row(String customer, String invoice, String type, String total) {
        var row = new LinkedHashMap<String, Object>();
        row.put("Customer", customer);
        row.put("Invoice", invoice);
        row.put("DocumentType", type);
        row.put("InvoiceDate", "2026-03-12T00:00:00Z");
        row.put("TermsCode", "30");
        row.put("PostCurrency", "R");
        row.put("CurrencyValue", total);
        row.put("InvoiceBal1", total);
        row.put("TaxPortion", "0");
        row.put("SalesOrder", "");
        sandbox.put("ArInvoice", row);
    }

    void line(String customer, String invoice, int line, String net, String tax) {
        var row = new LinkedHashMap<String, Object>();
        row.put("TrnYear", "2026");
        row.put("TrnMonth", "03");
        row.put("Register", "00017");
        row.put("Invoice", invoice);
        row.put("SummaryLine", "00001");
        row.put("DetailLine", "%05d".formatted(line));
        row.put("Customer", customer);
        row.put("DocumentType", "I");
        row.put("StockCode", "B100-" + line);
        row.put("LineType", "1");
        row.put("TaxCode", "A");
        row.put("QtyInvoiced", "4");
        row.put("NetSalesValue", net);
        row.put("TaxValue", tax);
        sandbox.put("ArTrnDetail", row);
    }

    static RecordKey document(int number) {
        return new RecordKey("stripe", "invoices", "in_" + number);
    }

    static RecordKey paymentKey(int number) {
        return new RecordKey("stripe", "payments", "inpay_1Xy7Qk2LmA9pR0sT4abcdef" + number);
    }

    static Payment.Builder payment(int number, String amount) {
        return Payment.builder()
                .key(paymentKey(number))
                .allocations(List.of(
                        new Allocation(document(number), String.valueOf(100_000 + number), Money.of(amount, "ZAR"))))
                .amount(Money.of(amount, "ZAR"))
                .paidAt(Instant.parse("2026-03-14T10:00:00Z"))
                .method("card")
                .status(Payment.Status.SUCCEEDED);
    }

    static Refund.Builder refund(int number, String amount) {
        return Refund.builder()
                .key(new RecordKey("stripe", "refunds", "re_" + number))
                .payment(paymentKey(number))
                .amount(Money.of(amount, "ZAR"))
                .refundedAt(Instant.parse("2026-03-15T10:00:00Z"))
                .status(Refund.Status.SUCCEEDED);
    }

    static Dispute.Builder dispute(int number, String amount) {
        return Dispute.builder()
                .key(new RecordKey("stripe", "disputes", "du_" + number))
                .payment(paymentKey(number))
                .amount(Money.of(amount, "ZAR"))
                .openedAt(Instant.parse("2026-03-16T10:00:00Z"))
                .status(Dispute.Status.LOST);
    }

    Connector connect() {
        var context = new ConnectorContext("syspro", clock, clock, new Random(7));
        Connector connector = new SysproConnectorProvider().open(Settings.of("connections.syspro", settings), context);
        open.add(connector);
        return connector;
    }

    @SuppressWarnings("unchecked") // each test knows what its entity is
    <T extends BusinessRecord> Sink<T> sink(String entity) {
        return (Sink<T>) connect().sink(entity);
    }

    @SuppressWarnings("unchecked") // each test knows what its entity is
    <T extends BusinessRecord> Source<T> source(String entity) {
        return (Source<T>) connect().source(entity, SourceContext.EMPTY);
    }

    <T extends BusinessRecord> Write<T> create(T record) {
        return new Write.Create<>(
                record, new IdempotencyKey("create-" + record.key().id()), references, clock.instant(), null);
    }

    <T extends BusinessRecord> Write<T> update(T record, TargetRef target) {
        return new Write.Update<>(
                record,
                target,
                Set.of("status"),
                new IdempotencyKey("update-" + record.key().id()),
                references,
                clock.instant());
    }

    <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, Write<T> write) {
        return sink.write(List.of(write)).get(0);
    }

    static TargetRef applied(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Applied applied) {
            return applied.target();
        }
        throw new AssertionError("not applied: " + outcome);
    }

    /** What the engine does with a write without an answer: it looks, and sends again what is absent. */
    <T extends BusinessRecord> WriteOutcome settle(Sink<T> sink, Write<T> write) {
        WriteOutcome outcome = write(sink, write);
        for (int tries = 0; outcome instanceof WriteOutcome.Ambiguous && tries < 3; tries++) {
            clock.sleep(sink.settleTime());
            Lookup lookup = sink.find(write);
            if (lookup instanceof Lookup.Found found) {
                return new WriteOutcome.Applied(found.target(), null);
            }
            if (!(lookup instanceof Lookup.Absent)) {
                throw new AssertionError("neither there nor absent: " + lookup);
            }
            outcome = write(sink, write);
        }
        return outcome;
    }

    /** What was posted for a record, counted at SYSPRO. */
    List<Posting> postings(RecordKey key) {
        String end =
                key.id().length() <= 24 ? key.id() : key.id().substring(key.id().length() - 24);
        return sandbox.postings().stream()
                .filter(posting -> posting.reference().equals("S:" + end))
                .toList();
    }

    /** What a source delivered until it was caught up. */
    record Delivered<T extends BusinessRecord>(List<Change<T>> changes, List<Malformed> malformed, Position next) {

        List<T> records() {
            return changes.stream().map(Change::record).toList();
        }
    }

    static <T extends BusinessRecord> Delivered<T> drain(Source<T> source, Position from) {
        var changes = new ArrayList<Change<T>>();
        var malformed = new ArrayList<Malformed>();
        Position position = from;
        for (int pages = 0; pages < 10_000; pages++) {
            Page<T> page = source.poll(position);
            changes.addAll(page.changes());
            malformed.addAll(page.malformed());
            position = page.next();
            if (page.last()) {
                return new Delivered<>(changes, malformed, position);
            }
        }
        throw new AssertionError("the source is never caught up");
    }

    @Override
    public void close() {
        open.forEach(Connector::close);
        sandbox.close();
    }
}
