/**
 * The adapter for Infor CloudSuite (M3): customers and invoices are read, payments and refunds are posted, through the MI
 * programs of the ION API gateway.
 *
 * <p>Tokens come from a customer's .ionapi file, errors may hide in an answer of 200, and no transaction knows an idempotency key.
 */
@org.jspecify.annotations.NullMarked
package io.mlconnector.cloudsuite;
