package io.mlconnector.syspro;

import io.mlconnector.spi.WriteOutcome;

/** A write has come to its end before its effect: nothing is sent. */
final class EndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient WriteOutcome outcome;

    private EndedException(WriteOutcome outcome) {
        super(outcome.toString(), null, false, false);
        this.outcome = outcome;
    }

    static EndedException with(WriteOutcome outcome) {
        return new EndedException(outcome);
    }

    static EndedException rejected(String reason) {
        return new EndedException(new WriteOutcome.Rejected(reason, null));
    }

    WriteOutcome outcome() {
        return outcome;
    }
}
