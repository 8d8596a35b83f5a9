package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What customers, card holders and banks do. Amounts are in minor units. Every method throws {@link IllegalArgumentException}
 * where Stripe would refuse. Safe for use by several threads.
 */
public final class StripeMoney {

    private static final String BY_REQUEST = "requested_by_customer";

    private final Account account;

    StripeMoney(Account account) {
        this.account = account;
    }

    /**
     * Lets the customer pay what an open invoice still asks for, by card.
     *
     * @param invoice the id of the invoice
     * @return the invoice payment
     */
    public JsonNode pay(String invoice) {
        return byHand(() -> account.payments().payByCard(invoice));
    }

    /**
     * Lets the customer pay a part of an open invoice, or more than it asks for.
     *
     * @param invoice the id of the invoice
     * @param amount how much
     * @return the invoice payment
     */
    public JsonNode payPart(String invoice, long amount) {
        return byHand(() -> account.payments().payPart(invoice, amount));
    }

    /**
     * Lets the customer pay several open invoices with one payment.
     *
     * @param amounts how much of which invoice, in order
     * @return the payment intent
     */
    public JsonNode payTogether(Map<String, Long> amounts) {
        return byHand(() -> account.payments().payTogether(amounts));
    }

    /**
     * Lets somebody pay without an invoice, such as at a payment link.
     *
     * @param customer the id of the customer; null if Stripe does not know who pays
     * @param amount how much
     * @param currency such as {@code eur}
     * @param reference what stands on the payment as {@code order_reference}; null if nothing does
     * @return the payment intent
     */
    public JsonNode payWithoutInvoice(
            @Nullable String customer, long amount, String currency, @Nullable String reference) {
        return byHand(() -> account.payments().payWithoutInvoice(customer, amount, currency, reference));
    }

    /**
     * Makes a charge of the old kind, which has no payment intent.
     *
     * @param amount how much
     * @param currency such as {@code eur}
     * @return the charge
     */
    public JsonNode chargeDirectly(long amount, String currency) {
        return byHand(() -> account.payments().chargeDirectly(amount, currency));
    }

    /**
     * Ties a payment that was made before to an open invoice.
     *
     * @param invoice the id of the invoice
     * @param paymentIntent the id of the payment intent
     * @param amount how much of the payment is for the invoice
     * @return the invoice payment
     */
    public JsonNode attach(String invoice, String paymentIntent, long amount) {
        return byHand(() -> {
            World world = account.world();
            ObjectNode open = world.require(Kind.INVOICE, invoice);
            return account.payments().attach(open, world.require(Kind.PAYMENT_INTENT, paymentIntent), amount);
        });
    }

    /**
     * Reports money for an invoice that came by another way than Stripe's.
     *
     * @param invoice the id of the invoice
     * @param amount how much
     * @return the invoice payment
     */
    public JsonNode report(String invoice, long amount) {
        return byHand(() -> account.payments().report(invoice, amount));
    }

    /**
     * Lets the customer pay by bank debit, which takes days.
     *
     * @param invoice the id of the invoice
     * @return the payment intent, in processing
     */
    public JsonNode startDebit(String invoice) {
        return byHand(() -> account.payments().startDebit(invoice));
    }

    /**
     * Lets the money of a bank debit arrive.
     *
     * @param paymentIntent the id of the payment intent
     * @return the payment intent
     */
    public JsonNode finishDebit(String paymentIntent) {
        return byHand(() -> account.payments().finishDebit(paymentIntent));
    }

    /**
     * Lets a payment of an open invoice fail: a card that is declined, or a started bank debit that comes back.
     *
     * @param invoice the id of the invoice
     * @return the payment intent
     */
    public JsonNode decline(String invoice) {
        return byHand(() -> account.payments().decline(invoice));
    }

    /**
     * Has all money settled in one currency.
     *
     * @param currency such as {@code eur}
     * @param rate currency of settlement per currency of payment, whatever that is
     */
    public void settleIn(String currency, BigDecimal rate) {
        byHand(() -> {
            account.balance().settleIn(currency, rate);
            return Templates.JSON.createObjectNode();
        });
    }

