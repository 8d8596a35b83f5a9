package io.mlconnector.testkit.stripe;

import static io.mlconnector.testkit.stripe.Parameter.clearable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The lines of an invoice: added, updated and removed in bulk or one by one while it is a draft. */
final class InvoiceLines {

    private final World world;
    private final InvoiceBook book;
    private final LineBuilder builder;

    InvoiceLines(World world, InvoiceBook book, LineBuilder builder) {
        this.world = world;
        this.book = book;
        this.builder = builder;
    }

    void register(Routes routes) {
        routes.get("/v1/invoices/{id}/lines", Kind.LINE_ITEM, Lists.PAGE, this::list);
        routes.post("/v1/invoices/{id}/add_lines", Kind.LINE_ITEM, LineSchemas.ADD, this::add);
        routes.post("/v1/invoices/{id}/update_lines", Kind.LINE_ITEM, LineSchemas.UPDATE, this::updateMany);
        routes.post("/v1/invoices/{id}/remove_lines", Kind.LINE_ITEM, LineSchemas.REMOVE, this::remove);
        routes.post(
                "/v1/invoices/{id}/lines/{line}",
                Kind.LINE_ITEM,
                LineSchemas.LINE.with(clearable("invoice_metadata", Types.metadata())),
                this::updateOne);
    }

    private ObjectNode list(Invocation call) {
        ObjectNode invoice = world.require(Kind.INVOICE, call.id());
        return Lists.page(Kind.LINE_ITEM, book.lines(invoice), call, line -> true);
    }

    private ObjectNode add(Invocation call) {
        ObjectNode invoice = book.requireDraft(call.id());
        List<ObjectNode> sent = sent(call);
        if (book.lines(invoice).size() + sent.size() > LineSchemas.MOST_ITEMS) {
            throw StripeRefusal.rule(
                    "invoice_items_limit", "lines", "An invoice holds at most " + LineSchemas.MOST_ITEMS + " items.");
        }
        for (int i = 0; i < sent.size(); i++) {
            builder.check(invoice, sent.get(i), "lines[" + i + "]", true);
        }
        ObjectNode before = invoice.deepCopy();
        mergeInvoiceMetadata(invoice, call);
        for (ObjectNode params : sent) {
            book.lines(invoice).add(builder.build(invoice, params));
        }
        return saved(invoice, before);
    }

    private ObjectNode updateMany(Invocation call) {
        ObjectNode invoice = book.requireDraft(call.id());
        List<ObjectNode> sent = sent(call);
        for (int i = 0; i < sent.size(); i++) {
            String name = "lines[" + i + "]";
            book.line(invoice, sent.get(i).path("id").asText(), 400, name + "[id]");
            builder.check(invoice, sent.get(i), name, false);
        }
        ObjectNode before = invoice.deepCopy();
        mergeInvoiceMetadata(invoice, call);
        for (ObjectNode params : sent) {
            builder.apply(book.line(invoice, params.path("id").asText(), 400, "lines"), params);
        }
        return saved(invoice, before);
    }

    private ObjectNode updateOne(Invocation call) {
        ObjectNode invoice = book.requireDraft(call.id());
        ObjectNode line = book.line(invoice, call.variable("line"), 404, "line_item_id");
        builder.check(invoice, call.params(), "line", false);
        ObjectNode before = invoice.deepCopy();
        mergeInvoiceMetadata(invoice, call);
        builder.apply(line, call.params());
        saved(invoice, before);
        return line;
    }

    private ObjectNode remove(Invocation call) {
        ObjectNode invoice = book.requireDraft(call.id());
        List<ObjectNode> gone = new ArrayList<>();
        for (ObjectNode params : sent(call)) {
            gone.add(book.line(invoice, params.path("id").asText(), 400, "lines[id]"));
        }
        ObjectNode before = invoice.deepCopy();
        mergeInvoiceMetadata(invoice, call);
        book.lines(invoice).removeAll(gone);
        return saved(invoice, before);
    }

    private static void mergeInvoiceMetadata(ObjectNode invoice, Invocation call) {
        if (call.has("invoice_metadata")) {
            ObjectNode params = invoice.objectNode();
            params.set("metadata", call.params().get("invoice_metadata"));
            Metadata.merge(invoice, params);
        }
    }

    private ObjectNode saved(ObjectNode invoice, ObjectNode before) {
        book.recompute(invoice);
        world.journal().recordUpdate("invoice.updated", invoice, before);
        return invoice;
    }

    private static List<ObjectNode> sent(Invocation call) {
        List<ObjectNode> sent = new ArrayList<>();
        for (JsonNode line : call.params().path("lines")) {
            sent.add((ObjectNode) line);
        }
        return sent;
    }
}
