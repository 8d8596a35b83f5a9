/**
 * A simulator of Infor CloudSuite (M3) behind its gateway: the token service, and the MI programs of customers, invoices,
 * account identities and payments, single and bulk. Like M3, it takes the same Add twice.
 */
@NullMarked
package io.mlconnector.testkit.cloudsuite;

import org.jspecify.annotations.NullMarked;
