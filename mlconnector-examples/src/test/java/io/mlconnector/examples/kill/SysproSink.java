package io.mlconnector.examples.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.syspro.SysproConnectorProvider;
import io.mlconnector.testkit.kill.KillWire;
import io.mlconnector.testkit.syspro.Posting;
import io.mlconnector.testkit.syspro.SysproSandbox;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** SYSPRO knows no idempotency key, and what is posted twice is there twice. */
final class SysproSink implements KilledSink<Payment> {

    private static final String CUSTOMER = "000000000000012";
    private static final String AMOUNT = "12.50";

    @Override
    public ConnectorProvider provider() {
        return new SysproConnectorProvider();
    }

    @Override
    public Class<Payment> type() {
        return Payment.class;
    }

    @Override
    public String endpoint() {
        return "syspro/payments";
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
        Money amount = Money.of(AMOUNT, "ZAR");
        return Payment.builder()
                .key(new RecordKey("stripe", "payments", "inpay_" + number))
                .allocations(List.of(new Allocation(document(number), String.valueOf(100_000 + number), amount)))
                .amount(amount)
                .paidAt(today.atStartOfDay(ZoneOffset.UTC).toInstant())
                .method("card")
                .status(Payment.Status.SUCCEEDED)
                .build();
    }

    private static RecordKey document(int number) {
        return new RecordKey("stripe", "invoices", "in_" + number);
    }

    @Override
    public KilledSystem start(int records, LocalDate today) {
        return new Sandbox(records, today);
    }

    private static final class Sandbox implements KilledSystem {

        private final SysproSandbox syspro = SysproSandbox.start();
        private final KillWire wire = KillWire.to(syspro.enetUrl());
        private final Map<RecordKey, RecordKey> links = new LinkedHashMap<>();

        Sandbox(int records, LocalDate today) {
            syspro.put("ArCustomer", Map.of("Customer", CUSTOMER, "Name", "Kapstadt Pumps", "Currency", "R"));
            for (int number = 0; number < records; number++) {
                String invoice = "%015d".formatted(100_000 + number);
                syspro.put(
                        "ArInvoice",
                        Map.of(
                                "Customer",
                                CUSTOMER,
                                "Invoice",
                                invoice,
                                "DocumentType",
                                "I",
                                "InvoiceDate",
                                today.minusDays(8) + "T00:00:00Z",
                                "TermsCode",
                                "30",
                                "PostCurrency",
                                "R",
                                "CurrencyValue",
                                AMOUNT,
                                "InvoiceBal1",
                                AMOUNT,
                                "TaxPortion",
                                "0"));
                links.put(
                        new RecordKey("syspro", "invoices", CUSTOMER + "|" + invoice + "|I"),
                        SysproSink.document(number));
            }
        }

        @Override
        public KillWire wire() {
            return wire;
        }

        @Override
        public Map<String, Object> settings() {
            Map<String, Object> settings = syspro.settings();
            settings.put("enetUrl", wire.through(syspro.enetUrl()).toString());
            return settings;
        }

        @Override
        public Map<RecordKey, RecordKey> links() {
            return links;
        }

        @Override
        public Map<String, Predicate<KillWire.Request>> calls() {
            return Map.of("post", request -> request.names("TransactionPost") || request.names("/Transaction/Post"));
        }

        @Override
        public String document(int number) {
            return "S:inpay_" + number;
        }

        @Override
        public Map<String, Integer> documents() {
            return syspro.postings().stream().collect(Collectors.toMap(Posting::reference, posting -> 1, Integer::sum));
        }

        @Override
        public void check() {
            assertThat(syspro.droppedElements()).isEmpty();
            assertThat(syspro.postings())
                    .extracting(Posting::invoice)
                    .doesNotHaveDuplicates()
                    .hasSize(links.size());
        }

        @Override
        public void close() {
            wire.close();
            syspro.close();
        }
    }
}
