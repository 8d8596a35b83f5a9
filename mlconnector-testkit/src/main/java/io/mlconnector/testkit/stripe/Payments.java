package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Money coming in: intents, charges, and the rows that tie them to invoices. */
final class Payments {

    private final World world;
    private final Balance balance;

    Payments(World world, Balance balance) {
        this.world = world;
        this.balance = balance;
    }

    /** An open invoice waits for one payment of all that is due. */
    void expect(ObjectNode invoice) {
        long due = invoice.path("amount_remaining").asLong();
        ObjectNode intent = intent(due, invoice.path("currency").asText(), invoice);
        intent.withObjectProperty("payment_details").set("order_reference", invoice.get("id"));
        world.journal().record("payment_intent.created", intent);
        row(invoice, intent, due, true);
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
        ObjectNode payment = waiting(invoiceId);
        succeed(intentOf(payment));
        return payment;
    }

    /** The customer pays a part of an open invoice. */
    ObjectNode payPart(String invoiceId, long amount) {
        ObjectNode invoice = world.require(Kind.INVOICE, invoiceId);
        ObjectNode intent = intent(amount, invoice.path("currency").asText(), invoice);
        ObjectNode payment = attach(invoice, intent, amount);
        succeed(intent);
        return payment;
    }

    /** The customer pays several invoices at once. */
    ObjectNode payTogether(Map<String, Long> amounts) {
        long total = amounts.values().stream().mapToLong(Long::longValue).sum();
        ObjectNode first =
                world.require(Kind.INVOICE, amounts.keySet().iterator().next());
        ObjectNode intent = intent(total, first.path("currency").asText(), first);
        amounts.forEach((id, amount) -> attach(world.require(Kind.INVOICE, id), intent, amount));
        succeed(intent);
        return intent;
    }

    /** Somebody pays at a payment link; {@code reference} is what stands on it. */
    ObjectNode payWithoutInvoice(@Nullable String customer, long amount, String currency, @Nullable String reference) {
        ObjectNode payer = Templates.JSON.createObjectNode().put("customer", customer);
        ObjectNode intent = intent(amount, currency, payer);
        intent.withObjectProperty("payment_details").put("order_reference", reference);
        succeed(intent);
        return intent;
    }

    /** A charge of the old kind, without an intent. */
    ObjectNode chargeDirectly(long amount, String currency) {
        ObjectNode charge = charge(null, amount, currency, "card");
        balance.bookCharge(charge);
        world.journal().record("charge.succeeded", charge);
        return charge;
    }

    /** Ties a payment to an open invoice, as {@code attach_payment} does. A payment made before counts at once. */
    ObjectNode attach(ObjectNode invoice, ObjectNode intent, long amount) {
        if (!InvoiceBook.statusOf(invoice).equals("open")) {
            throw StripeRefusal.rule(
                    null,
                    null,
                    "Payments can be attached to open invoices; this one is " + InvoiceBook.statusOf(invoice) + ".");
        }
        ObjectNode payment = row(invoice, intent, amount, false);
        if (intent.path("status").asText().equals("succeeded")) {
            paid(payment);
        }
        return payment;
    }

    /** Money that came by another way is reported. */
    ObjectNode report(String invoiceId, long amount) {
        ObjectNode invoice = world.require(Kind.INVOICE, invoiceId);
        ObjectNode payment = world.shape(Kind.INVOICE_PAYMENT);
        payment.put("amount_requested", amount);
        payment.put("is_default", false);
        Patch.copy(payment, invoice, "currency");
        payment.set("invoice", invoice.get("id"));
        payment.putObject("payment")
                .put("payment_record", world.newId("prec_", 24))
                .put("type", "payment_record");
        world.table(Kind.INVOICE_PAYMENT).add(payment);
        paid(payment);
        return payment;
    }

