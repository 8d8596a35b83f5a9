package io.mlconnector.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.testkit.cloudsuite.CloudSuiteFault;
import io.mlconnector.testkit.cloudsuite.CloudSuiteRequest;
import io.mlconnector.testkit.cloudsuite.CloudSuiteSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lets money come back to Infor CloudSuite, a subscription's among it, while every tenth write there ends in a 504 that hides its
 * effect; and counts at its customer ledger and its general ledger what became of it.
 */
final class CloudSuiteStripeMoney {

    private static final String LOST = "CloudSuite 504 that hid an effect";

    private final CloudSuiteSandbox m3;
    private final StripeSandbox stripe;
    private final StripePayers payers;
    private final Strikes strikes = new Strikes();

    CloudSuiteStripeMoney(CloudSuiteSandbox m3, StripeSandbox stripe, StripePayers payers) {
        this.m3 = m3;
        this.stripe = stripe;
        this.payers = payers;
    }

    String pay(int invoices) {
        m3.failNext(
                Integer.MAX_VALUE,
                strikes.every(10, LOST, CloudSuiteRequest::writes),
                CloudSuiteFault.timeoutAfterEffect());
        String paid = payers.pay(invoices);
        String customer = stripe.customers().stream()
                .map(found -> found.path("id").asText())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody is there to subscribe"));
        JsonNode subscription = stripe.money().invoiceSubscription(customer, 4_900, "eur");
        stripe.money().pay(subscription.path("id").asText());
        return paid + ", 1 subscription payment";
    }

    /** Every payment and refund stands once, and every voucher and every account balances to the cent. */
    DemoSystems.TargetCount count() {
        m3.updateBatches();
        Set<String> expected = new HashSet<>(payers.paid());
        stripe.objects("refund").forEach(refund -> expected.add(id(refund)));
        stripe.objects("dispute").stream()
                .filter(dispute -> dispute.path("status").asText().equals("lost"))
                .forEach(dispute -> expected.add(id(dispute)));
        Map<String, Integer> posted = new HashMap<>();
        m3.paymentLines().forEach(line -> posted.merge(String.valueOf(line.get("IRNO")), 1, Integer::sum));
        int total = posted.values().stream().mapToInt(Integer::intValue).sum();
        var missing = new ArrayList<>(expected);
        missing.removeAll(posted.keySet());
        if (missing.isEmpty()) {
            balance();
        }
        return new DemoSystems.TargetCount(total, total - posted.size(), missing.size());
    }

    /** How often an answer was lost, and each time the effect was there. */
    Map<String, Integer> lost() {
        return strikes.counts();
    }

    private void balance() {
        Map<String, BigDecimal> vouchers = new TreeMap<>();
        Map<String, BigDecimal> clearing = new TreeMap<>();
        for (Map<String, String> line : m3.voucherLines()) {
            BigDecimal amount = new BigDecimal(String.valueOf(line.get("CUAM")));
            vouchers.merge(line.get("YEA4") + " " + line.get("VONO"), amount, BigDecimal::add);
            if ("1930".equals(line.get("AIT1"))) {
                clearing.merge(String.valueOf(line.get("CUCD")), amount, BigDecimal::add);
            }
        }
        List<String> crooked = vouchers.entrySet().stream()
                .filter(voucher -> voucher.getValue().signum() != 0)
                .map(Map.Entry::getKey)
                .toList();
        if (!crooked.isEmpty()) {
            throw new IllegalStateException("vouchers do not balance: " + crooked);
        }
        Map<String, BigDecimal> atStripe = movements();
        atStripe.forEach((currency, amount) -> {
            BigDecimal there = clearing.getOrDefault(currency, BigDecimal.ZERO);
            if (amount.compareTo(there) != 0) {
                throw new IllegalStateException(
                        "the clearing account holds " + there + " " + currency + ", and Stripe has moved " + amount);
            }
        });
    }

    /** What Stripe moved, less its fees. */
    private Map<String, BigDecimal> movements() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        Set<String> lost = new HashSet<>();
        stripe.objects("dispute").stream()
                .filter(dispute -> dispute.path("status").asText().equals("lost"))
                .forEach(dispute -> lost.add(id(dispute)));
        for (JsonNode movement : stripe.objects("balance_transaction")) {
            String source = movement.path("source").asText();
            boolean disputed = source.startsWith("du_") || source.startsWith("dp_");
            if (!disputed || lost.contains(source)) {
                String currency = movement.path("currency").asText().toUpperCase(Locale.ROOT);
                int digits = Currency.getInstance(currency).getDefaultFractionDigits();
                sums.merge(currency, BigDecimal.valueOf(movement.path("net").asLong(), digits), BigDecimal::add);
            }
        }
        return sums;
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }
}
