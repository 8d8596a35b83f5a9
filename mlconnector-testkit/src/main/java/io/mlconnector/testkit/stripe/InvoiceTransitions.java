package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/** The ways of an invoice from draft to its end. */
final class InvoiceTransitions {

    private static final Set<String> UNPAID = Set.of("open", "uncollectible");

    private final World world;
    private final InvoiceBook book;
    private final Payments payments;

    InvoiceTransitions(World world, InvoiceBook book, Payments payments) {
        this.world = world;
        this.book = book;
        this.payments = payments;
    }

    void register(Routes routes) {
        String invoice = "/v1/invoices/{id}";
        routes.post(invoice + "/finalize", Kind.INVOICE, InvoiceSchemas.FINALIZE, this::finalizeDraft);
        routes.post(invoice + "/send", Kind.INVOICE, Schema.of(), this::send);
        routes.post(invoice + "/void", Kind.INVOICE, Schema.of(), this::voidInvoice);
        routes.post(invoice + "/mark_uncollectible", Kind.INVOICE, Schema.of(), this::markUncollectible);
        routes.post(invoice + "/pay", Kind.INVOICE, InvoiceSchemas.PAY, this::pay);
        routes.post(invoice + "/attach_payment", Kind.INVOICE, InvoiceSchemas.ATTACH, this::attach);
    }

    private ObjectNode finalizeDraft(Invocation call) {
        ObjectNode invoice = world.require(Kind.INVOICE, call.id());
        return finalizeDraft(invoice, call.params());
    }

    ObjectNode finalizeDraft(ObjectNode invoice, ObjectNode params) {
        if (!InvoiceBook.isDraft(invoice)) {
            throw InvoiceBook.notEditable(
                    "This invoice is already finalized: it is " + InvoiceBook.statusOf(invoice) + ".");
        }
        if (book.lines(invoice).isEmpty()) {
            throw StripeRefusal.rule("invoice_no_customer_line_items", null, "The invoice has no line items.");
        }
        ObjectNode before = invoice.deepCopy();
        Patch.copy(invoice, params, "auto_advance");
        issue(invoice);
        boolean settled = applyBalance(invoice);
        world.journal().recordUpdate("invoice.updated", invoice, before);
        world.journal().record("invoice.finalized", invoice);
        if (settled) {
            payments.settle(invoice);
        } else {
            payments.expect(invoice);
        }
        voidOriginal(invoice);
        return invoice;
    }

    private void issue(ObjectNode invoice) {
        long now = world.now();
        invoice.put("status", "open");
        transition(invoice, "finalized_at");
        if (!invoice.hasNonNull("effective_at")) {
            invoice.put("effective_at", now);
        }
        if (!invoice.hasNonNull("number")) {
            invoice.put("number", nextNumber(invoice));
        }
        String link = world.newId("test_", 32);
        invoice.put("hosted_invoice_url", "https://invoice.stripe.example/i/acct_1Sandbox/" + link + "?s=ap");
        invoice.put("invoice_pdf", "https://pay.stripe.example/invoice/acct_1Sandbox/" + link + "/pdf?s=ap");
        invoice.put("webhooks_delivered_at", now);
    }

    private String nextNumber(ObjectNode invoice) {
        ObjectNode customer = world.find(Kind.CUSTOMER, invoice.path("customer").asText());
        if (customer == null) {
            return world.newId("", 8).toUpperCase(Locale.ROOT) + "-0001";
        }
        long sequence = customer.path("next_invoice_sequence").asLong(1);
        customer.put("next_invoice_sequence", sequence + 1);
        return customer.path("invoice_prefix").asText() + String.format(Locale.ROOT, "-%04d", sequence);
    }

    /** Takes credit and debt of the customer into account; tells whether nothing is left to collect. */
    private boolean applyBalance(ObjectNode invoice) {
        ObjectNode customer = world.find(Kind.CUSTOMER, invoice.path("customer").asText());
        long total = invoice.path("total").asLong();
        long balance = customer == null ? 0 : customer.path("balance").asLong();
        long due = Math.max(0, total + balance);
        long ending = Math.min(0, total + balance);
        boolean tooSmall =
                due > 0 && due < Currencies.leastCharge(invoice.path("currency").asText());
        if (tooSmall) {
            ending = due;
            due = 0;
        }
        invoice.put("starting_balance", balance);
        invoice.put("ending_balance", ending);
        invoice.put("amount_due", due);
        invoice.put("amount_remaining", due);
        if (customer != null && ending != balance) {
            ObjectNode before = customer.deepCopy();
            customer.put("balance", ending);
            world.journal().recordUpdate("customer.updated", customer, before);
        }
        return due == 0;
    }

