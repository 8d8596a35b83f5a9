package io.mlconnector.syspro;

import io.mlconnector.model.Money;

/**
 * What a record wants at one invoice, before anybody has looked at the invoice.
 *
 * @param invoice the id of the invoice
 * @param amount how much, positive
 */
record Want(String invoice, Money amount) {}
