package io.mlconnector.examples.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.bill.BillConnectorProvider;
import io.mlconnector.model.Bill;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.testkit.bill.BillSandbox;
import io.mlconnector.testkit.kill.KillWire;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** BILL knows no idempotency key, and takes a number twice. */
final class BillSink implements KilledSink<Bill> {

    private static final int VENDORS = 3;

    @Override
    public ConnectorProvider provider() {
        return new BillConnectorProvider();
    }

    @Override
    public Class<Bill> type() {
        return Bill.class;
    }

    @Override
    public String endpoint() {
        return "bill/bills";
    }

    @Override
    public String origin() {
        return "erp/bills";
    }

    @Override
    public int lanes() {
        return 3;
    }

    @Override
    public Bill record(int number, LocalDate today) {
        Money net = Money.of("100.00", "USD");
        return Bill.builder()
                .key(new RecordKey("erp", "bills", "B" + number))
                .number("NB-" + number)
                .vendor(vendor(number % VENDORS))
                .issuedOn(today.minusDays(10))
                .dueOn(today.plusDays(20))
                .lines(List.of(LineItem.ofAmount("1", "Bearings", net, null)))
                .net(net)
                .tax(Money.zero("USD"))
                .total(net)
                .approval(Bill.Approval.APPROVED)
                .paymentStatus(Bill.PaymentStatus.OPEN)
                .build();
    }

    private static RecordKey vendor(int number) {
        return new RecordKey("erp", "vendors", "S" + number);
    }

    @Override
    public KilledSystem start(int records, LocalDate today) {
        return new Sandbox();
    }

    private static final class Sandbox implements KilledSystem {

        private final BillSandbox bill = BillSandbox.start();
        private final KillWire wire = KillWire.to(bill.baseUrl());
        private final Map<RecordKey, RecordKey> links = new LinkedHashMap<>();

        Sandbox() {
            for (int number = 0; number < VENDORS; number++) {
                String id = bill.enterVendor("Nordhaven Bearings " + number, "USD");
                links.put(vendor(number), new RecordKey("bill", "vendors", id));
            }
        }

        @Override
        public KillWire wire() {
            return wire;
        }

        @Override
        public Map<String, Object> settings() {
            Map<String, Object> settings = bill.settings();
            settings.put("baseUrl", wire.through(bill.baseUrl()).toString());
            return settings;
        }

        @Override
        public Map<RecordKey, RecordKey> links() {
            return links;
        }

        @Override
        public Map<String, Predicate<KillWire.Request>> calls() {
            return Map.of(
                    "bills",
                    request -> request.method().equals("POST")
                            && (request.target().endsWith("/bills")
                                    || request.target().endsWith("/bills/bulk")));
        }

        @Override
        public String document(int number) {
            return "NB-" + number;
        }

        @Override
        public Map<String, Integer> documents() {
            return bill.bills().stream()
                    .collect(Collectors.toMap(
                            made -> made.path("invoice").path("invoiceNumber").asText(), made -> 1, Integer::sum));
        }

        @Override
        public void check() {
            assertThat(bill.doubledBills()).isZero();
            assertThat(bill.vendors()).hasSize(VENDORS);
        }

        @Override
        public void close() {
            wire.close();
            bill.close();
        }
    }
}
