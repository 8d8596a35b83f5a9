package io.mlconnector.testkit.stripe;

import org.jspecify.annotations.Nullable;

/**
 * One call that reached the sandbox.
 *
 * @param method the HTTP method
 * @param path the path without query
 * @param route the pattern of the endpoint, such as {@code /v1/invoices/{id}/finalize}; the path itself if none fits
 * @param status the status of the answer, 0 if the connection was dropped
 * @param idempotencyKey the {@code Idempotency-Key} that was sent, if any
 * @param replayed whether the answer was a stored one
 * @param stripeVersion the {@code Stripe-Version} that was sent, if any
 * @param requestId the id that the answer carried
 */
public record StripeRequest(
        String method,
        String path,
        String route,
        int status,
        @Nullable String idempotencyKey,
        boolean replayed,
        @Nullable String stripeVersion,
        String requestId) {}
