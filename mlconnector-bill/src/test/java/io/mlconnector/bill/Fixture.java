package io.mlconnector.bill;

import io.mlconnector.model.Address;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.CredentialStore;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.bill.BillSandbox;
import io.mlconnector.testkit.bill.BillSandboxBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A sandbox and a connection to it; whoever waits moves the sandbox's clock. */
final class Fixture implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-20T09:14:31.882Z");

    final BillSandbox bill;
    final Map<String, Object> settings;
    final Map<RecordKey, TargetRef> links = new ConcurrentHashMap<>();
    final List<Duration> waits = new ArrayList<>();
    final Store store = new Store();
    private final List<Connector> open = new ArrayList<>();
    private final Connector connector;
    private int writes;

    Fixture() {
        this(BillSandbox.builder(), Map.of());
    }

    Fixture(BillSandboxBuilder builder, Map<String, ?> more) {
        bill = builder.clock(() -> START).start();
        settings = new HashMap<>(bill.settings());
        settings.putAll(more);
        connector = open();
    }

    /** Keeps secrets in memory. */
    static final class Store implements CredentialStore {
        final Map<String, Secret> secrets = new ConcurrentHashMap<>();

        @Override
        public Optional<Secret> read(String name) {
            return Optional.ofNullable(secrets.get(name));
        }

        @Override
        public void keep(String name, Secret secret) {
            secrets.put(name, secret);
        }
    }

    /** Another connection, as of another process. */
    Connector open() {
        Random random = new Random(7);
        var context = new ConnectorContext("bill", bill::now, this::wait, random, store);
        Connector opened = new BillConnectorProvider().open(Settings.of("connections.bill", settings), context);
        open.add(opened);
        return opened;
    }

    private void wait(Duration duration) {
        synchronized (waits) {
            waits.add(duration);
        }
        bill.advance(duration);
    }

    Connector connector() {
        return connector;
    }

    @SuppressWarnings("unchecked")
    Sink<Vendor> vendors() {
        return (Sink<Vendor>) connector.sink("vendors");
    }

    @SuppressWarnings("unchecked")
    Sink<Bill> bills() {
        return (Sink<Bill>) connector.sink("bills");
    }

    @SuppressWarnings("unchecked")
    <T extends BusinessRecord> Source<T> source(String entity) {
        return (Source<T>) open().source(entity, SourceContext.EMPTY);
    }

    References references() {
        return key -> Optional.ofNullable(links.get(key));
    }

    <T extends BusinessRecord> Write.Create<T> create(T record) {
        writes++;
        return new Write.Create<>(record, new IdempotencyKey("create-" + writes), references(), bill.now(), null);
    }

    <T extends BusinessRecord> Write.Update<T> update(T record, TargetRef target, String... fields) {
        writes++;
        return new Write.Update<>(
                record, target, Set.of(fields), new IdempotencyKey("update-" + writes), references(), bill.now());
    }

    <T extends BusinessRecord> Write.Remove<T> remove(RecordKey key, TargetRef target) {
        writes++;
        return new Write.Remove<>(key, target, new IdempotencyKey("remove-" + writes), bill.now());
    }

    static <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, Write<T> write) {
        return sink.write(List.of(write)).get(0);
    }

    static TargetRef applied(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Applied applied) {
            return applied.target();
        }
        throw new AssertionError("not applied: " + outcome);
    }

    static String rejected(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.Rejected rejected) {
            return rejected.reason();
        }
        throw new AssertionError("not rejected: " + outcome);
    }

    static Vendor.Builder vendor(int number) {
        return Vendor.builder()
                .key(new RecordKey("ifs", "vendors", "S" + number))
                .number("S" + number)
                .name("Nordhaven Bearings " + number)
                .email("ar" + number + "@nordhaven.example")
                .phone("3125550144")
                .address(new Address("88 Kiln Street", "Unit 4", "Aurora", "IL", "60505", "US"))
                .currency("USD");
    }

    /** Writes a vendor and links it. */
    String linkedVendor(int number) {
        Vendor vendor = vendor(number).build();
        TargetRef target = applied(write(vendors(), create(vendor)));
        links.put(vendor.key(), target);
        return target.id();
    }

    static Bill.Builder bill(int number, int vendor) {
        Money net = Money.of("1240.50", "USD");
        Money tax = Money.of("102.34", "USD");
        return Bill.builder()
                .key(new RecordKey("ifs", "bills", "B" + number))
                .number("NB-" + number)
                .vendor(new RecordKey("ifs", "vendors", "S" + vendor))
                .issuedOn(LocalDate.of(2026, 11, 18))
                .dueOn(LocalDate.of(2026, 12, 18))
                .lines(List.of(line("1", net, null)))
                .net(net)
                .tax(tax)
                .total(net.plus(tax))
                .purchaseOrderNumber("PO-77120")
                .approval(Bill.Approval.APPROVED)
                .paymentStatus(Bill.PaymentStatus.OPEN);
    }

    static LineItem line(String id, Money net, @Nullable GlCoding coding) {
        return new LineItem(id, "Deep groove bearings 6204", null, null, null, net, null, null, null, coding);
    }

    @Override
    public void close() {
        open.forEach(Connector::close);
        bill.close();
    }
}
