package io.mlconnector.syspro;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a payment, refund or dispute is posted, as the id that its link keeps: {@code inpay_1@0012|0100466|I=12.50}. What is not
 * posted, or not yet, has nothing behind the sign.
 *
 * @param id at its source
 * @param amounts ids of invoices to what was posted for them
 */
record ReceiptTarget(String id, Map<String, BigDecimal> amounts) {

    static ReceiptTarget nothing(String id) {
        return new ReceiptTarget(id, Map.of());
    }

    static ReceiptTarget parse(String text) {
        int at = text.indexOf('@');
        var amounts = new LinkedHashMap<String, BigDecimal>();
        if (at >= 0) {
            for (String part : text.substring(at + 1).split(",", -1)) {
                int equals = part.lastIndexOf('=');
                if (equals > 0) {
                    amounts.put(decoded(part.substring(0, equals)), new BigDecimal(part.substring(equals + 1)));
                }
            }
        }
        return new ReceiptTarget(decoded(at < 0 ? text : text.substring(0, at)), amounts);
    }

    String text() {
        return encoded(id) + "@"
                + amounts.entrySet().stream()
                        .map(part ->
                                encoded(part.getKey()) + "=" + part.getValue().toPlainString())
                        .collect(Collectors.joining(","));
    }

    boolean posted() {
        return !amounts.isEmpty();
    }

    List<String> invoices() {
        return new ArrayList<>(amounts.keySet());
    }

    /** Whether the same amounts are at the same invoices. */
    boolean sameAs(ReceiptTarget other) {
        return amounts.keySet().equals(other.amounts.keySet())
                && amounts.entrySet().stream()
                        .allMatch(part ->
                                part.getValue().compareTo(other.amounts.getOrDefault(part.getKey(), BigDecimal.ZERO))
                                        == 0);
    }

    private static String encoded(String text) {
        return text.replace("%", "%25").replace(",", "%2C").replace("@", "%40").replace("=", "%3D");
    }

    private static String decoded(String text) {
        return text.replace("%3D", "=").replace("%40", "@").replace("%2C", ",").replace("%25", "%");
    }
}
