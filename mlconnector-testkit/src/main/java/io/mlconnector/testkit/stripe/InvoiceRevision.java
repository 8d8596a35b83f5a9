package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A revision: a draft copy that, once finalized, voids the invoice it was made from. */
final class InvoiceRevision {

    private static final Set<String> REVISABLE = Set.of("open", "uncollectible");

    private final World world;
    private final InvoiceBook book;

    InvoiceRevision(World world, InvoiceBook book) {
        this.world = world;
        this.book = book;
    }

    /** The invoice to revise, where the parameters ask for a revision. */
    @Nullable ObjectNode original(ObjectNode params) {
        if (!params.has("from_invoice")) {
            return null;
        }
        for (String field : List.of("customer", "currency")) {
            if (params.has(field)) {
                throw StripeRefusal.exclusive(field, "from_invoice", field);
            }
        }
        String parameter = "from_invoice[invoice]";
        ObjectNode original = world.referenced(
                Kind.INVOICE, params.path("from_invoice").path("invoice").asText(), parameter);
        if (!REVISABLE.contains(InvoiceBook.statusOf(original))) {
            throw StripeRefusal.rule(
                    null,
                    parameter,
                    "Only open and uncollectible invoices can be revised, this one is " + InvoiceBook.statusOf(original)
                            + ".");
        }
        return original;
    }

    /** Fills the revision and returns copies of the original's lines. */
    List<ObjectNode> start(ObjectNode invoice, ObjectNode original) {
        Patch.copy(
                invoice,
                original,
                "collection_method",
                "currency",
                "custom_fields",
                "default_tax_rates",
                "description",
                "due_date",
                "footer",
                "metadata",
                "rendering");
        ObjectNode from = invoice.putObject("from_invoice");
        from.put("action", "revision");
        from.set("invoice", original.get("id"));
        List<ObjectNode> lines = new ArrayList<>();
        for (ObjectNode line : book.lines(original)) {
            ObjectNode copy = line.deepCopy();
            copy.put("id", world.newId(Kind.LINE_ITEM.idStart(), Kind.LINE_ITEM.idLength()));
            copy.set("invoice", invoice.get("id"));
            lines.add(copy);
        }
        return lines;
    }
}
