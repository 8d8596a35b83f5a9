package io.mlconnector.examples.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.cloudsuite.CloudSuiteConnectorProvider;
import io.mlconnector.model.Allocation;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandbox;
import io.mlconnector.testkit.kill.KillWire;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** M3 knows no idempotency key, and an {@code Add} twice adds twice. Lines are written by one request and checked by another. */
final class CloudSuiteSink implements KilledSink<Payment> {

    private static final String AMOUNT = "120.00";
    private static final String FEE = "3.75";

    @Override
    public ConnectorProvider provider() {
        return new CloudSuiteConnectorProvider();
    }

    @Override
    public Class<Payment> type() {
        return Payment.class;
    }

    @Override
    public String endpoint() {
        return "m3/payments";
    }

    @Override
    public String origin() {
        return "stripe/payments";
    }

    @Override
    public int lanes() {
        return 2;
    }

    @Override
    public Payment record(int number, LocalDate today) {
        Money amount = Money.of(AMOUNT, "EUR");
        return Payment.builder()
                .key(new RecordKey("stripe", "payments", "inpay_" + number))
                .reference("ch_" + number)
                .allocations(List.of(new Allocation(invoice(number), "100" + number, amount)))
                .amount(amount)
                .fee(Money.of(FEE, "EUR"))
                .paidAt(today.atStartOfDay(ZoneOffset.UTC).toInstant())
                .method("card")
                .status(Payment.Status.SUCCEEDED)
                .build();
    }

    private static RecordKey invoice(int number) {
        return new RecordKey("stripe", "invoices", "in_" + number);
    }

    @Override
    public KilledSystem start(int records, LocalDate today) {
        return new Sandbox(records, today.getYear());
    }

    private static final class Sandbox implements KilledSystem {

        private final CloudSuiteSandbox m3 = CloudSuiteSandbox.start();
        private final KillWire wire;
        private final Map<RecordKey, RecordKey> links = new LinkedHashMap<>();
        private final String ionapi;

        Sandbox(int records, int year) {
            m3.customer("C1");
            for (int number = 0; number < records; number++) {
                m3.invoice("C1", "100" + number, year, "CUAM", AMOUNT, "VTAM", "20.00");
                links.put(new RecordKey("m3", "invoices", "AAA|C1|C1|100" + number + "|" + year), invoice(number));
            }
            try {
                var file = (ObjectNode) new ObjectMapper().readTree(m3.ionapi());
                wire = KillWire.to(URI.create(file.path("iu").asText()));
                file.put(
                        "iu", wire.through(URI.create(file.path("iu").asText())).toString());
                ionapi = file.toString();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public KillWire wire() {
            return wire;
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of(
                    "ionapi",
                    ionapi,
                    "cono",
                    100,
                    "divi",
                    "AAA",
                    "requestsPerMinute",
                    1_000_000,
                    "accounts",
                    Map.of("clearing", Map.of("AIT1", "1930"), "fees", Map.of("AIT1", "6570")));
        }

        @Override
        public Map<RecordKey, RecordKey> links() {
            return links;
        }

        @Override
        public Map<String, Predicate<KillWire.Request>> calls() {
            var calls = new LinkedHashMap<String, Predicate<KillWire.Request>>();
            calls.put("lines", request -> request.names("AddBatchLine"));
            calls.put("check", request -> request.names("ControlBatch"));
            return calls;
        }

        @Override
        public String document(int number) {
            return "inpay_" + number;
        }

        @Override
        public Map<String, Integer> documents() {
            return m3.paymentLines().stream()
                    .collect(Collectors.toMap(line -> String.valueOf(line.get("IRNO")), line -> 1, Integer::sum));
        }

        /** Every voucher and every account balances to the cent. */
        @Override
        public void check() {
            m3.updateBatches();
            var vouchers = new TreeMap<String, BigDecimal>();
            var accounts = new TreeMap<String, BigDecimal>();
            for (Map<String, String> line : m3.voucherLines()) {
                BigDecimal amount = new BigDecimal(String.valueOf(line.get("CUAM")));
                vouchers.merge(line.get("YEA4") + " " + line.get("VONO"), amount, BigDecimal::add);
                accounts.merge(String.valueOf(line.get("AIT1")), amount, BigDecimal::add);
            }
            var payments = new BigDecimal(links.size());
            var fees = new BigDecimal(FEE).multiply(payments);
            assertThat(vouchers.values()).allSatisfy(sum -> assertThat(sum).isZero());
            assertThat(accounts.get("6570")).isEqualByComparingTo(fees);
            assertThat(accounts.get("1930"))
                    .isEqualByComparingTo(
                            new BigDecimal(AMOUNT).multiply(payments).subtract(fees));
        }

        @Override
        public void close() {
            wire.close();
            m3.close();
        }
    }
}
