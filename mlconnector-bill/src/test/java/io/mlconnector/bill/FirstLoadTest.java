package io.mlconnector.bill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.Flow;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.engine.SyncEngine;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.bill.BillSandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What a first load costs, and how well it uses the three calls that BILL allows at once. */
final class FirstLoadTest {

    private static final int RECORDS = 10_000;

    private static final int VENDORS_WITH_BILLS = 200;

    /** An ERP that lists records out of memory. */
    private record Erp(int records) implements Connector {

        private <T extends BusinessRecord> Source<T> source(Class<T> type, IntFunction<T> record) {
            return new Source<>() {
                @Override
                public Class<T> type() {
                    return type;
                }

                @Override
                public Page<T> poll(Position from) {
                    int start = from.isStart() ? 0 : Integer.parseInt(from.value());
                    int end = Math.min(records, start + 5_000);
                    var changes = new ArrayList<Change<T>>();
                    for (int number = start; number < end; number++) {
                        changes.add(Change.upsert(record.apply(number), null, null));
                    }
                    return Page.of(changes, new Position(Integer.toString(end)), end == records);
                }

                @Override
                public Optional<Change<T>> fetch(String id) {
                    return Optional.empty();
                }
            };
        }

        @Override
        public Source<?> source(String entity, SourceContext context) {
            return entity.equals("vendors")
                    ? source(Vendor.class, number -> Fixture.vendor(number).build())
                    : source(
                            Bill.class,
                            number -> Fixture.bill(number, number % VENDORS_WITH_BILLS)
                                    .build());
        }

        @Override
        public String connection() {
            return "ifs";
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

    private static Flow<?> flow(String entity, Class<? extends BusinessRecord> type) {
        return Flow.of(entity, type)
                .from("ifs/" + entity)
                .to("bill/" + entity)
                .lanes(8)
                .batch(5_000)
                .build();
    }

    private static long writes(BillSandbox bill) {
        return bill.requests().stream()
                .filter(request ->
                        !request.method().equals("GET") && !request.path().endsWith("/login"))
                .count();
    }

    @Test
    void tenThousandVendorsAndBillsUseTheCallsThatBillAllows() {
        try (Fixture fixture = new Fixture(
                BillSandbox.builder().latency(Duration.ofMillis(20)).rounds(Duration.ofSeconds(2)), Map.of())) {
            BillSandbox bill = fixture.bill;
            try (SyncEngine engine = SyncEngine.builder()
                    .ledger(new InMemoryLedger())
                    .addConnection(new Erp(RECORDS))
                    .addConnection(fixture.connector())
                    .addFlow(flow("vendors", Vendor.class))
                    .addFlow(flow("bills", Bill.class))
                    .build()) {
                bill.measureUse();
                FlowReport vendors = engine.run("vendors");
                double vendorUse = bill.use();
                long vendorWrites = writes(bill);
                bill.measureUse();
                FlowReport bills = engine.run("bills");
                double billUse = bill.use();
                long billWrites = writes(bill) - vendorWrites;

                System.out.printf(
                        "vendors: %.4f calls a record, %.1f %% used; bills: %.4f calls a record, %.1f %% used; %d calls in all%n",
                        (double) vendorWrites / RECORDS,
                        100 * vendorUse,
                        (double) billWrites / RECORDS,
                        100 * billUse,
                        bill.requests().size());
                assertThat(vendors.completed()).isTrue();
                assertThat(bills.completed()).isTrue();
                assertThat(bill.vendors()).hasSize(RECORDS);
                assertThat(bill.bills()).hasSize(RECORDS);
                assertThat((double) vendorWrites / RECORDS).isLessThanOrEqualTo(0.06);
                assertThat((double) billWrites / RECORDS).isLessThanOrEqualTo(0.02);
                assertThat(bill.peakConcurrency()).isEqualTo(3);
                assertThat(bill.refused()).isZero();
                assertThat(vendorUse).isGreaterThanOrEqualTo(0.95);
                assertThat(billUse).isGreaterThanOrEqualTo(0.95);
            }
        }
    }
}
