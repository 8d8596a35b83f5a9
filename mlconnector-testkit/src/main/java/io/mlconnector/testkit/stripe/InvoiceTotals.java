package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up the lines of an invoice or credit note. */
final class InvoiceTotals {

    private static final int INLINE_LINES = 10;

    private InvoiceTotals() {}

    /** Sets subtotal, taxes, totals and the first lines. */
    static void apply(ObjectNode document, List<ObjectNode> lines) {
        long subtotal = 0;
        long exclusive = 0;
        long inclusive = 0;
        Map<String, ObjectNode> taxes = new LinkedHashMap<>();
        for (ObjectNode line : lines) {
            subtotal += line.path("amount").asLong();
            for (JsonNode tax : line.path("taxes")) {
                if (tax.path("tax_behavior").asText().equals("inclusive")) {
                    inclusive += tax.path("amount").asLong();
                } else {
                    exclusive += tax.path("amount").asLong();
                }
                addTo(taxes, tax);
            }
        }
        document.put("subtotal", subtotal);
        document.put("subtotal_excluding_tax", subtotal - inclusive);
        document.put("total_excluding_tax", subtotal - inclusive);
        document.put("total", subtotal + exclusive);
        ArrayNode total = document.putArray("total_taxes");
        taxes.values().forEach(total::add);
        inline(document, lines);
    }

    /** What is due of a draft: a negative total asks for nothing. */
    static void due(ObjectNode invoice) {
        long due = Math.max(0, invoice.path("total").asLong());
        invoice.put("amount_due", due);
        invoice.put("amount_remaining", due);
    }

    private static void inline(ObjectNode document, List<ObjectNode> lines) {
        ObjectNode list = document.withObjectProperty("lines");
        ArrayNode data = list.putArray("data");
        lines.stream().limit(INLINE_LINES).forEach(data::add);
        list.put("has_more", lines.size() > INLINE_LINES);
        if (list.has("total_count")) {
            list.put("total_count", lines.size());
        }
    }

    private static void addTo(Map<String, ObjectNode> taxes, JsonNode tax) {
        String key = tax.path("tax_rate_details").path("tax_rate").asText()
                + tax.path("tax_behavior").asText()
                + tax.path("taxability_reason").asText();
        ObjectNode sum = taxes.get(key);
        if (sum == null) {
            taxes.put(key, tax.deepCopy());
        } else {
            sum.put("amount", sum.path("amount").asLong() + tax.path("amount").asLong());
            sum.put(
                    "taxable_amount",
                    sum.path("taxable_amount").asLong()
                            + tax.path("taxable_amount").asLong());
        }
    }
}
