package io.mlconnector.engine.simulation;

/** What goes wrong in a simulation, and how often: per mille of its chances at the middle rate. */
enum Fault {
    SOURCE_DOWN("the source is down", 10),
    SOURCE_TORN("the connection to the source is torn", 10),
    EDIT("a record is edited in the middle of a pass", 12),
    TARGET_DOWN("the target is down (503)", 15),
    TIMEOUT_BEFORE_COMMIT("timeout, and the write never takes effect", 40),
    TIMEOUT_AFTER_COMMIT("timeout after the write took effect", 40),
    LATE_COMMIT("timeout, and the write takes effect later", 40),
    THROTTLED("too many requests (429)", 30),
    REJECTED("the target rejects the record", 20),
    CONFLICTED("the record has changed at the target", 20),
    ANSWER_TORN("the connection is torn before the answer", 15),
    LOOK_UP_DOWN("the target is down during a look-up", 15),
    LOOK_UP_TORN("the connection is torn during a look-up", 15),
    CANNOT_TELL("the look-up cannot tell", 15),
    LEDGER_ACQUIRE("the ledger fails to give a lease", 5),
    LEDGER_READ("the ledger fails to read", 5),
    LEDGER_BEGIN("the ledger fails to begin a transaction", 5),
    LEDGER_ROLLBACK("the ledger rolls a transaction back", 8),
    LEDGER_ANSWER("the ledger commits and its answer is lost", 5),
    TAKEOVER("another process takes the flow over in the middle of a pass", 4),
    CRASH("the process dies", 4);

    private final String text;
    private final int perMille;

    Fault(String text, int perMille) {
        this.text = text;
        this.perMille = perMille;
    }

    int perMille() {
        return perMille;
    }

    @Override
    public String toString() {
        return text;
    }
}
