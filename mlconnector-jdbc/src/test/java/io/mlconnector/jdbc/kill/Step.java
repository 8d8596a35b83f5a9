package io.mlconnector.jdbc.kill;

/** Where the process is killed. */
enum Step {
    AFTER_INTENT("after the intents are committed, before anything is sent"),
    IN_FLIGHT("while a request is on its way, which takes effect later"),
    AFTER_COMMIT("after the target has committed, before its answer"),
    AFTER_ANSWER("after the answer, before the settlement"),
    IN_SETTLE("in the middle of the settlement's transaction"),
    BEFORE_POSITION("between the settlement and the position"),
    IN_RECOVERY("during the recovery from an earlier kill"),
    NEVER("never");

    private final String text;

    Step(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
