package io.mlconnector.jdbc.kill;

/** Where a process can be stopped. */
enum Place {
    AFTER_INTENT,
    BEFORE_COMMIT_AT_BANK,
    AFTER_COMMIT_AT_BANK,
    AFTER_ANSWER,
    IN_SETTLE,
    BEFORE_POSITION,
    BEFORE_LOOK_UP,
    AFTER_DELIVERY,
    NOWHERE
}
