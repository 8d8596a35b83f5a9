package io.mlconnector.stripe;

/** A record breaks a rule that holds before or besides what Stripe says. */
final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RejectedException(String reason) {
        super(reason, null, false, false);
    }
}