    /** A bank debit is on its way: it takes days. */
    ObjectNode startDebit(String invoiceId) {
        ObjectNode intent = intentOf(waiting(invoiceId));
        ObjectNode charge = charge(
                intent, intent.path("amount").asLong(), intent.path("currency").asText(), "sepa_debit");
        charge.put("status", "pending").put("paid", false);
        intent.put("status", "processing");
        intent.set("latest_charge", charge.get("id"));
        world.journal().record("charge.pending", charge);
        world.journal().record("payment_intent.processing", intent);
        return intent;
    }

    ObjectNode finishDebit(String intentId) {
        ObjectNode intent = world.require(Kind.PAYMENT_INTENT, intentId);
        ObjectNode charge =
                world.require(Kind.CHARGE, intent.path("latest_charge").asText());
        charge.put("status", "succeeded").put("paid", true);
        succeeded(intent, charge);
        return intent;
    }

    /** A card is declined, or a bank debit comes back. */
    ObjectNode decline(String invoiceId) {
        ObjectNode invoice = world.require(Kind.INVOICE, invoiceId);
        ObjectNode intent = intentOf(waiting(invoiceId));
        ObjectNode charge = world.find(Kind.CHARGE, intent.path("latest_charge").asText(null));
        if (charge == null || !charge.path("status").asText().equals("pending")) {
            charge = charge(
                    intent,
                    intent.path("amount").asLong(),
                    intent.path("currency").asText(),
                    "card");
        }
        charge.put("status", "failed").put("paid", false).put("captured", false);
        charge.put("failure_code", "card_declined").put("failure_message", "Your card has insufficient funds.");
        intent.put("status", "requires_payment_method");
        intent.set("latest_charge", charge.get("id"));
        ObjectNode error = intent.putObject("last_payment_error");
        error.set("charge", charge.get("id"));
        error.put("code", "card_declined").put("decline_code", "insufficient_funds");
        error.put("message", "Your card has insufficient funds.").put("type", "card_error");
        attempted(invoice);
        world.journal().record("charge.failed", charge);
        world.journal().record("payment_intent.payment_failed", intent);
        world.journal().record("invoice.payment_failed", invoice);
        return intent;
    }

    List<ObjectNode> of(ObjectNode invoice) {
        return world.table(Kind.INVOICE_PAYMENT).newestFirst().stream()
                .filter(payment -> payment.path("invoice").equals(invoice.path("id")))
                .toList();
    }

    /** What of an invoice was paid by other ways than Stripe's. */
    long paidOffStripe(ObjectNode invoice) {
        long byStripe = of(invoice).stream()
                .filter(payment -> payment.path("payment").path("type").asText().equals("payment_intent"))
                .mapToLong(payment -> payment.path("amount_paid").asLong())
                .sum();
        return invoice.path("amount_paid").asLong() - byStripe;
    }

    private void succeed(ObjectNode intent) {
        ObjectNode charge = charge(
                intent, intent.path("amount").asLong(), intent.path("currency").asText(), "card");
        succeeded(intent, charge);
    }

    private void succeeded(ObjectNode intent, ObjectNode charge) {
        balance.bookCharge(charge);
        intent.put("status", "succeeded");
        intent.set("amount_received", charge.get("amount"));
        intent.set("latest_charge", charge.get("id"));
        intent.set("payment_method", charge.get("payment_method"));
        intent.putNull("last_payment_error");
        world.journal().record("charge.succeeded", charge);
        world.journal().record("payment_intent.succeeded", intent);
        world.table(Kind.INVOICE_PAYMENT).oldestFirst().stream()
                .filter(payment ->
                        payment.path("payment").path("payment_intent").equals(intent.path("id")))
                .filter(payment -> payment.path("status").asText().equals("open"))
                .toList()
                .forEach(this::paid);
    }

