package io.mlconnector.stampli;

/** How a file is known to be whole. */
enum Completeness {
    /** Size and time have stayed the same in two listings, some time apart. */
    STABLE,
    /** A file of the same name and {@code .done} lies beside it. */
    MARKER,
    /** The uploader writes another name first: a file with its final name is whole. */
    RENAME,
    /** It ends with a trailer. */
    TRAILER
}
