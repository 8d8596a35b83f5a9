package io.mlconnector.jdbc.kill;

import java.util.List;

/** A step of a run at which the process is killed. */
enum Step {
    AFTER_INTENT("after the intents are committed, before anything is sent"),
    IN_FLIGHT("while requests are on their way, which take effect after the restart"),
    AFTER_COMMIT("after the target has committed, before its answer"),
    AFTER_ANSWER("after the answer, before the settlement"),
    IN_SETTLE("in the middle of the settlement's transaction"),
    BEFORE_POSITION("in the settlement, before the position that goes with it"),
    RECOVERY_LOOKS_UP("in the recovery from an earlier kill, while it looks up"),
    RECOVERY_SENDS("in the recovery, after it has sent again what was absent"),
    RECOVERY_SETTLES("in the recovery, in the middle of its settlement");

    private final String text;

    Step(String text) {
        this.text = text;
    }

    /** The kills one after the other. Batches have 100 records and pages 250; a recovery begins with 100 open intents. */
    List<Kill> kills() {
        return switch (this) {
            case AFTER_INTENT -> List.of(new Kill(Place.AFTER_INTENT, 8));
            case IN_FLIGHT -> List.of(new Kill(Place.BEFORE_COMMIT_AT_BANK, 660));
            case AFTER_COMMIT -> List.of(new Kill(Place.AFTER_COMMIT_AT_BANK, 660));
            case AFTER_ANSWER -> List.of(new Kill(Place.AFTER_ANSWER, 660));
            case IN_SETTLE -> List.of(new Kill(Place.IN_SETTLE, 8));
            case BEFORE_POSITION -> List.of(new Kill(Place.BEFORE_POSITION, 3));
            case RECOVERY_LOOKS_UP ->
                List.of(new Kill(Place.AFTER_COMMIT_AT_BANK, 660), new Kill(Place.BEFORE_LOOK_UP, 60));
            case RECOVERY_SENDS -> List.of(new Kill(Place.AFTER_INTENT, 8), new Kill(Place.AFTER_ANSWER, 30));
            case RECOVERY_SETTLES -> List.of(new Kill(Place.AFTER_ANSWER, 660), new Kill(Place.IN_SETTLE, 1));
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
