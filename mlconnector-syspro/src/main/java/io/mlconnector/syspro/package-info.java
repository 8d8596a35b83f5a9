/**
 * The adapter for SYSPRO: customers and invoices are read by OData, payments, refunds and disputes are posted by e.net
 * business objects.
 *
 * <p>An operator has one session at a time, a post may be a GET, and nothing is idempotent.
 */
@org.jspecify.annotations.NullMarked
package io.mlconnector.syspro;
