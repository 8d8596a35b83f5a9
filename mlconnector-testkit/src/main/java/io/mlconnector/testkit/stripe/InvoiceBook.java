package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The invoices with all their lines; an invoice object itself shows only the first ten. */
final class InvoiceBook {

    private final World world;
    private final LineTaxes taxes;
    private final Map<String, List<ObjectNode>> lines = new HashMap<>();

    InvoiceBook(World world, LineTaxes taxes) {
        this.world = world;
        this.taxes = taxes;
    }

    void add(ObjectNode invoice, List<ObjectNode> initialLines) {
        lines.put(idOf(invoice), new ArrayList<>(initialLines));
        world.table(Kind.INVOICE).add(invoice);
        recompute(invoice);
    }

    void remove(ObjectNode invoice) {
        lines.remove(idOf(invoice));
        world.table(Kind.INVOICE).remove(idOf(invoice));
    }

    /** The lines, oldest first. */
    List<ObjectNode> lines(ObjectNode invoice) {
        return lines.computeIfAbsent(idOf(invoice), absent -> new ArrayList<>());
    }

    ObjectNode line(ObjectNode invoice, String id, int status, String parameter) {
        for (ObjectNode line : lines(invoice)) {
            if (line.path("id").asText().equals(id)) {
                return line;
            }
        }
        throw StripeRefusal.noSuch(status, "line_item", id, parameter);
    }

    /** A draft that the path of a call names; anything else cannot be edited. */
    ObjectNode requireDraft(String id) {
        ObjectNode invoice = world.require(Kind.INVOICE, id);
        if (!isDraft(invoice)) {
            throw notEditable("This invoice is " + statusOf(invoice) + " and can no longer be edited.");
        }
        return invoice;
    }

    void recompute(ObjectNode invoice) {
        if (!invoice.path("default_tax_rates").isEmpty()) {
            taxes.applyDefaults(invoice.path("default_tax_rates"), lines(invoice));
        }
        InvoiceTotals.apply(invoice, lines(invoice));
        InvoiceTotals.due(invoice);
    }

    /** Taxes lines under changed default rates. */
    void changeDefaultRates(ObjectNode invoice) {
        taxes.applyDefaults(invoice.path("default_tax_rates"), lines(invoice));
    }

    static StripeRefusal notEditable(String message) {
        return StripeRefusal.rule("invoice_not_editable", null, message);
    }

    static boolean isDraft(ObjectNode invoice) {
        return statusOf(invoice).equals("draft");
    }

    static String statusOf(ObjectNode invoice) {
        return invoice.path("status").asText();
    }

    static String idOf(ObjectNode object) {
        return object.path("id").asText();
    }
}
