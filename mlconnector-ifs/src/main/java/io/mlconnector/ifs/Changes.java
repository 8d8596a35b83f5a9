package io.mlconnector.ifs;

/** How the changed rows of a set are found. */
enum Changes {
    /** By a column that tells when a row changed. */
    MODIFIED,
    /** By reading the whole set in every pass. */
    SWEEP,
    /** By the entries of the history log. */
    HISTORY
}
