package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Taxes of a line: amounts that the caller worked out, or rates that are applied half up. */
final class LineTaxes {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final World world;
    private final TaxRates taxRates;
    private final Map<String, ArrayNode> ratesByLine = new HashMap<>();

    LineTaxes(World world, TaxRates taxRates) {
        this.world = world;
        this.taxRates = taxRates;
    }

    void check(ObjectNode invoice, ObjectNode params, String name) {
        boolean amounts = !params.path("tax_amounts").isEmpty();
        if (amounts && !params.path("tax_rates").isEmpty()) {
            throw StripeRefusal.exclusive(name + "[tax_amounts]", "tax_amounts", "tax_rates");
        }
        if (amounts && !invoice.path("default_tax_rates").isEmpty()) {
            throw StripeRefusal.rule(
                    null, name + "[tax_amounts]", "tax_amounts cannot be combined with default_tax_rates.");
        }
        String currency = invoice.path("currency").asText();
        for (JsonNode tax : params.path("tax_amounts")) {
            BigDecimal percentage = TaxRates.percentage(tax.path("tax_rate_data"));
            if (percentage.signum() < 0 || percentage.compareTo(HUNDRED) > 0) {
                throw StripeRefusal.rule(
                        null,
                        name + "[tax_amounts][tax_rate_data][percentage]",
                        "A percentage is between 0 and 100: " + percentage);
            }
            Currencies.checkAmount(
                    name + "[tax_amounts][amount]", currency, tax.path("amount").asLong());
        }
        for (JsonNode rate : params.path("tax_rates")) {
            world.referenced(Kind.TAX_RATE, rate.asText(), name + "[tax_rates]");
        }
    }

    void apply(ObjectNode line, ObjectNode params) {
        String id = line.path("id").asText();
        if (params.path("tax_amounts") instanceof ArrayNode amounts && !amounts.isEmpty()) {
            ratesByLine.remove(id);
            line.set("taxes", given(line, amounts));
        } else if (params.has("tax_rates")) {
            ArrayNode rates = line.arrayNode();
            params.get("tax_rates").forEach(rate -> rates.add(world.require(Kind.TAX_RATE, rate.asText())));
            ratesByLine.put(id, rates);
            line.set("taxes", computed(line, rates));
        } else if (params.has("tax_amounts")) {
            ratesByLine.remove(id);
            line.set("taxes", line.arrayNode());
        } else if (ratesByLine.containsKey(id)) {
            line.set("taxes", recomputed(line));
        }
    }

    /** Taxes the lines that have no rates of their own under the default rates of their invoice. */
    void applyDefaults(JsonNode defaults, List<ObjectNode> lines) {
        for (ObjectNode line : lines) {
            if (!ratesByLine.containsKey(line.path("id").asText())) {
                line.set("taxes", computed(line, defaults));
            }
        }
    }

    private ArrayNode recomputed(ObjectNode line) {
        return computed(line, ratesByLine.getOrDefault(line.path("id").asText(), line.arrayNode()));
    }

    private static ArrayNode computed(ObjectNode line, JsonNode rates) {
        ArrayNode taxes = line.arrayNode();
        BigDecimal amount = BigDecimal.valueOf(line.path("amount").asLong());
        BigDecimal inclusive = BigDecimal.ZERO;
        for (JsonNode rate : rates) {
            if (rate.path("inclusive").asBoolean()) {
                inclusive = inclusive.add(TaxRates.percentage(rate));
            }
        }
        BigDecimal net = amount.multiply(HUNDRED).divide(HUNDRED.add(inclusive), 12, RoundingMode.HALF_UP);
        for (JsonNode rate : rates) {
            long tax = net.multiply(TaxRates.percentage(rate))
                    .divide(HUNDRED, 0, RoundingMode.HALF_UP)
                    .longValueExact();
            long taxable = net.setScale(0, RoundingMode.HALF_UP).longValueExact();
            taxes.add(entry(rate, tax, taxable, "not_available"));
        }
        return taxes;
    }

    private ArrayNode given(ObjectNode line, ArrayNode amounts) {
        ArrayNode taxes = line.arrayNode();
        for (JsonNode given : amounts) {
            ObjectNode rate = taxRates.findOrCreate((ObjectNode) given.path("tax_rate_data"));
            taxes.add(entry(
                    rate,
                    given.path("amount").asLong(),
                    given.path("taxable_amount").asLong(),
                    given.path("taxability_reason").asText("not_available")));
        }
        return taxes;
    }

    private static ObjectNode entry(JsonNode rate, long amount, long taxable, String reason) {
        ObjectNode entry = Templates.JSON.createObjectNode();
        entry.put("amount", amount);
        entry.put("tax_behavior", rate.path("inclusive").asBoolean() ? "inclusive" : "exclusive");
        entry.putObject("tax_rate_details").set("tax_rate", rate.get("id"));
        entry.put("taxability_reason", reason);
        entry.put("taxable_amount", taxable);
        entry.put("type", "tax_rate_details");
        return entry;
    }
}