    private void paid(ObjectNode payment) {
        ObjectNode invoice = world.require(Kind.INVOICE, payment.path("invoice").asText());
        long amount = payment.path("amount_requested").asLong();
        payment.put("status", "paid");
        payment.put("amount_paid", amount);
        payment.withObjectProperty("status_transitions").put("paid_at", world.now());
        world.journal().record("invoice_payment.paid", payment);
        ObjectNode before = invoice.deepCopy();
        long remaining = invoice.path("amount_remaining").asLong() - amount;
        invoice.put("amount_paid", invoice.path("amount_paid").asLong() + amount + Math.min(0, remaining));
        invoice.put("amount_remaining", Math.max(0, remaining));
        if (remaining < 0) {
            overpaid(invoice, -remaining);
        }
        attempted(invoice);
        if (remaining <= 0) {
            cancelExpected(invoice);
            settle(invoice);
            world.journal().record("invoice.payment_succeeded", invoice);
        } else {
            expectLess(invoice);
            world.journal().recordUpdate("invoice.updated", invoice, before);
        }
    }

    private void overpaid(ObjectNode invoice, long amount) {
        invoice.put("amount_overpaid", invoice.path("amount_overpaid").asLong() + amount);
        ObjectNode customer = world.find(Kind.CUSTOMER, invoice.path("customer").asText());
        if (customer != null) {
            ObjectNode before = customer.deepCopy();
            customer.put("balance", customer.path("balance").asLong() - amount);
            world.journal().recordUpdate("customer.updated", customer, before);
        }
        world.journal().record("invoice.overpaid", invoice);
    }

    private static void attempted(ObjectNode invoice) {
        invoice.put("attempted", true);
        invoice.put("attempt_count", invoice.path("attempt_count").asInt() + 1);
    }

    private ObjectNode intent(long amount, String currency, ObjectNode payer) {
        ObjectNode intent = world.shape(Kind.PAYMENT_INTENT);
        intent.put("amount", amount);
        intent.put("currency", currency);
        Patch.copy(intent, payer, "customer");
        intent.put("client_secret", world.newId(InvoiceBook.idOf(intent) + "_secret_", 24));
        world.table(Kind.PAYMENT_INTENT).add(intent);
        return intent;
    }

    private ObjectNode row(ObjectNode invoice, ObjectNode intent, long amount, boolean isDefault) {
        ObjectNode payment = world.shape(Kind.INVOICE_PAYMENT);
        payment.put("amount_requested", amount);
        payment.put("is_default", isDefault);
        Patch.copy(payment, invoice, "currency");
        payment.set("invoice", invoice.get("id"));
        payment.withObjectProperty("payment").set("payment_intent", intent.get("id"));
        world.table(Kind.INVOICE_PAYMENT).add(payment);
        return payment;
    }

    private ObjectNode charge(@Nullable ObjectNode intent, long amount, String currency, String method) {
        ObjectNode charge = world.shape(Kind.CHARGE);
        charge.put("amount", amount);
        charge.put("amount_captured", amount);
        charge.put("currency", currency);
        if (intent != null) {
            Patch.copy(charge, intent, "customer");
            charge.set("payment_intent", intent.get("id"));
        }
        if (!method.equals("card")) {
            charge.putObject("payment_method_details").put("type", method).putObject(method);
        }
        ObjectNode customer = world.find(Kind.CUSTOMER, charge.path("customer").asText(null));
        if (customer != null) {
            ObjectNode billing = charge.withObjectProperty("billing_details");
            billing.set("email", customer.get("email"));
            billing.set("name", customer.get("name"));
        }
        world.table(Kind.CHARGE).add(charge);
        return charge;
    }

    private ObjectNode waiting(String invoiceId) {
        ObjectNode invoice = world.require(Kind.INVOICE, invoiceId);
        ObjectNode payment = expected(invoice);
        if (payment == null) {
            throw new IllegalStateException(
                    "invoice " + invoiceId + " waits for no payment: it is " + InvoiceBook.statusOf(invoice));
        }
        return payment;
    }

    private @Nullable ObjectNode expected(ObjectNode invoice) {
        return of(invoice).stream()
                .filter(payment -> payment.path("is_default").asBoolean())
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
