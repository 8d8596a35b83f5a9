package io.mlconnector.cloudsuite;

import static java.util.Objects.requireNonNull;

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
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandbox;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandboxBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A tenant on this machine and a connection to it, on one clock; and records of a payment system. */
final class Tenant implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-20T09:00:00Z");
    static final Instant PAID_AT = Instant.parse("2026-01-19T08:30:00Z");

    final ManualClock clock = new ManualClock(NOW);
    final CloudSuiteSandbox sandbox;
    final Map<RecordKey, TargetRef> links = new ConcurrentHashMap<>();
    final References references = key -> Optional.ofNullable(links.get(key));
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final List<Connector> opened = new ArrayList<>();
    private int writes;

    Tenant() {
        this(builder -> builder);
    }

    Tenant(UnaryOperator<CloudSuiteSandboxBuilder> kind) {
        sandbox = kind.apply(CloudSuiteSandbox.builder().clock(clock)).start();
        settings.put("ionapi", sandbox.ionapi());
        settings.put("cono", 100);
        settings.put("divi", "AAA");
        settings.put("requestsPerMinute", 1_000_000);
        settings.put("refunds", "post-negative");
        settings.put("accounts", Map.of("clearing", Map.of("AIT1", "1930"), "fees", Map.of("AIT1", "6570")));
    }

    static Tenant withAps() {
        return new Tenant(CloudSuiteSandboxBuilder::withApsPrograms);
    }

    Tenant with(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    Tenant without(String name) {
        settings.remove(name);
        return this;
    }

    Connector open() {
        return open("m3-test");
    }

    Connector open(String name) {
        var context = new ConnectorContext(name, clock, clock, new Random(7));
        Connector connector =
                new CloudSuiteConnectorProvider().open(Settings.of("connections." + name, settings), context);
        opened.add(connector);
        return connector;
    }

    @SuppressWarnings("unchecked") // each test knows what its entity is
    <T extends BusinessRecord> Source<T> source(String entity) {
        return (Source<T>) open().source(entity, SourceContext.EMPTY);
    }

    @SuppressWarnings("unchecked") // each test knows what its entity is
    <T extends BusinessRecord> Sink<T> sink(String entity) {
        return (Sink<T>) open().sink(entity);
    }

    /** An invoice over 120.00 EUR with the number 100 and the number, linked to {@code in_} and the number. */
    void invoice(int number) {
        sandbox.customer("C1");
        sandbox.invoice("C1", "100" + number, 2026, "CUAM", "120.00", "VTAM", "20.00");
        links.put(invoiceKey(number), TargetRef.of(invoiceId(number)));
    }

    static String invoiceId(int number) {
        return "AAA|C1|C1|100" + number + "|2026";
    }

    static RecordKey invoiceKey(int number) {
        return new RecordKey("stripe-test", "invoices", "in_" + number);
    }

    static RecordKey paymentKey(String id) {
        return new RecordKey("stripe-test", "payments", id);
    }

    static Allocation part(int number, String amount) {
        return new Allocation(invoiceKey(number), "100" + number, Money.of(amount, "EUR"));
    }

    static Payment.Builder payment(String id, Allocation... parts) {
        BigDecimal sum =
                Arrays.stream(parts).map(part -> part.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return Payment.builder()
                .key(paymentKey(id))
                .reference("ch_" + id)
                .allocations(List.of(parts))
                .amount(new Money(sum, "EUR"))
                .paidAt(PAID_AT)
                .method("card")
                .status(Payment.Status.SUCCEEDED);
    }

    static Refund.Builder refund(String id, String payment, String amount) {
        return Refund.builder()
                .key(new RecordKey("stripe-test", "refunds", id))
                .payment(paymentKey(payment))
                .amount(Money.of(amount, "EUR"))
                .refundedAt(PAID_AT.plusSeconds(86_400))
                .status(Refund.Status.SUCCEEDED);
    }

    static Dispute.Builder dispute(String id, String payment, String amount) {
        return Dispute.builder()
                .key(new RecordKey("stripe-test", "disputes", id))
                .payment(paymentKey(payment))
                .amount(Money.of(amount, "EUR"))
                .openedAt(PAID_AT.plusSeconds(86_400))
                .status(Dispute.Status.LOST);
    }

    <T extends BusinessRecord> Write.Create<T> create(T record) {
        return new Write.Create<>(record, nextKey(), references, clock.instant(), null);
    }

    <T extends BusinessRecord> Write.Update<T> update(T record) {
        TargetRef target = requireNonNull(links.get(record.key()), "no link");
        return new Write.Update<>(record, target, Set.of("status"), nextKey(), references, clock.instant());
    }

    <T extends BusinessRecord> Write.Remove<T> remove(T record) {
        TargetRef target = requireNonNull(links.get(record.key()), "no link");
        return new Write.Remove<>(record.key(), target, nextKey(), clock.instant());
    }

    private IdempotencyKey nextKey() {
        return new IdempotencyKey("test-" + ++writes);
    }

    <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, T record) {
        return write(sink, create(record));
    }

    /** Writes one record and keeps its link. */
    <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, Write<T> write) {
        WriteOutcome outcome = sink.write(List.of(write)).get(0);
        if (outcome instanceof WriteOutcome.Applied applied) {
            links.put(write.key(), applied.target());
        }
        return outcome;
    }

    /** How many lines stand under the id of a record, those of cancelled batches aside. */
    int lines(RecordKey key) {
        return (int) sandbox.paymentLines().stream()
                .filter(line -> key.id().equals(line.get("IRNO")))
                .filter(line -> !"4".equals(line.get("BPYS")))
                .count();
    }

    /** The balance of each account, by currency of the voucher. */
    Map<String, BigDecimal> balances() {
        return sandbox.voucherLines().stream()
                .collect(Collectors.groupingBy(
                        line -> String.valueOf(line.get("AIT1")),
                        Collectors.reducing(
                                BigDecimal.ZERO,
                                line -> new BigDecimal(String.valueOf(line.get("CUAM"))),
                                BigDecimal::add)));
    }

    /** What a source delivered until it was caught up. */
    record Delivered<T extends BusinessRecord>(List<Change<T>> changes, List<Malformed> malformed, Position next) {

        T record(String id) {
            return changes.stream()
                    .filter(change -> change.key().id().equals(id))
                    .map(change -> requireNonNull(change.record(), id))
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new AssertionError("no record " + id));
        }

        List<String> ids() {
            return changes.stream().map(change -> change.key().id()).toList();
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
            source.settled(position);
            if (page.last()) {
                return new Delivered<>(changes, malformed, position);
            }
        }
        throw new AssertionError("the source is never caught up");
    }

    @Override
    public void close() {
        opened.forEach(Connector::close);
        sandbox.close();
    }
}
