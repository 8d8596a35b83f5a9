/**
 * The only door to the network: calls with quota, authentication, classification and safe retries over
 * {@code java.net.http}, and gap-proof polling of remote sets. A call is retried only where a repetition can do no harm.
 */
@NullMarked
package io.mlconnector.http;

import org.jspecify.annotations.NullMarked;
