package io.mlconnector.testkit.ifs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.Map;

/** An order, its lines and its voucher, whose amounts follow from the lines. */
record DemoOrder(Map<String, Object> order, List<Map<String, Object>> lines, Map<String, Object> voucher) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static BigDecimal netAmount(Map<String, Object> line) {
        return decimal(line, "BuyQtyDue")
                .multiply(decimal(line, "SaleUnitPrice"))
                .multiply(HUNDRED.subtract(decimal(line, "Discount")))
                .divide(HUNDRED)
                .setScale(scale(line), RoundingMode.HALF_UP);
    }

    static BigDecimal taxAmount(Map<String, Object> line) {
        BigDecimal rate = new BigDecimal((String) line.getOrDefault("TaxCode", "0"));
        return netAmount(line).multiply(rate).divide(HUNDRED).setScale(scale(line), RoundingMode.HALF_UP);
    }

    private static int scale(Map<String, Object> line) {
        String currency = (String) line.getOrDefault("CurrencyCode", "EUR");
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    private static BigDecimal decimal(Map<String, Object> line, String column) {
        return (BigDecimal) line.getOrDefault(column, BigDecimal.ZERO);
    }

    /** Computes the amounts of the voucher from the lines again. */
    void settleVoucher() {
        BigDecimal net = BigDecimal.ZERO;
        BigDecimal tax = BigDecimal.ZERO;
        for (Map<String, Object> line : lines) {
            net = net.add(netAmount(line));
            tax = tax.add(taxAmount(line));
        }
        voucher.put("NetCurrAmount", net);
        voucher.put("VatCurrAmount", tax);
        voucher.put("GrossCurrAmount", net.add(tax));
    }
}
