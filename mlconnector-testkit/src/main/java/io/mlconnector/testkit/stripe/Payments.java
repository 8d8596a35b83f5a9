package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Money coming back: what a paying customer, a refund or a dispute leaves behind. */
final class Payments {

    private static final long SECONDS_A_DAY = 86_400;
    private static final long DISPUTE_FEE = 2000;

    private final World world;

    Payments(World world) {
        this.world = world;
    }

    /** An open invoice waits for one payment of all that is due. */
    void expect(ObjectNode invoice) {
        ObjectNode intent = world.shape(Kind.PAYMENT_INTENT);
        intent.set("amount", invoice.get("amount_remaining"));
        intent.set("currency", invoice.get("currency"));
        intent.set("customer", invoice.get("customer"));
        intent.put("client_secret", world.newId(InvoiceBook.idOf(intent) + "_secret_", 24));
        intent.withObjectProperty("payment_details").set("order_reference", invoice.get("id"));
        world.table(Kind.PAYMENT_INTENT).add(intent);
        world.journal().record("payment_intent.created", intent);

        ObjectNode payment = world.shape(Kind.INVOICE_PAYMENT);
        payment.set("amount_requested", invoice.get("amount_remaining"));
        payment.set("currency", invoice.get("currency"));
        payment.set("invoice", invoice.get("id"));
        payment.withObjectProperty("payment").set("payment_intent", intent.get("id"));
        world.table(Kind.INVOICE_PAYMENT).add(payment);
    }

    void cancelExpected(ObjectNode invoice) {
        ObjectNode payment = expected(invoice);
        if (payment == null) {
            return;
        }
        payment.put("status", "canceled");
        payment.withObjectProperty("status_transitions").put("canceled_at", world.now());
        ObjectNode intent = intentOf(payment);
        intent.put("status", "canceled");
        intent.put("canceled_at", world.now());
        intent.put("cancellation_reason", "void_invoice");
        world.journal().record("payment_intent.canceled", intent);
    }

    /** The rest of an invoice changed before it was paid. */
    void expectLess(ObjectNode invoice) {
        ObjectNode payment = expected(invoice);
        if (payment != null) {
            payment.set("amount_requested", invoice.get("amount_remaining"));
            intentOf(payment).set("amount", invoice.get("amount_remaining"));
        }
    }

    /** Marks the invoice as paid, by whatever way. */
    void settle(ObjectNode invoice) {
        ObjectNode before = invoice.deepCopy();
        invoice.put("status", "paid");
        invoice.withObjectProperty("status_transitions").put("paid_at", world.now());
        world.journal().recordUpdate("invoice.updated", invoice, before);
        world.journal().record("invoice.paid", invoice);
    }

    /** The customer pays the rest of an open invoice by card. */
    ObjectNode payByCard(String invoiceId) {
        ObjectNode invoice = world.require(Kind.INVOICE, invoiceId);
        ObjectNode payment = expected(invoice);
        if (payment == null) {
            throw new IllegalStateException(
                    "invoice " + invoiceId + " waits for no payment: it is " + InvoiceBook.statusOf(invoice));
        }
        ObjectNode intent = intentOf(payment);
        long amount = invoice.path("amount_remaining").asLong();
        ObjectNode charge = charge(invoice, intent, amount);
        intent.put("status", "succeeded");
        intent.put("amount_received", amount);
        intent.set("latest_charge", charge.get("id"));
        intent.set("payment_method", charge.get("payment_method"));
        world.journal().record("charge.succeeded", charge);
        world.journal().record("payment_intent.succeeded", intent);

        payment.put("status", "paid");
        payment.put("amount_paid", amount);
        payment.withObjectProperty("status_transitions").put("paid_at", world.now());
        world.journal().record("invoice_payment.paid", payment);
        invoice.put("amount_paid", invoice.path("amount_paid").asLong() + amount);
        invoice.put("amount_remaining", 0);
        invoice.put("attempted", true);
        invoice.put("attempt_count", invoice.path("attempt_count").asInt() + 1);
        settle(invoice);
        world.journal().record("invoice.payment_succeeded", invoice);
        return payment;
    }

