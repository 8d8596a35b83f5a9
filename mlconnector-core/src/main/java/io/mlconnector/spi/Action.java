package io.mlconnector.spi;

/** What a write does over there. */
public enum Action {
    /** Makes a record. */
    CREATE,
    /** Changes a record. */
    UPDATE,
    /** Takes a record away. */
    REMOVE
}
