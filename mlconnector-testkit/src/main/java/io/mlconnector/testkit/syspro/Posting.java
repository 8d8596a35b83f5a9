package io.mlconnector.testkit.syspro;

import java.math.BigDecimal;

/**
 * A posting as SYSPRO keeps it.
 *
 * @param businessObject what posted it
 * @param customer the customer's key, padded
 * @param invoice the invoice's key, padded; a number that begins with an underscore for money without an invoice
 * @param value by how much it changed what is owed
 * @param reference the reference that was sent
 * @param journal the journal
 */
public record Posting(
        String businessObject, String customer, String invoice, BigDecimal value, String reference, int journal) {}
