package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lines of a credit note: parts of invoice lines, amounts of their own, or one for a plain amount. */
final class CreditNoteLines {

    private final World world;
    private final InvoiceBook book;
    private final Map<String, Long> creditedByLine = new HashMap<>();

    CreditNoteLines(World world, InvoiceBook book) {
        this.world = world;
        this.book = book;
    }

    /** Lines of a new credit note; nothing is kept until {@link #remember}. */
    List<ObjectNode> build(ObjectNode invoice, ObjectNode params) {
        if (params.has("amount") == params.has("lines")) {
            throw params.has("amount")
                    ? StripeRefusal.exclusive("amount", "amount", "lines")
                    : StripeRefusal.missing("amount");
        }
        List<ObjectNode> lines = new ArrayList<>();
        if (params.has("amount")) {
            ObjectNode line = world.shape(Kind.CREDIT_NOTE_LINE_ITEM);
            line.put("type", "custom_line_item");
            line.put("quantity", 1);
            line.set("amount", params.get("amount"));
            lines.add(line);
        }
        int index = 0;
        for (JsonNode sent : params.path("lines")) {
            String name = "lines[" + index++ + "]";
            boolean custom = sent.path("type").asText().equals("custom_line_item");
            lines.add(custom ? custom(sent, name) : ofInvoice(invoice, sent, name));
        }
        return lines;
    }

    void remember(List<ObjectNode> lines, int sign) {
        for (ObjectNode line : lines) {
            if (line.hasNonNull("invoice_line_item")) {
                creditedByLine.merge(
                        line.get("invoice_line_item").asText(),
                        sign * line.path("amount").asLong(),
                        Long::sum);
            }
        }
    }

    private ObjectNode custom(JsonNode sent, String name) {
        if (!sent.has("unit_amount") && !sent.has("unit_amount_decimal")) {
            throw StripeRefusal.missing(name + "[unit_amount]");
        }
        if (!sent.has("description")) {
            throw StripeRefusal.missing(name + "[description]");
        }
        long quantity = sent.path("quantity").asLong(1);
        BigDecimal unit = new BigDecimal(
                sent.path("unit_amount").asText(sent.path("unit_amount_decimal").asText()));
        ObjectNode line = world.shape(Kind.CREDIT_NOTE_LINE_ITEM);
        line.put("type", "custom_line_item");
        line.put("quantity", quantity);
        line.put("unit_amount_decimal", unit.toPlainString());
        line.put(
                "amount",
                unit.multiply(BigDecimal.valueOf(quantity))
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact());
        line.set("description", sent.get("description"));
        line.set("taxes", taxes(sent, name));
        return line;
    }

    private ObjectNode ofInvoice(ObjectNode invoice, JsonNode sent, String name) {
        if (!sent.has("invoice_line_item")) {
            throw StripeRefusal.missing(name + "[invoice_line_item]");
        }
        if (sent.has("amount") && sent.has("quantity")) {
            throw StripeRefusal.exclusive(name + "[quantity]", "amount", "quantity");
        }
        String id = sent.get("invoice_line_item").asText();
        ObjectNode credited = book.line(invoice, id, 400, name + "[invoice_line_item]");
        long whole = credited.path("amount").asLong();
        long amount = amount(sent, credited);
        long open = whole - creditedByLine.getOrDefault(id, 0L);
        if (Math.abs(amount) > Math.abs(open)) {
            throw StripeRefusal.rule(
                    null, name + "[amount]", "Only " + open + " of the line can still be credited: " + amount);
        }
        ObjectNode line = world.shape(Kind.CREDIT_NOTE_LINE_ITEM);
        line.put("type", "invoice_line_item");
        line.put("invoice_line_item", id);
        line.set("description", sent.has("description") ? sent.get("description") : credited.get("description"));
        line.put("quantity", sent.path("quantity").asLong(1));
        line.put("amount", amount);
        line.set("taxes", sent.path("tax_amounts").isEmpty() ? share(credited, amount, whole) : taxes(sent, name));
        return line;
    }

    private static long amount(JsonNode sent, ObjectNode credited) {
        if (sent.has("amount")) {
            return sent.get("amount").asLong();
        }
        long whole = credited.path("amount").asLong();
        long quantity = credited.path("quantity").asLong();
        return sent.has("quantity") && quantity > 0
                ? rounded(whole, sent.get("quantity").asLong(), quantity)
                : whole;
    }

    private ArrayNode taxes(JsonNode sent, String name) {
        ArrayNode taxes = Templates.JSON.createArrayNode();
        for (JsonNode tax : sent.path("tax_amounts")) {
            String id = tax.path("tax_rate").asText();
            ObjectNode rate = world.referenced(Kind.TAX_RATE, id, name + "[tax_amounts][tax_rate]");
            ObjectNode entry = taxes.addObject();
            entry.set("amount", tax.get("amount"));
            entry.put("tax_behavior", rate.path("inclusive").asBoolean() ? "inclusive" : "exclusive");
            entry.putObject("tax_rate_details").put("tax_rate", id);
            entry.put("taxability_reason", "not_available");
            entry.set("taxable_amount", tax.get("taxable_amount"));
            entry.put("type", "tax_rate_details");
        }
        return taxes;
    }

    /** The taxes that belong to a part of an invoice line. */
    private static ArrayNode share(ObjectNode credited, long amount, long whole) {
        ArrayNode taxes = Templates.JSON.createArrayNode();
        for (JsonNode tax : credited.path("taxes")) {
            ObjectNode entry = tax.deepCopy();
            entry.put("amount", rounded(tax.path("amount").asLong(), amount, whole));
            entry.put("taxable_amount", rounded(tax.path("taxable_amount").asLong(), amount, whole));
            taxes.add(entry);
        }
        return taxes;
    }

    private static long rounded(long value, long part, long whole) {
        if (whole == 0) {
            return 0;
        }
        return BigDecimal.valueOf(value)
                .multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }
}
