package io.mlconnector.examples.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.ifs.IfsConnectorProvider;
import io.mlconnector.model.Bill;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.ConnectorProvider;
import io.mlconnector.testkit.ifs.IfsPayablesData;
import io.mlconnector.testkit.ifs.IfsRow;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.kill.KillWire;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** IFS Cloud: a supplier invoice and its voucher are rows of five sets, each written by a request of its own. */
final class IfsSink implements KilledSink<Bill> {

    @Override
    public ConnectorProvider provider() {
        return new IfsConnectorProvider();
    }

    @Override
    public Class<Bill> type() {
        return Bill.class;
    }

    @Override
    public String endpoint() {
        return "ifs/bills";
    }

    @Override
    public String origin() {
        return "stampli/bills";
    }

    @Override
    public int lanes() {
        return 2;
    }

    /** Each bill takes a dozen requests. */
    @Override
    public int batch() {
        return 4;
    }

    @Override
    public int callsOfABatch() {
        return batch(); // each call writes one bill
    }

    @Override
    public Bill record(int number, LocalDate today) {
        return Bill.builder()
                .key(new RecordKey("stampli", "bills", "10|V1001|00-" + number))
                .number("00-" + number)
                .company("10")
                .vendor(new RecordKey("stampli", "vendors", "V1001"))
                .issuedOn(today.minusDays(10))
                .dueOn(today.plusDays(20))
                .lines(List.of(
                        line(1, "1200.00", "06100", "CC-100", "228.00"), line(2, "300.00", "4010", "CC-200", "57.00")))
                .net(Money.of("1500.00", "EUR"))
                .tax(Money.of("285.00", "EUR"))
                .total(Money.of("1785.00", "EUR"))
                .approval(Bill.Approval.APPROVED)
                .paymentStatus(Bill.PaymentStatus.OPEN)
                .build();
    }

    private static LineItem line(int number, String net, String account, String center, String tax) {
        return new LineItem(
                Integer.toString(number),
                "Seal kits " + number,
                null,
                null,
                null,
                Money.of(net, "EUR"),
                new LineTax("V19", null, Money.of(tax, "EUR")),
                null,
                null,
                new GlCoding(account, center, Map.of()));
    }

    @Override
    public KilledSystem start(int records, LocalDate today) {
        return new Sandbox(records, today);
    }

    private static final class Sandbox implements KilledSystem {

        private final IfsSandbox ifs = IfsSandbox.start();
        private final KillWire wire = KillWire.to(ifs.baseUrl());
        private final int records;

        Sandbox(int records, LocalDate today) {
            this.records = records;
            IfsPayablesData.seeded(7, today, 5).loadInto(ifs);
        }

        @Override
        public KillWire wire() {
            return wire;
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of(
                    "baseUrl",
                    wire.through(ifs.baseUrl()).toString(),
                    "tokenUrl",
                    ifs.tokenUrl().toString(),
                    "clientId",
                    ifs.clientId(),
                    "clientSecret",
                    ifs.clientSecret(),
                    "company",
                    "10",
                    "requestsPerMinute",
                    1_000_000,
                    "bills",
                    Map.of(
                            "accounts",
                            Map.of("payable", IfsPayablesData.PAYABLE_ACCOUNT, "tax", IfsPayablesData.TAX_ACCOUNT)));
        }

        @Override
        public Map<RecordKey, RecordKey> links() {
            return Map.of();
        }

        @Override
        public Map<String, Predicate<KillWire.Request>> calls() {
            var calls = new LinkedHashMap<String, Predicate<KillWire.Request>>();
            calls.put("invoice", request -> creates(request, "PostingProposalHeadSet"));
            calls.put("voucher", request -> creates(request, "VoucherSet"));
            return calls;
        }

        private static boolean creates(KillWire.Request request, String set) {
            return request.method().equals("POST") && request.target().endsWith("/" + set);
        }

        @Override
        public String document(int number) {
            return "00-" + number;
        }

        /** An invoice without a voucher is none yet. */
        @Override
        public Map<String, Integer> documents() {
            Map<String, Integer> heads = counted("PostingProposalHeadSet");
            Map<String, Integer> vouchers = counted("VoucherSet");
            var documents = new HashMap<>(vouchers);
            heads.forEach((number, count) -> {
                if (count > 1) {
                    documents.merge(number, count, Math::max);
                }
            });
            return documents;
        }

        private Map<String, Integer> counted(String set) {
            return ifs.rows(set).stream()
                    .collect(Collectors.toMap(row -> row.text("InvoiceNo"), row -> 1, Integer::sum));
        }

        /** Every invoice has its two lines, and every voucher the same rows, which balance. */
        @Override
        public void check() {
            assertThat(counted("PostingProposalHeadSet")).hasSize(records);
            assertThat(ifs.rows("PostingProposalRowSet")).hasSize(2 * records);
            Map<String, List<IfsRow>> vouchers = ifs.rows("VoucherRowSet").stream()
                    .collect(Collectors.groupingBy(row -> row.values().get("AccountingYear") + " "
                            + row.values().get("VoucherNo")));
            assertThat(vouchers).hasSize(records);
            assertThat(vouchers.values().stream().map(List::size).collect(Collectors.toSet()))
                    .isEqualTo(Set.of(4));
            assertThat(vouchers.values())
                    .allSatisfy(rows -> assertThat(balance(rows)).isZero());
        }

        private static BigDecimal balance(List<IfsRow> rows) {
            BigDecimal balance = BigDecimal.ZERO;
            for (IfsRow row : rows) {
                balance = row.has("DebitAmount") ? balance.add(row.decimal("DebitAmount")) : balance;
                balance = row.has("CreditAmount") ? balance.subtract(row.decimal("CreditAmount")) : balance;
            }
            return balance;
        }

        @Override
        public void close() {
            wire.close();
            ifs.close();
        }
    }
}
