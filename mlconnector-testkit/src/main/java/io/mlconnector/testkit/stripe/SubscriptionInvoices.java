package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Invoices that Stripe makes by itself. */
final class SubscriptionInvoices {

    private final World world;
    private final InvoiceBook book;
    private final LineBuilder lines;
    private final InvoiceTransitions transitions;

    SubscriptionInvoices(World world, InvoiceBook book, LineBuilder lines, InvoiceTransitions transitions) {
        this.world = world;
        this.book = book;
        this.lines = lines;
        this.transitions = transitions;
    }

    ObjectNode make(String customerId, long amount, String currency) {
        ObjectNode customer = world.require(Kind.CUSTOMER, customerId);
        ObjectNode invoice = world.shape(Kind.INVOICE);
        invoice.put("currency", currency);
        invoice.put("customer", customerId);
        invoice.set("customer_email", customer.get("email"));
        invoice.set("customer_name", customer.get("name"));
        invoice.put("billing_reason", "subscription_cycle");
        ObjectNode parent = invoice.putObject("parent").putNull("quote_details");
        parent.putObject("subscription_details")
                .put("subscription", world.newId("sub_", 24))
                .putObject("metadata");
        parent.put("type", "subscription_details");
        invoice.withObjectProperty("lines").put("url", "/v1/invoices/" + InvoiceBook.idOf(invoice) + "/lines");
        ObjectNode line = Templates.JSON.createObjectNode();
        line.put("amount", amount).put("description", "1 × Support (at " + amount + " / month)");
        book.add(invoice, List.of(lines.build(invoice, line)));
        world.journal().record("invoice.created", invoice);
        return transitions.finalizeDraft(invoice, Templates.JSON.createObjectNode());
    }
}
