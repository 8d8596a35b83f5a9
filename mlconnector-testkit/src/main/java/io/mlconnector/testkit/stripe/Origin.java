package io.mlconnector.testkit.stripe;

import org.jspecify.annotations.Nullable;

/** The call that causes a change; a person at the Dashboard has no request. */
record Origin(@Nullable String requestId, @Nullable String idempotencyKey) {

    static final Origin DASHBOARD = new Origin(null, null);
}
