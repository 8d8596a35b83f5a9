package io.mlconnector.cloudsuite;

import io.mlconnector.spi.WriteOutcome;

/** Ends the work on one record with an outcome, before anything of it was written. */
final class EndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WriteOutcome outcome;

    private EndedException(String message, WriteOutcome outcome) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    static EndedException with(WriteOutcome outcome) {
        return new EndedException(outcome.toString(), outcome);
    }

    static EndedException rejected(String reason) {
        return new EndedException(reason, new WriteOutcome.Rejected(reason, null));
    }

    WriteOutcome outcome() {
        return outcome;
    }
}
