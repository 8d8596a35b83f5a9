package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Credit notes: they lower what an open invoice still asks for, or give back what was paid. */
final class CreditNotes {

    private static final Set<String> CREDITABLE = Set.of("open", "paid");

    private final World world;
    private final Payments payments;
    private final Refunds refunds;
    private final CreditNoteLines noteLines;
    private final Map<String, List<ObjectNode>> linesByNote = new HashMap<>();

    CreditNotes(World world, InvoiceBook book, Payments payments, Refunds refunds) {
        this.world = world;
        this.payments = payments;
        this.refunds = refunds;
        this.noteLines = new CreditNoteLines(world, book);
    }

    void register(Routes routes) {
        routes.post("/v1/credit_notes", Kind.CREDIT_NOTE, CreditNoteSchemas.CREATE, call -> create(call.params()));
        routes.get(
                "/v1/credit_notes",
                Kind.CREDIT_NOTE,
                CreditNoteSchemas.LIST,
                call -> Lists.page(
                        Kind.CREDIT_NOTE,
                        world.table(Kind.CREDIT_NOTE).newestFirst(),
                        call,
                        Lists.sameAs(call, "customer", "invoice")));
        routes.get("/v1/credit_notes/{id}", Kind.CREDIT_NOTE, call -> world.require(Kind.CREDIT_NOTE, call.id()));
        routes.post("/v1/credit_notes/{id}", Kind.CREDIT_NOTE, CreditNoteSchemas.UPDATE, this::update);
        routes.get("/v1/credit_notes/{id}/lines", Kind.CREDIT_NOTE, Lists.PAGE, this::lines);
        routes.post("/v1/credit_notes/{id}/void", Kind.CREDIT_NOTE, Schema.of(), this::voidNote);
    }

    private ObjectNode create(ObjectNode params) {
        ObjectNode invoice =
                world.referenced(Kind.INVOICE, params.path("invoice").asText(), "invoice");
        if (!CREDITABLE.contains(InvoiceBook.statusOf(invoice))) {
            throw StripeRefusal.rule(
                    null,
                    "invoice",
                    "Credit notes need an open or paid invoice, this one is " + InvoiceBook.statusOf(invoice) + ".");
        }
        List<ObjectNode> lines = noteLines.build(invoice, params);
        ObjectNode note = world.shape(Kind.CREDIT_NOTE);
        note.withObjectProperty("lines").put("url", "/v1/credit_notes/" + InvoiceBook.idOf(note) + "/lines");
        InvoiceTotals.apply(note, lines);
        split(note, invoice, params);

        Metadata.merge(note, params);
        Patch.copy(note, params, "memo", "reason", "effective_at", "out_of_band_amount");
        if (!params.has("effective_at")) {
            note.put("effective_at", world.now());
        }
        Patch.copy(note, invoice, "currency", "customer");
        note.set("invoice", invoice.get("id"));
        note.put("number", number(invoice));
        world.table(Kind.CREDIT_NOTE).add(note);
        linesByNote.put(InvoiceBook.idOf(note), new ArrayList<>(lines));
        noteLines.remember(lines, 1);
        takeEffect(note, invoice, params);
        world.journal().record("credit_note.created", note);
        if (!params.path("email_type").asText().equals("none") && invoice.hasNonNull("customer_email")) {
            world.mail(
                    "credit_note",
                    InvoiceBook.idOf(note),
                    invoice.get("customer_email").asText());
        }
        return note;
    }

    /** Parts the total into what is not yet paid and what must be given back, and refuses what does not add up. */
    private void split(ObjectNode note, ObjectNode invoice, ObjectNode params) {
        long total = note.path("total").asLong();
        long before = invoice.path("pre_payment_credit_notes_amount").asLong()
                + invoice.path("post_payment_credit_notes_amount").asLong();
        long creditable = invoice.path("total").asLong() - before;
        if (total <= 0 || total > creditable) {
            throw StripeRefusal.rule(
                    null,
                    "amount",
                    "The credit note of " + total + " must be positive and at most " + creditable + ".");
        }
        long prePayment = Math.min(total, invoice.path("amount_remaining").asLong());
        long postPayment = total - prePayment;
        long givenBack = params.path("credit_amount").asLong()
                + params.path("refund_amount").asLong()
                + params.path("out_of_band_amount").asLong();
        if (givenBack != postPayment) {
            throw StripeRefusal.rule(
                    null,
                    "refund_amount",
                    "credit_amount, refund_amount and out_of_band_amount must add up to " + postPayment + ", not "
                            + givenBack + ".");
        }
        if (params.path("refund_amount").asLong() > refundable(invoice)) {
            throw StripeRefusal.rule(null, "refund_amount", "The invoice has no payment of this size to refund.");
        }
        note.put("amount", total);
        note.put("pre_payment_amount", prePayment);
        note.put("post_payment_amount", postPayment);
        note.put("type", postPayment == 0 ? "pre_payment" : prePayment == 0 ? "post_payment" : "mixed");
    }

