/**
 * The Stripe adapter: customers and invoices of an ERP become Stripe customers and invoices. Amounts are never worked out by
 * Stripe: what the ERP says is what Stripe shows, or nothing is left there. Every call carries an idempotency key, and every
 * object the key of the record that it came from.
 */
@NullMarked
package io.mlconnector.stripe;

import org.jspecify.annotations.NullMarked;
