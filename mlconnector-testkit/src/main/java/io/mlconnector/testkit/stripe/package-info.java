/**
 * A stateful simulator of the Stripe API on a loopback port. {@link io.mlconnector.testkit.stripe.StripeSandbox} starts it;
 * it refuses what the live API refuses and breaks down on command, so that a client is tested against the wire format.
 */
@NullMarked
package io.mlconnector.testkit.stripe;

import org.jspecify.annotations.NullMarked;