    /** Lets the fees of the next payments be known only later, until {@link #bookFees}. */
    public void holdFees() {
        byHand(() -> {
            account.balance().bookLater();
            return Templates.JSON.createObjectNode();
        });
    }

    /** Makes the fees known that were held back, and those of later payments at once. */
    public void bookFees() {
        byHand(() -> {
            account.balance().bookLate();
            return Templates.JSON.createObjectNode();
        });
    }

    /**
     * Gives a customer credit, which the next invoices use up.
     *
     * @param customer the id of the customer
     * @param amount how much
     * @return the customer
     */
    public JsonNode grantCredit(String customer, long amount) {
        return byHand(() -> {
            ObjectNode found = account.world().require(Kind.CUSTOMER, customer);
            ObjectNode before = found.deepCopy();
            found.put("balance", found.path("balance").asLong() - amount);
            account.world().journal().recordUpdate("customer.updated", found, before);
            return found;
        });
    }

    /**
     * Makes an open invoice as Stripe does for a subscription.
     *
     * @param customer the id of the customer
     * @param amount how much
     * @param currency such as {@code eur}
     * @return the invoice
     */
    public JsonNode invoiceSubscription(String customer, long amount, String currency) {
        return byHand(() -> account.subscriptionInvoice(customer, amount, currency));
    }

    /**
     * Gives money back.
     *
     * @param charge the id of the charge
     * @param amount how much
     * @return the refund
     */
    public JsonNode refund(String charge, long amount) {
        return byHand(() -> account.refunds().refund(charge, amount, BY_REQUEST));
    }

    /**
     * Begins to give money back.
     *
     * @param charge the id of the charge
     * @param amount how much
     * @return the refund, pending
     */
    public JsonNode startRefund(String charge, long amount) {
        return byHand(() -> account.refunds().start(charge, amount, BY_REQUEST, "pending"));
    }

    /**
     * Lets a pending refund arrive.
     *
     * @param refund the id of the refund
     * @return the refund
     */
    public JsonNode finishRefund(String refund) {
        return byHand(() -> account.refunds().finish(refund));
    }

    /**
     * Lets a refund come back.
     *
     * @param refund the id of the refund
     * @return the refund
     */
    public JsonNode failRefund(String refund) {
        return byHand(() -> account.refunds().fail(refund));
    }

    /**
     * Lets the card holder dispute a charge: the money is withdrawn.
     *
     * @param charge the id of the charge
     * @param reason such as {@code product_not_received}
     * @return the dispute
     */
    public JsonNode dispute(String charge, String reason) {
        return byHand(() -> account.disputes().dispute(charge, reason));
    }

    /**
     * Lets the card holder's bank ask before anything is withdrawn.
     *
     * @param charge the id of the charge
     * @param reason such as {@code general}
     * @return the dispute
     */
    public JsonNode inquire(String charge, String reason) {
        return byHand(() -> account.disputes().inquire(charge, reason));
    }

    /**
     * Makes a dispute of an inquiry: the money is withdrawn.
     *
     * @param dispute the id of the dispute
     * @return the dispute
     */
    public JsonNode escalate(String dispute) {
        return byHand(() -> account.disputes().escalate(dispute));
    }

    /**
     * Sends the bank evidence against a dispute or an inquiry.
     *
     * @param dispute the id of the dispute
     * @return the dispute, under review
     */
    public JsonNode submitEvidence(String dispute) {
        return byHand(() -> account.disputes().submitEvidence(dispute));
    }

    /**
     * Decides a dispute for the account: the money comes back.
     *
     * @param dispute the id of the dispute
     * @return the dispute
     */
    public JsonNode win(String dispute) {
        return byHand(() -> account.disputes().win(dispute));
    }

    /**
     * Decides a dispute for the card holder.
     *
     * @param dispute the id of the dispute
     * @return the dispute
     */
    public JsonNode lose(String dispute) {
        return byHand(() -> account.disputes().lose(dispute));
    }

    /**
     * Ends an inquiry without a dispute.
     *
     * @param dispute the id of the dispute
     * @return the dispute
     */
    public JsonNode closeInquiry(String dispute) {
        return byHand(() -> account.disputes().closeInquiry(dispute));
    }

    private JsonNode byHand(Supplier<ObjectNode> action) {
        return account.byHand(action);
    }
}
