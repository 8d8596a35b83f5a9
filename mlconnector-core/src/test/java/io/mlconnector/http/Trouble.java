package io.mlconnector.http;

/** What happens to a set while it is polled. */
enum Trouble {
    /** Rows share a stamp across the border between two pages. */
    TIES,
    /** A change becomes visible after one with the same or a later stamp was read. */
    LATE,
    /** A row that is still to be read in a cycle is changed between two of its pages. */
    MOVES,
    /** The server's clock is not ours, its stamps are in another zone than its clock, and summer time may begin or end. */
    ZONES,
    /** The server returns fewer rows than it was asked for and has, and does not say so. */
    CUTS,
    /** The poller dies, and another goes on from the position that was last saved. */
    CRASHES,
    /** A row is stamped days ahead, and its time draws near. */
    FUTURE
}