    private void voidOriginal(ObjectNode revision) {
        ObjectNode original = world.find(
                Kind.INVOICE, revision.path("from_invoice").path("invoice").asText(""));
        if (original != null && UNPAID.contains(InvoiceBook.statusOf(original))) {
            original.set("latest_revision", revision.get("id"));
            leave(original, "void", "voided_at", "invoice.voided");
        }
    }

    private ObjectNode send(Invocation call) {
        ObjectNode invoice = world.require(Kind.INVOICE, call.id());
        if (!invoice.path("collection_method").asText().equals("send_invoice")) {
            throw StripeRefusal.rule(null, null, "Only invoices with collection_method=send_invoice can be sent.");
        }
        if (!invoice.hasNonNull("customer_email")) {
            throw StripeRefusal.rule(null, null, "The customer has no email address to send the invoice to.");
        }
        if (InvoiceBook.isDraft(invoice)) {
            finalizeDraft(invoice, call.params().objectNode());
        } else if (!UNPAID.contains(InvoiceBook.statusOf(invoice))) {
            throw wrong(invoice, "sent");
        }
        world.mail("invoice", call.id(), invoice.path("customer_email").asText());
        world.journal().record("invoice.sent", invoice);
        return invoice;
    }

    private ObjectNode voidInvoice(Invocation call) {
        ObjectNode invoice = unpaid(call.id(), "voided");
        leave(invoice, "void", "voided_at", "invoice.voided");
        return invoice;
    }

    private ObjectNode markUncollectible(Invocation call) {
        ObjectNode invoice = world.require(Kind.INVOICE, call.id());
        if (!InvoiceBook.statusOf(invoice).equals("open")) {
            throw wrong(invoice, "marked uncollectible");
        }
        change(invoice, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible");
        return invoice;
    }

    private ObjectNode pay(Invocation call) {
        ObjectNode invoice = unpaid(call.id(), "paid");
        if (!call.isTrue("paid_out_of_band")) {
            throw StripeRefusal.rule(
                    "resource_missing",
                    "payment_method",
                    "There is no default payment method on this customer or invoice to pay with.");
        }
        payments.cancelExpected(invoice);
        invoice.set("amount_paid", invoice.get("amount_due"));
        invoice.put("amount_remaining", 0);
        payments.settle(invoice);
        return invoice;
    }

    private ObjectNode attach(Invocation call) {
        ObjectNode invoice = world.require(Kind.INVOICE, call.id());
        ObjectNode intent = world.referenced(
                Kind.PAYMENT_INTENT, call.params().path("payment_intent").asText(), "payment_intent");
        payments.attach(invoice, intent, intent.path("amount").asLong());
        return invoice;
    }

    private ObjectNode unpaid(String id, String action) {
        ObjectNode invoice = world.require(Kind.INVOICE, id);
        if (!UNPAID.contains(InvoiceBook.statusOf(invoice))) {
            throw wrong(invoice, action);
        }
        return invoice;
    }

    private void leave(ObjectNode invoice, String status, String time, String event) {
        payments.cancelExpected(invoice);
        change(invoice, status, time, event);
    }

    private void change(ObjectNode invoice, String status, String time, String event) {
        ObjectNode before = invoice.deepCopy();
        invoice.put("status", status);
        transition(invoice, time);
        world.journal().recordUpdate("invoice.updated", invoice, before);
        world.journal().record(event, invoice);
    }

    private void transition(ObjectNode invoice, String time) {
        invoice.withObjectProperty("status_transitions").put(time, world.now());
    }

    private static StripeRefusal wrong(ObjectNode invoice, String action) {
        return StripeRefusal.rule(
                null, null, "An invoice that is " + InvoiceBook.statusOf(invoice) + " cannot be " + action + ".");
    }
}
