/**
 * A sandbox of BILL's v3 API: it speaks the wire format on loopback, keeps vendors, bills, payments and webhook subscriptions, and is as
 * strict as BILL is known to be. Its clock moves when a test moves it.
 */
@NullMarked
package io.mlconnector.testkit.bill;

import org.jspecify.annotations.NullMarked;