    /** Gives back a part of a charge, or all of it. */
    ObjectNode refund(String chargeId, long amount, String reason) {
        ObjectNode charge = world.require(Kind.CHARGE, chargeId);
        long refunded = charge.path("amount_refunded").asLong() + amount;
        if (amount <= 0 || refunded > charge.path("amount").asLong()) {
            throw new IllegalArgumentException("charge " + chargeId + " cannot give back " + amount);
        }
        ObjectNode refund = world.shape(Kind.REFUND);
        refund.put("amount", amount);
        refund.put("reason", reason);
        Patch.copy(refund, charge, "currency", "customer", "payment_intent");
        refund.set("charge", charge.get("id"));
        refund.set(
                "balance_transaction",
                book(refund, "refund", "refund", -amount, 0).get("id"));
        world.table(Kind.REFUND).add(refund);
        charge.put("amount_refunded", refunded);
        charge.put("refunded", refunded == charge.path("amount").asLong());
        world.journal().record("refund.created", refund);
        world.journal().record("charge.refunded", charge);
        return refund;
    }

    /** The card holder disputes a charge. */
    ObjectNode dispute(String chargeId, String reason) {
        ObjectNode charge = world.require(Kind.CHARGE, chargeId);
        ObjectNode dispute = world.shape(Kind.DISPUTE);
        Patch.copy(dispute, charge, "amount", "currency", "payment_intent");
        dispute.set("charge", charge.get("id"));
        dispute.put("reason", reason);
        dispute.withObjectProperty("evidence_details").put("due_by", world.now() + 10 * SECONDS_A_DAY);
        long amount = charge.path("amount").asLong();
        dispute.withArrayProperty("balance_transactions")
                .add(book(dispute, "adjustment", "dispute", -amount, DISPUTE_FEE));
        world.table(Kind.DISPUTE).add(dispute);
        charge.put("disputed", true);
        world.journal().record("charge.dispute.created", dispute);
        world.journal().record("charge.dispute.funds_withdrawn", dispute);
        return dispute;
    }

    List<ObjectNode> of(ObjectNode invoice) {
        return world.table(Kind.INVOICE_PAYMENT).newestFirst().stream()
                .filter(payment -> payment.path("invoice").equals(invoice.path("id")))
                .toList();
    }

    private ObjectNode charge(ObjectNode invoice, ObjectNode intent, long amount) {
        ObjectNode charge = world.shape(Kind.CHARGE);
        charge.put("amount", amount);
        charge.put("amount_captured", amount);
        Patch.copy(charge, invoice, "currency", "customer");
        charge.set("payment_intent", intent.get("id"));
        ObjectNode billing = charge.withObjectProperty("billing_details");
        billing.set("email", invoice.get("customer_email"));
        billing.set("name", invoice.get("customer_name"));
        long fee = amount * 15 / 1000 + 25;
        charge.set(
                "balance_transaction",
                book(charge, "charge", "charge", amount, fee).get("id"));
        world.table(Kind.CHARGE).add(charge);
        return charge;
    }

    private ObjectNode book(ObjectNode source, String type, String category, long amount, long fee) {
        ObjectNode transaction = world.shape(Kind.BALANCE_TRANSACTION);
        transaction.put("amount", amount);
        transaction.put("available_on", world.now() + 2 * SECONDS_A_DAY);
        transaction.set("currency", source.get("currency"));
        transaction.put("fee", fee);
        if (fee > 0) {
            ObjectNode detail = transaction.withArrayProperty("fee_details").addObject();
            detail.put("amount", fee).putNull("application");
            detail.set("currency", source.get("currency"));
            detail.put("description", "Stripe processing fees").put("type", "stripe_fee");
        }
        transaction.put("net", amount - fee);
        transaction.put("type", type);
        transaction.put("reporting_category", category);
        transaction.set("source", source.get("id"));
        world.table(Kind.BALANCE_TRANSACTION).add(transaction);
        return transaction;
    }

    private @Nullable ObjectNode expected(ObjectNode invoice) {
        return of(invoice).stream()
                .filter(payment -> payment.path("status").asText().equals("open"))
                .findFirst()
                .orElse(null);
    }

    private ObjectNode intentOf(ObjectNode payment) {
        return world.require(
                Kind.PAYMENT_INTENT,
                payment.path("payment").path("payment_intent").asText());
    }
}
