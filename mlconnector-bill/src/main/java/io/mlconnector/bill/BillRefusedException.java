package io.mlconnector.bill;

import org.jspecify.annotations.Nullable;

/** BILL said no to one call, and did nothing. */
final class BillRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient BillError error;
    private final @Nullable String requestId;

    BillRefusedException(String operation, BillError error, @Nullable String requestId) {
        super(operation + ": " + error, null, false, false);
        this.error = error;
        this.requestId = requestId;
    }

    BillError error() {
        return error;
    }

    @Nullable String requestId() {
        return requestId;
    }
}