    private void takeEffect(ObjectNode note, ObjectNode invoice, ObjectNode params) {
        ObjectNode before = invoice.deepCopy();
        long prePayment = note.path("pre_payment_amount").asLong();
        add(invoice, "pre_payment_credit_notes_amount", prePayment);
        add(
                invoice,
                "post_payment_credit_notes_amount",
                note.path("post_payment_amount").asLong());
        add(invoice, "amount_due", -prePayment);
        add(invoice, "amount_remaining", -prePayment);
        world.journal().recordUpdate("invoice.updated", invoice, before);
        if (prePayment > 0 && invoice.path("amount_remaining").asLong() == 0) {
            payments.cancelExpected(invoice);
            payments.settle(invoice);
        } else if (prePayment > 0) {
            payments.expectLess(invoice);
        }
        ObjectNode customer = world.find(Kind.CUSTOMER, invoice.path("customer").asText());
        if (params.path("credit_amount").asLong() > 0 && customer != null) {
            ObjectNode customerBefore = customer.deepCopy();
            add(customer, "balance", -params.get("credit_amount").asLong());
            world.journal().recordUpdate("customer.updated", customer, customerBefore);
        }
        if (params.path("refund_amount").asLong() > 0) {
            long amount = params.get("refund_amount").asLong();
            ObjectNode refund = refunds.refund(chargeOf(invoice), amount, "requested_by_customer");
            ObjectNode entry = note.withArrayProperty("refunds").addObject();
            entry.put("amount_refunded", amount).putNull("payment_record_refund");
            entry.set("refund", refund.get("id"));
            entry.put("type", "refund");
        }
    }

    private ObjectNode update(Invocation call) {
        ObjectNode note = world.require(Kind.CREDIT_NOTE, call.id());
        ObjectNode before = note.deepCopy();
        Metadata.merge(note, call.params());
        Patch.copy(note, call.params(), "memo");
        world.journal().recordUpdate("credit_note.updated", note, before);
        return note;
    }

    private ObjectNode lines(Invocation call) {
        world.require(Kind.CREDIT_NOTE, call.id());
        return Lists.page(
                Kind.CREDIT_NOTE_LINE_ITEM, linesByNote.getOrDefault(call.id(), List.of()), call, line -> true);
    }

    private ObjectNode voidNote(Invocation call) {
        ObjectNode note = world.require(Kind.CREDIT_NOTE, call.id());
        ObjectNode invoice = world.require(Kind.INVOICE, note.path("invoice").asText());
        if (note.path("status").asText().equals("void")
                || !InvoiceBook.statusOf(invoice).equals("open")) {
            throw StripeRefusal.rule(null, null, "Only an issued credit note of an open invoice can be voided.");
        }
        ObjectNode before = invoice.deepCopy();
        long prePayment = note.path("pre_payment_amount").asLong();
        add(invoice, "pre_payment_credit_notes_amount", -prePayment);
        add(invoice, "amount_due", prePayment);
        add(invoice, "amount_remaining", prePayment);
        payments.expectLess(invoice);
        noteLines.remember(linesByNote.getOrDefault(call.id(), List.of()), -1);
        note.put("status", "void");
        note.put("voided_at", world.now());
        world.journal().recordUpdate("invoice.updated", invoice, before);
        world.journal().record("credit_note.voided", note);
        return note;
    }

    private String number(ObjectNode invoice) {
        long earlier = world.table(Kind.CREDIT_NOTE).oldestFirst().stream()
                .filter(note -> note.path("invoice").equals(invoice.path("id")))
                .count();
        return invoice.path("number").asText() + String.format(Locale.ROOT, "-CN-%02d", earlier + 1);
    }

    private long refundable(ObjectNode invoice) {
        ObjectNode charge = world.find(Kind.CHARGE, chargeOf(invoice));
        return charge == null
                ? 0
                : charge.path("amount").asLong()
                        - charge.path("amount_refunded").asLong();
    }

    private String chargeOf(ObjectNode invoice) {
        for (ObjectNode payment : payments.of(invoice)) {
            ObjectNode intent = world.find(
                    Kind.PAYMENT_INTENT,
                    payment.path("payment").path("payment_intent").asText());
            if (intent != null && intent.hasNonNull("latest_charge")) {
                return intent.get("latest_charge").asText();
            }
        }
        return "";
    }

    private static void add(ObjectNode object, String field, long amount) {
        object.put(field, object.path(field).asLong() + amount);
    }
}
