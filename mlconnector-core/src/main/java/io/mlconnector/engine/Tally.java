package io.mlconnector.engine;

/** What became of a record that a flow has read. Every record ends as exactly one of these. */
public enum Tally {
    /** It was made at the target. */
    CREATED,
    /** It was changed at the target. */
    UPDATED,
    /** It was taken away at the target. */
    REMOVED,
    /** The target has it already. */
    UNCHANGED,
    /** It is our own write coming back. */
    ECHOED,
    /** It waits for another record. */
    PARKED,
    /** It is a dead letter. */
    DEAD,
    /** Nobody can tell whether it took effect. */
    IN_DOUBT
}
