package io.mlconnector.bill;

/** A record cannot be written as it is; the message says why. */
final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RejectedException(String reason) {
        super(reason, null, false, false);
    }
}
