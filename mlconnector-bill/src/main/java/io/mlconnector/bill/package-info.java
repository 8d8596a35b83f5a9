/**
 * The adapter for BILL (v3 API): vendors both ways, bills out, payments and the payment status of bills back.
 *
 * <p>Calls carry a session that expires, at most three run at a time for one developer key, and no call knows an idempotency key.
 */
@org.jspecify.annotations.NullMarked
package io.mlconnector.bill;
