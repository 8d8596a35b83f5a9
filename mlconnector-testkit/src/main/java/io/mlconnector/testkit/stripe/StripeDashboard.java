package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What people do to the account besides the API: a colleague at the Dashboard, a customer who pays, a card holder who
 * disputes. Every method throws {@link IllegalArgumentException} where Stripe would refuse. Safe for use by several threads.
 */
public final class StripeDashboard {

    private final Account account;

    StripeDashboard(Account account) {
        this.account = account;
    }

    /**
     * Deletes a draft at the Dashboard.
     *
     * @param invoice the id of the draft
     */
    public void deleteDraft(String invoice) {
        account.byHand(() -> account.invoices().delete(invoice));
    }

    /**
     * Edits a customer at the Dashboard.
     *
     * @param customer the id of the customer
     * @param parameters form names and values, such as {@code address[city]}
     * @return the customer afterwards
     */
    public JsonNode editCustomer(String customer, Map<String, String> parameters) {
        return account.byHand(() -> account.customers().edit(customer, parameters));
    }

    /**
     * Deletes a customer at the Dashboard.
     *
     * @param customer the id of the customer
     */
    public void deleteCustomer(String customer) {
        account.byHand(() -> account.customers().delete(customer));
    }

    /**
     * Lets the customer pay what an open invoice still asks for, by card.
     *
     * @param invoice the id of the invoice
     * @return the invoice payment
     */
    public JsonNode payInvoice(String invoice) {
        return account.byHand(() -> account.payments().payByCard(invoice));
    }

    /**
     * Gives money back at the Dashboard.
     *
     * @param charge the id of the charge
     * @param amount how much, in minor units
     * @return the refund
     */
    public JsonNode refund(String charge, long amount) {
        return account.byHand(() -> account.refunds().refund(charge, amount, "requested_by_customer"));
    }

    /**
     * Lets the card holder dispute a charge.
     *
     * @param charge the id of the charge
     * @param reason such as {@code product_not_received}
     * @return the dispute
     */
    public JsonNode dispute(String charge, String reason) {
        return account.byHand(() -> account.disputes().dispute(charge, reason));
    }
}
