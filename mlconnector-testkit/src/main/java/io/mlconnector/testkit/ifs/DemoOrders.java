package io.mlconnector.testkit.ifs;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes orders with lines and one voucher each, in the columns of the generic sets. */
final class DemoOrders {

    private static final List<String> ARTICLES = List.of(
            "Heat exchanger 200", "Dichtung Größe L", "Pump \"Quick\" & hose", "Vanne d'arrêt", "Fräskopf 3/4''");
    private static final List<String> DISCOUNTS = List.of("0", "0", "0", "10", "20", "5", "12.5");

    private final RandomGenerator random;
    private final Instant until;

    DemoOrders(RandomGenerator random, Instant until) {
        this.random = random;
        this.until = until;
    }

    DemoOrder next(int number, Map<String, Object> customer) {
        DemoCountry country = DemoCustomers.country(customer);
        Instant entered = until.minus(Duration.ofDays(20 + random.nextInt(160))).truncatedTo(ChronoUnit.DAYS);
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("OrderNo", "P" + (500_000 + number));
        order.put("CustomerNo", customer.getOrDefault("CustomerId", ""));
        order.put("CustomerName", customer.getOrDefault("Name", ""));
        order.put("Contract", country.name() + "01");
        order.put("CurrencyCode", country.currency());
        order.put("DateEntered", entered);
        order.put("WantedDeliveryDate", entered.plus(Duration.ofDays(14)));
        order.put("CustomerPoNo", Integer.toString(4711 + number));
        order.put("PayTermId", "30");
        order.put("Objstate", "Invoiced");
        List<Map<String, Object>> lines = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int line = 1; line <= count; line++) {
            lines.add(line(order, country, line));
        }
        DemoOrder made = new DemoOrder(order, lines, voucher(number, order, entered));
        made.settleVoucher();
        return made;
    }

    private Map<String, Object> line(Map<String, Object> order, DemoCountry country, int number) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("OrderNo", order.getOrDefault("OrderNo", ""));
        line.put("LineNo", Integer.toString(number));
        line.put("RelNo", "1");
        line.put("LineItemNo", 0);
        int article = random.nextInt(ARTICLES.size());
        line.put("CatalogNo", "HX-" + (200 + article));
        line.put("CatalogDesc", ARTICLES.get(article));
        line.put("PartNo", "HX-" + (200 + article));
        line.put("SalesUnitMeas", "pcs");
        line.put("SaleUnitPrice", price(country));
        line.put("Discount", discount(country));
        String rate = country.taxRate(random);
        line.put("TaxCode", rate);
        line.put("CurrencyCode", country.currency());
        line.put("CustomerNo", order.getOrDefault("CustomerNo", ""));
        line.put("Contract", order.getOrDefault("Contract", ""));
        line.put("Objstate", "Invoiced");
        line.put("BuyQtyDue", quantity(country));
        BigDecimal factor = BigDecimal.ONE.add(new BigDecimal(rate).movePointLeft(2));
        line.put("UnitPriceInclTax", price(line).multiply(factor).stripTrailingZeros());
        return line;
    }

    private static BigDecimal price(Map<String, Object> line) {
        return (BigDecimal) line.getOrDefault("SaleUnitPrice", BigDecimal.ZERO);
    }

    // card networks take Kuwaiti amounts only with a last digit of 0, so nothing finer may come out of a line
    private BigDecimal price(DemoCountry country) {
        return switch (country) {
            case KW -> BigDecimal.valueOf(1 + random.nextInt(5_000), 1);
            case JP -> BigDecimal.valueOf(100 + random.nextInt(900_000), 1);
            default ->
                random.nextInt(3) == 0
                        ? BigDecimal.valueOf(1_000 + random.nextInt(2_000_000), 3)
                        : BigDecimal.valueOf(100 + random.nextInt(200_000), 2);
        };
    }

    private BigDecimal discount(DemoCountry country) {
        List<String> choices = country == DemoCountry.KW ? DISCOUNTS.subList(0, 5) : DISCOUNTS;
        return new BigDecimal(DemoCountry.pick(random, choices));
    }

    private BigDecimal quantity(DemoCountry country) {
        boolean half = country != DemoCountry.KW && random.nextInt(5) == 0;
        BigDecimal whole = BigDecimal.valueOf(1 + random.nextInt(40));
        return half ? whole.subtract(new BigDecimal("0.5")) : whole;
    }

    private Map<String, Object> voucher(int number, Map<String, Object> order, Instant entered) {
        LocalDate date = entered.plus(Duration.ofDays(random.nextInt(14)))
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
        Map<String, Object> voucher = new LinkedHashMap<>();
        voucher.put("Company", "10");
        voucher.put("VoucherType", "F");
        voucher.put("AccountingYear", date.getYear());
        voucher.put("VoucherNo", date.getYear() * 1_000_000L + number);
        voucher.put("VoucherDate", date);
        voucher.put("AccountingPeriod", date.getMonthValue());
        voucher.put("UserGroup", "AR");
        voucher.put("VoucherText", "Customer invoice CD " + (100_000 + number));
        voucher.put("InvoiceId", Integer.toString(700_000 + number));
        voucher.put("SeriesId", "CD");
        voucher.put("InvoiceNo", Integer.toString(100_000 + number));
        voucher.put("CustomerId", order.getOrDefault("CustomerNo", ""));
        voucher.put("OrderNo", order.getOrDefault("OrderNo", ""));
        voucher.put("CurrencyCode", order.getOrDefault("CurrencyCode", ""));
        voucher.put("DueDate", date.plusDays(30));
        voucher.put("Objstate", "Approved");
        return voucher;
    }

    /** Changes the quantity of one line, and with it the voucher. Returns the line. */
    Map<String, Object> edit(DemoOrder order) {
        Map<String, Object> line = DemoCountry.pick(random, order.lines());
        BigDecimal quantity = (BigDecimal) line.getOrDefault("BuyQtyDue", BigDecimal.ZERO);
        line.put("BuyQtyDue", quantity.add(BigDecimal.valueOf(1 + random.nextInt(5))));
        order.settleVoucher();
        return line;
    }
}
