package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;

import io.mlconnector.bill.BillConnectorProvider;
import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.engine.Tally;
import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.model.Address;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Sleeper;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.bill.BillSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A process that sends bills to BILL until it is killed, or until it is done. Arguments: ledger, address, place to stop at. */
final class KilledBills {

    static final int BILLS = 300;
    static final int VENDORS = 3;
    static final String TRAPPED = "TRAPPED";
    static final String WAITS = "WAITS";
    static final String DONE = "DONE";

    private KilledBills() {}

    /** Where a process stops and waits for its death. */
    enum Place {
        BEFORE_SENDING,
        AFTER_ANSWER,
        BEFORE_LOOK_UP,
        NOWHERE
    }

    public static void main(String[] arguments) {
        Place place = Place.valueOf(arguments[2]);
        var time = new MovedTime();
        var settings = Map.of(
                "baseUrl", arguments[1],
                "username", BillSandbox.USERNAME,
                "password", "sandbox-token-value",
                "organizationId", BillSandbox.ORGANIZATION,
                "devKey", BillSandbox.DEV_KEY);
        var context = new ConnectorContext("bill", time, time, new Random(3));
        Connector bill = new BillConnectorProvider().open(Settings.of("connections.bill", settings), context);
        try (Ledger ledger = JdbcLedger.sqlite(Path.of(arguments[0]));
                SyncEngine engine = SyncEngine.builder()
                        .ledger(ledger)
                        .clock(time)
                        .sleeper(time)
                        .addConnection(new Erp())
                        .addConnection(new Stopping(bill, place))
                        .addFlow(Flow.of("vendors", Vendor.class)
                                .from("erp/vendors")
                                .to("bill/vendors")
                                .build())
                        .addFlow(Flow.of("bills", Bill.class)
                                .from("erp/bills")
                                .to("bill/bills")
                                .lanes(3)
                                .batch(BILLS)
                                .build())
                        .build()) {
            engine.run("vendors");
            FlowReport report = engine.run("bills");
            Optional<String> fault = ledger.read(tx -> tx.audit().verify());
            System.out.printf(
                    "%s completed=%s balanced=%s inDoubt=%d dead=%d audit=%s%n",
                    DONE,
                    report.completed(),
                    report.balanced(),
                    report.count(Tally.IN_DOUBT),
                    report.count(Tally.DEAD),
                    fault.orElse("whole"));
        }
    }

    private static void stop() {
        System.out.println(TRAPPED);
        System.out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody killed this process", e);
        }
    }

    /** Waiting moves the time, after the other process has heard of it. */
    private static final class MovedTime implements InstantSource, Sleeper {

        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }

        @Override
        public synchronized void sleep(Duration duration) {
            System.out.println(WAITS);
            System.out.flush();
            try {
                if (System.in.read() < 0) {
                    throw new IllegalStateException("nobody lets this process go on");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ahead.accumulateAndGet(duration, Duration::plus);
        }
    }

    /** BILL, with a place to stop at. */
    private record Stopping(Connector bill, Place place) implements Connector {

        @Override
        @SuppressWarnings("unchecked")
        public Sink<?> sink(String entity) {
            return entity.equals("bills") ? new StoppingSink((Sink<Bill>) bill.sink(entity), place) : bill.sink(entity);
        }

        @Override
        public String connection() {
            return bill.connection();
        }

        @Override
        public Set<String> readable() {
            return bill.readable();
        }

        @Override
        public Set<String> writable() {
            return bill.writable();
        }

        @Override
        public Source<?> source(String entity, SourceContext sourceContext) {
            return bill.source(entity, sourceContext);
        }

        @Override
        public List<Finding> check(Set<String> entities) {
            return bill.check(entities);
        }

        @Override
        public ConnectionStats stats() {
            return bill.stats();
        }

        @Override
        public void close() {
            bill.close();
        }
    }

    private record StoppingSink(Sink<Bill> bills, Place place) implements Sink<Bill> {

        @Override
        public Class<Bill> type() {
            return Bill.class;
        }

        @Override
        public int maxBatch() {
            return bills.maxBatch();
        }

        @Override
        public Duration settleTime() {
            return bills.settleTime();
        }

        @Override
        public List<WriteOutcome> write(List<Write<Bill>> batch) {
            if (place == Place.BEFORE_SENDING) {
                stop();
            }
            List<WriteOutcome> outcomes = bills.write(batch);
            if (place == Place.AFTER_ANSWER) {
                stop();
            }
            return outcomes;
        }

        @Override
        public Lookup find(Write<Bill> write) {
            if (place == Place.BEFORE_LOOK_UP) {
                stop();
            }
            return bills.find(write);
        }
    }

    /** An ERP that always lists the same. */
    private static final class Erp implements Connector {

        private static Vendor vendor(int number) {
            return Vendor.builder()
                    .key(new RecordKey("erp", "vendors", "S" + number))
                    .number("S" + number)
                    .name("Nordhaven Bearings " + number)
                    .address(new Address("88 Kiln Street", null, "Aurora", "IL", "60505", "US"))
                    .currency("USD")
                    .build();
        }

        private static Bill bill(int number) {
            Money net = Money.of("100.00", "USD");
            return Bill.builder()
                    .key(new RecordKey("erp", "bills", "B" + number))
                    .number("NB-" + number)
                    .vendor(new RecordKey("erp", "vendors", "S" + number % VENDORS))
                    .issuedOn(LocalDate.of(2026, 11, 18))
                    .dueOn(LocalDate.of(2026, 12, 18))
                    .lines(List.of(LineItem.ofAmount("1", "Bearings", net, null)))
                    .net(net)
                    .tax(Money.zero("USD"))
                    .total(net)
                    .approval(Bill.Approval.APPROVED)
                    .paymentStatus(Bill.PaymentStatus.OPEN)
                    .build();
        }

        @Override
        public Source<?> source(String entity, SourceContext sourceContext) {
            return entity.equals("vendors")
                    ? new Listed<>(Vendor.class, VENDORS, Erp::vendor)
                    : new Listed<>(Bill.class, BILLS, Erp::bill);
        }

        @Override
        public String connection() {
            return "erp";
        }

        @Override
        public Set<String> readable() {
            return Set.of("vendors", "bills");
        }

        @Override
        public Set<String> writable() {
            return Set.of();
        }

        @Override
        public Sink<?> sink(String entity) {
            throw new ConfigurationException("the ERP is only read");
        }

        @Override
        public List<Finding> check(Set<String> entities) {
            return List.of(Finding.ok("erp", "there"));
        }

        @Override
        public ConnectionStats stats() {
            return ConnectionStats.NONE;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private record Listed<T extends BusinessRecord>(Class<T> type, int records, IntFunction<T> record)
            implements Source<T> {

        @Override
        public Page<T> poll(Position from) {
            List<Change<T>> changes = IntStream.range(0, records)
                    .mapToObj(number -> Change.upsert(requireNonNull(record.apply(number)), null, null))
                    .toList();
            return Page.of(changes, new Position("end"), true);
        }

        @Override
        public Optional<Change<T>> fetch(String id) {
            return Optional.empty();
        }
    }
}
