package io.mlconnector.stampli;

/** How several processes keep from reading one file. */
enum Claim {
    /** They do not: one process reads. */
    NONE,
    /** A file is renamed before it is read, which only one can do. */
    RENAME
}
