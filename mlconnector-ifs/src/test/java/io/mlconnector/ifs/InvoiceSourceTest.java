package io.mlconnector.ifs;

import static io.mlconnector.ifs.Samples.changed;
import static io.mlconnector.ifs.Samples.line;
import static io.mlconnector.ifs.Samples.orderWithLines;
import static io.mlconnector.ifs.Samples.voucher;
import static io.mlconnector.ifs.TestConnection.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.ifs.TestConnection.Delivered;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Source;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsFault;
import io.mlconnector.testkit.ifs.IfsSandbox;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvoiceSourceTest {

    private final IfsSandbox sandbox = IfsSandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsAVoucherWithTheLinesOfItsOrder() {
        orderWithLines(sandbox, "P500123");
        sandbox.put("VoucherSet", voucher("P500123", 2026000123));

        Invoice invoice = drain(source()).records().get(0);

        assertThat(invoice.key()).isEqualTo(new RecordKey("ifs-test", "invoices", "10|F|2026|2026000123"));
        assertThat(invoice.number()).isEqualTo("CD 100123");
        assertThat(invoice.company()).isEqualTo("10");
        assertThat(invoice.customer()).isEqualTo(new RecordKey("ifs-test", "customers", "10041988"));
        assertThat(invoice.issuedOn()).isEqualTo(LocalDate.of(2026, 1, 14));
        assertThat(invoice.dueOn()).isEqualTo(LocalDate.of(2026, 2, 13));
        assertThat(invoice.total()).isEqualTo(Money.of("3874.99", "SEK"));
        assertThat(invoice.orderNumbers()).containsExactly("P500123");
        assertThat(invoice.status()).isEqualTo(Invoice.Status.OPEN);
        assertThat(invoice.attributes().asMap())
                .containsEntry("company", "10")
                .containsEntry("series", "CD")
                .containsEntry("invoiceNo", "100123");
        assertThat(invoice.lines()).extracting(LineItem::id).containsExactly("1/1/0", "2/1/0");
        assertThat(invoice.lines())
                .extracting(LineItem::net)
                .containsExactly(Money.of("2699.99", "SEK"), Money.of("400.00", "SEK"));
        // 25 % of 2699.99 is 674.9975, and 674.9975 + 100 is the tax of the voucher once rounded
        assertThat(invoice.lines())
                .extracting(line -> line.tax() == null ? null : line.tax().amount())
                .containsExactly(Money.of("675.00", "SEK"), Money.of("100.00", "SEK"));
    }

    @Test
    void leavesOutComponentsAndCancelledLines() {
        orderWithLines(sandbox, "P1");
        sandbox.put("CustomerOrderLineSet", changed(line("P1", "2", "1", "5", "0"), "LineItemNo", 1));
        sandbox.put("CustomerOrderLineSet", changed(line("P1", "3", "1", "5", "0"), "Objstate", "Cancelled"));
        sandbox.put("VoucherSet", voucher("P1", 1));

        assertThat(drain(source()).records().get(0).lines()).hasSize(2);
    }

    @Test
    void givesWhatRoundingLeftOverToTheLargestLine() {
        orderWithLines(sandbox, "P1");
        Map<String, Object> voucher = changed(voucher("P1", 1), "VatCurrAmount", "774.99");
        sandbox.put("VoucherSet", changed(voucher, "GrossCurrAmount", "3874.98"));

        Invoice invoice = drain(source()).records().get(0);

        assertThat(invoice.lines())
                .extracting(line -> line.tax() == null ? null : line.tax().amount())
                .containsExactly(Money.of("674.99", "SEK"), Money.of("100.00", "SEK"));
    }

    @Test
    void makesOneLineOfAVoucherWithoutOrder() {
        sandbox.put("VoucherSet", voucher("", 1));

        Invoice invoice = drain(source()).records().get(0);

        assertThat(invoice.orderNumbers()).isEmpty();
        assertThat(invoice.lines()).singleElement().satisfies(line -> {
            assertThat(line.description()).isEqualTo("Customer invoice CD 100123");
            assertThat(line.net()).isEqualTo(Money.of("3099.99", "SEK"));
        });
        assertThat(sandbox.traffic().requests("CustomerOrderLineSet")).isZero();
    }

    @Test
    void readsOnlyTheCompanyOfTheConnection() {
        sandbox.put("VoucherSet", voucher("", 1));
        sandbox.put("VoucherSet", changed(voucher("", 2), "Company", "20"));
        Source<Invoice> source = source();

        assertThat(drain(source).byId()).containsOnlyKeys("10|F|2026|1");
        assertThat(source.fetch("20|F|2026|2")).isEmpty();
        assertThat(source.fetch("10|F|2026|1")).isPresent();
        assertThat(source.fetch("10|F|abc|1")).isEmpty();
        assertThat(source.fetch("10|F")).isEmpty();
    }

    @Test
    void putsAsideWhatDoesNotFitTogetherAndGoesOn() {
        orderWithLines(sandbox, "P1");
        sandbox.put("VoucherSet", voucher("P1", 1));
        sandbox.put("VoucherSet", changed(voucher("P1", 2), "NetCurrAmount", "3000.00"));
        sandbox.put("VoucherSet", changed(voucher("P1", 3), "Objstate", "Lost"));
        sandbox.put("VoucherSet", changed(voucher("P1", 4), "VoucherDate", "3026-01-14"));
        sandbox.put("VoucherSet", changed(voucher("P1", 5), "CurrencyCode", "XYZ"));
        sandbox.put("VoucherSet", changed(voucher("P1", 6), "CustomerId", ""));
        Map<String, Object> decimals = changed(voucher("P1", 7), "NetCurrAmount", "3099.985");
        sandbox.put("VoucherSet", changed(decimals, "GrossCurrAmount", "3874.985"));
        Map<String, Object> net = changed(voucher("P1", 8), "NetCurrAmount", "3000.00");
        sandbox.put("VoucherSet", changed(net, "GrossCurrAmount", "3775.00"));
        Map<String, Object> tax = changed(voucher("P1", 9), "VatCurrAmount", "700.00");
        sandbox.put("VoucherSet", changed(tax, "GrossCurrAmount", "3799.99"));
        sandbox.put("VoucherSet", voucher("P404", 10));

        Delivered<Invoice> delivered = drain(source());

        assertThat(delivered.byId()).containsOnlyKeys("10|F|2026|1");
        assertThat(delivered.malformed()).hasSize(9);
        assertFault(delivered, 2, "total must be net plus tax: 3000.00 SEK and 775.00 SEK make 3775.00 SEK");
        assertFault(delivered, 3, "status (Objstate) must be one of");
        assertFault(delivered, 4, "issuedOn (VoucherDate) must lie between 1900 and 2199: '3026-01-14'");
        assertFault(delivered, 5, "currency (CurrencyCode) must be an ISO 4217 code in upper case: 'XYZ'");
        assertFault(delivered, 6, "customer (CustomerId) is missing");
        assertFault(delivered, 7, "net must have at most 2 decimals in SEK: 3099.985");
        assertFault(delivered, 8, "lines.net must add up to net: 2 lines make 3099.99 SEK, net is 3000.00 SEK");
        assertFault(delivered, 9, "lines.tax must add up to tax, but for rounding: 2 lines make 775.00 SEK");
        assertFault(delivered, 10, "lines must not be empty");
        assertThatThrownBy(() -> source().fetch("10|F|2026|8")).isInstanceOf(MappingException.class);
    }

    @Test
    void putsAsideAnInvoiceWhoseLineCannotBeRead() {
        orderWithLines(sandbox, "P1");
        sandbox.patch(
                "CustomerOrderLineSet",
                changed(Map.of("OrderNo", "P1", "LineNo", "2", "RelNo", "1", "LineItemNo", 0), "TaxCode", "VAT25"));
        sandbox.put("VoucherSet", voucher("P1", 1));

        Delivered<Invoice> delivered = drain(source());

        assertThat(delivered.malformed()).singleElement().satisfies(malformed -> {
            assertThat(malformed.faults())
                    .singleElement()
                    .asString()
                    .contains("taxRates")
                    .contains("'VAT25'");
            assertThat(malformed.raw()).contains("VAT25");
        });
        Source<Invoice> configured = TestConnection.to(sandbox)
                .with("taxRates", Map.of("VAT25", "25"))
                .source("invoices");
        assertThat(drain(configured).records()).hasSize(1);
    }

    @Test
    void readsTwoThousandInvoicesInAFewRequests() {
        IfsDemoData.seeded(1, TestConnection.NOW, 300, 2_000).loadInto(sandbox);
        Source<Invoice> source = source();
        var longest = new AtomicInteger();
        sandbox.failNext(
                1,
                request -> {
                    int length = request.path().length() + request.query().length();
                    longest.accumulateAndGet(length, Math::max);
                    return false;
                },
                IfsFault.throttled());

        Delivered<Invoice> delivered = drain(source);

        assertThat(delivered.malformed()).isEmpty();
        assertThat(delivered.byId()).hasSize(2_000);
        assertThat(longest).hasPositiveValue().hasValueLessThan(6_100);
        // a probe, two pages and an empty one; the lines of up to 150 orders a request
        assertThat(sandbox.traffic().requests()).isEqualTo(18);
        sandbox.traffic().reset();

        Delivered<Invoice> idle = drain(source, delivered.next());

        assertThat(idle.byId()).hasSizeLessThan(20);
        assertThat(sandbox.traffic().requests()).isLessThanOrEqualTo(4);
    }

    @Test
    void readsLinesThatAreCutSilently() {
        try (IfsSandbox cutting = IfsSandbox.builder().maximumPageSize(7).start()) {
            IfsDemoData.seeded(2, TestConnection.NOW, 10, 40).loadInto(cutting);

            Delivered<Invoice> delivered = drain(TestConnection.to(cutting).source("invoices"));

            assertThat(delivered.malformed()).isEmpty();
            assertThat(delivered.byId()).hasSize(40);
        }
    }

    @Test
    void readsPostingProposals() {
        sandbox.put(
                "PostingProposalHeadSet",
                Map.ofEntries(
                        Map.entry("Company", "10"),
                        Map.entry("InvoiceId", 700987L),
                        Map.entry("ProposalId", 1),
                        Map.entry("Identity", "10041988"),
                        Map.entry("SeriesId", "SI"),
                        Map.entry("InvoiceNo", "RE-2026/118"),
                        Map.entry("InvoiceDate", "2026-01-10"),
                        Map.entry("Currency", "EUR"),
                        Map.entry("GrossAmount", "1190"),
                        Map.entry("Account", "4010"),
                        Map.entry("CodeB", "110"),
                        Map.entry("Objstate", "Preliminary")));

        Invoice invoice = drain(TestConnection.to(sandbox).<Invoice>source("posting-proposals"))
                .records()
                .get(0);

        assertThat(invoice.key().toString()).isEqualTo("ifs-test/posting-proposals/10|700987|1");
        assertThat(invoice.number()).isEqualTo("SI RE-2026/118");
        assertThat(invoice.status()).isEqualTo(Invoice.Status.DRAFT);
        assertThat(invoice.total()).isEqualTo(Money.of("1190", "EUR"));
        assertThat(invoice.lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line.coding()).hasToString("GlCoding[account=4010, costCenter=110, dimensions={}]"));
    }

    private static void assertFault(Delivered<Invoice> delivered, int voucher, String fault) {
        List<String> faults = delivered.malformed().stream()
                .filter(malformed -> malformed.key().id().equals("10|F|2026|" + voucher))
                .flatMap(malformed -> malformed.faults().stream())
                .toList();
        assertThat(faults).anySatisfy(text -> assertThat(text).contains(fault));
    }

    private Source<Invoice> source() {
        return TestConnection.to(sandbox).source("invoices");
    }
}
