package io.mlconnector.testkit.kill;

import org.jspecify.annotations.Nullable;

/** A step of a record's way at which a process is killed. */
public enum KillStep {
    /** Before anything is sent. */
    AFTER_INTENT("after the intents are committed, before anything is sent", KillPlace.AFTER_INTENT, false),
    /** The recovery finds that nothing was written, and writes. */
    RECOVERY_SENDS("in the recovery, after it has sent again what was absent", KillPlace.AFTER_ANSWER, true),
    /** The request is lost. */
    LOST("while requests are on their way, which never take effect", null, false),
    /** The request is slow. */
    IN_FLIGHT("while requests are on their way, which take effect after the restart", null, false),
    /** The answer is lost. */
    AFTER_COMMIT("after the target has committed, before its answer", null, false),
    /** The recovery is about to look for a write. */
    RECOVERY_LOOKS_UP("in the recovery from an earlier kill, while it looks up", KillPlace.BEFORE_LOOK_UP, true),
    /** The answer is there and not settled. */
    AFTER_ANSWER("after the answer, before the settlement", KillPlace.AFTER_ANSWER, false),
    /** The recovery has found what was written, and settles. */
    RECOVERY_SETTLES("in the recovery, in the middle of its settlement", KillPlace.IN_SETTLE, true),
    /** Links, letters, intents and audit entries are one transaction. */
    IN_SETTLE("in the middle of the settlement's transaction", KillPlace.IN_SETTLE, false),
    /** The position moves in the transaction of the last settlement of its page. */
    BEFORE_POSITION("in the settlement, before the position that goes with it", KillPlace.BEFORE_POSITION, false),
    /** A place that a test names itself, see {@link KilledProcess#reachedOwnPlace()}. Not part of the matrix. */
    OWN("at a place that the test names", KillPlace.OWN, false);

    private final String text;
    private final @Nullable KillPlace place;
    private final boolean inRecovery;

    KillStep(String text, @Nullable KillPlace place, boolean inRecovery) {
        this.text = text;
        this.place = place;
        this.inRecovery = inRecovery;
    }

    /** Where the process stops by itself; null if it is killed while a request of it is held on the wire. */
    @Nullable KillPlace place() {
        return place;
    }

    boolean inRecovery() {
        return inRecovery;
    }

    boolean onTheWire() {
        return place == null;
    }

    @Override
    public String toString() {
        return text;
    }
}
