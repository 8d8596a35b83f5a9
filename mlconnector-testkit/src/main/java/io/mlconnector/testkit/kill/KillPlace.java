package io.mlconnector.testkit.kill;

/** A place that a run of a flow comes to. */
public enum KillPlace {
    /** What an earlier process left is settled, and nothing is read yet. */
    BEFORE_READING,
    /** The intents of a batch are committed, and nothing of it is sent. */
    AFTER_INTENT,
    /** A call of the sink has its answers, and they are not settled. */
    AFTER_ANSWER,
    /** A settlement is not committed, and its audit entries are not written yet. */
    IN_SETTLE,
    /** A settlement is not committed, and the position is about to move with it. */
    BEFORE_POSITION,
    /** The sink is about to look for a write whose outcome is unknown. */
    BEFORE_LOOK_UP,
    /** A place that a test names itself, see {@link KilledProcess#reachedOwnPlace()}. */
    OWN
}
