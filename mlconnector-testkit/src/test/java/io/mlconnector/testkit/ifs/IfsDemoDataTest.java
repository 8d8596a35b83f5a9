package io.mlconnector.testkit.ifs;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IfsDemoDataTest {

    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private final SettableClock clock = new SettableClock();
    private final IfsDemoData data = IfsDemoData.seeded(7, SettableClock.START, 200, 400);

    @Test
    void makesTheSameDataFromTheSameSeed() {
        IfsDemoData again = IfsDemoData.seeded(7, SettableClock.START, 200, 400);

        assertThat(again.customers()).isEqualTo(data.customers());
        assertThat(again.vouchers()).isEqualTo(data.vouchers());
    }

    @Test
    void makesEveryVoucherTheSumOfItsLines() {
        assertVouchersMatchLines(data.vouchers(), data.orderLines());
    }

    private static void assertVouchersMatchLines(List<IfsRow> vouchers, List<IfsRow> lines) {
        for (IfsRow voucher : vouchers) {
            int scale = Currency.getInstance(voucher.text("CurrencyCode")).getDefaultFractionDigits();
            BigDecimal net = BigDecimal.ZERO;
            BigDecimal tax = BigDecimal.ZERO;
            for (IfsRow line : lines) {
                if (line.text("OrderNo").equals(voucher.text("OrderNo"))) {
                    BigDecimal share =
                            HUNDRED.subtract(line.decimal("Discount")).divide(HUNDRED);
                    BigDecimal amount = line.decimal("BuyQtyDue")
                            .multiply(line.decimal("SaleUnitPrice"))
                            .multiply(share)
                            .setScale(scale, RoundingMode.HALF_UP);
                    BigDecimal rate = new BigDecimal(line.text("TaxCode")).divide(HUNDRED);
                    net = net.add(amount);
                    tax = tax.add(amount.multiply(rate).setScale(scale, RoundingMode.HALF_UP));
                }
            }
            assertThat(voucher.decimal("NetCurrAmount"))
                    .isEqualByComparingTo(net)
                    .isPositive();
            assertThat(voucher.decimal("VatCurrAmount")).isEqualByComparingTo(tax);
            assertThat(voucher.decimal("GrossCurrAmount")).isEqualByComparingTo(net.add(tax));
        }
    }

    @Test
    void endsKuwaitiAmountsInZeroAndKeepsYenWhole() {
        Set<String> currencies = new HashSet<>();
        for (IfsRow voucher : data.vouchers()) {
            currencies.add(voucher.text("CurrencyCode"));
            String gross = voucher.decimal("GrossCurrAmount").toPlainString();
            switch (voucher.text("CurrencyCode")) {
                case "KWD" -> assertThat(gross).matches("\\d+\\.\\d\\d0");
                case "JPY" -> assertThat(gross).matches("\\d+");
                default -> assertThat(gross).matches("\\d+\\.\\d\\d");
            }
        }
        assertThat(currencies).containsExactlyInAnyOrder("EUR", "SEK", "GBP", "USD", "JPY", "KWD", "CHF");
    }

    @Test
    void makesAwkwardButUniqueCustomersWithWellFormedTaxNumbers() {
        List<IfsRow> customers = data.customers();

        assertThat(customers).extracting(row -> row.text("CustomerId")).doesNotHaveDuplicates();
        assertThat(customers)
                .extracting(row -> row.text("CustomerId"))
                .anyMatch(id -> id.contains("'") && id.contains("/"))
                .anyMatch(id -> id.contains("+"))
                .anyMatch(id -> id.contains("&"))
                .anyMatch(id -> id.contains("%"));
        for (IfsRow customer : customers) {
            if (!customer.text("Country").equals("KW")) {
                assertThat(customer.text("VatNo"))
                        .matches("DE\\d{9}|SE\\d{10}01|GB\\d{9}|FR\\d{11}|T\\d{13}|\\d\\d-\\d{7}"
                                + "|CHE-\\d{3}\\.\\d{3}\\.\\d{3} MWST");
            }
        }
    }

    @Test
    void loadsAndEditsTheGenericSets() {
        try (IfsSandbox sandbox = IfsSandbox.builder().clock(clock).start()) {
            data.loadInto(sandbox);

            assertThat(sandbox.rows("CustomerSet")).hasSize(200);
            assertThat(sandbox.rows("VoucherSet")).hasSize(400);
            assertThat(sandbox.rows("CustomerOrderLineSet")).hasSameSizeAs(data.orderLines());
            assertThat(sandbox.rows("CustomerSet"))
                    .allSatisfy(row ->
                            assertThat(row.instant("LastModificationTime")).isBefore(SettableClock.START));

            List<IfsRow> customers = data.editCustomers(sandbox, 5);
            List<IfsRow> vouchers = data.editVouchers(sandbox, 6);

            assertThat(changedNow(sandbox, "CustomerSet", "CustomerId"))
                    .containsExactlyInAnyOrderElementsOf(customers.stream()
                            .map(row -> row.text("CustomerId"))
                            .toList());
            assertThat(changedNow(sandbox, "VoucherSet", "InvoiceNo"))
                    .containsExactlyInAnyOrderElementsOf(
                            vouchers.stream().map(row -> row.text("InvoiceNo")).toList());
            assertThat(changedNow(sandbox, "CustomerOrderLineSet", "OrderNo")).hasSize(6);
            assertVouchersMatchLines(sandbox.rows("VoucherSet"), sandbox.rows("CustomerOrderLineSet"));
        }
    }

    private static List<String> changedNow(IfsSandbox sandbox, String set, String column) {
        return sandbox.rows(set).stream()
                .filter(row -> row.instant("LastModificationTime").toString().equals("2026-01-15T09:30:12Z"))
                .map(row -> row.text(column))
                .toList();
    }

    @Test
    void loadsTheCloudSetsAndKeepsAddressChangesFromTheCustomer() {
        try (IfsSandbox sandbox =
                IfsSandbox.builder().clock(clock).addSets(IfsEntitySets.cloud()).start()) {
            data.loadInto(sandbox);
            data.editCustomers(sandbox, 40);

            assertThat(sandbox.rows("CustomerOrderInvHeadSet")).hasSize(400);
            assertThat(sandbox.rows("CustomerOrderInvLineSet")).hasSameSizeAs(data.orderLines());
            assertThat(sandbox.rows("CustomerInfoAddresses")).hasSize(200);
            assertThat(changed(sandbox, "CustomerInfoAddresses")).isEqualTo(40);
            assertThat(changed(sandbox, "CustomerInfoSet")).isBetween(1L, 39L);
        }
    }

    private static long changed(IfsSandbox sandbox, String set) {
        return sandbox.rows(set).stream()
                .filter(row -> row.instant("Cf_Last_Modified").toString().equals("2026-01-15T09:30:12Z"))
                .count();
    }
}
