package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Objects in events as accounts saw them whose version is older than the one that parted invoices from payments. */
final class OldShape {

    private static final String PARTED = "2025-03-31";

    private final World world;

    OldShape(World world) {
        this.world = world;
    }

    static boolean is(@Nullable String version) {
        return version == null || version.compareTo(PARTED) < 0;
    }

    /** A copy with the fields of that time, and without those that came later. */
    ObjectNode of(ObjectNode object) {
        ObjectNode old = object.deepCopy();
        switch (object.path("object").asText()) {
            case "invoice" -> invoice(old);
            case "payment_intent" ->
                old.put("invoice", invoiceOf(object.path("id").asText()));
            case "charge" ->
                old.put("invoice", invoiceOf(object.path("payment_intent").asText()));
            default -> {
                // the other objects had the same shape
            }
        }
        return old;
    }

    private void invoice(ObjectNode invoice) {
        String id = invoice.path("id").asText();
        ObjectNode row = world.table(Kind.INVOICE_PAYMENT).newestFirst().stream()
                .filter(payment -> payment.path("invoice").asText().equals(id))
                .findFirst()
                .orElse(null);
        String intent =
                row == null ? null : row.path("payment").path("payment_intent").asText(null);
        ObjectNode found = world.find(Kind.PAYMENT_INTENT, intent);
        invoice.put("paid", invoice.path("status").asText().equals("paid"));
        invoice.put("payment_intent", intent);
        invoice.set("charge", found == null ? invoice.nullNode() : found.get("latest_charge"));
        invoice.set(
                "subscription",
                invoice.path("parent").path("subscription_details").path("subscription"));
        invoice.remove("parent");
        invoice.remove("total_taxes");
    }

    private @Nullable String invoiceOf(String intent) {
        return world.table(Kind.INVOICE_PAYMENT).newestFirst().stream()
                .filter(payment ->
                        payment.path("payment").path("payment_intent").asText().equals(intent))
                .map(payment -> payment.path("invoice").asText())
                .findFirst()
                .orElse(null);
    }
}
