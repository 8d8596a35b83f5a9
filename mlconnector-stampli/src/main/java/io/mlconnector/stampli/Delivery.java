package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A file that was taken out of the inbox.
 *
 * @param name its name, as Stampli gave it
 * @param file as it lies in the directory now, possibly claimed under another name
 * @param spool its content; null if it was not fetched
 * @param fault why it is not read; null if it is
 * @param duplicateOf the file that had the same content; null if there was none
 * @param rowsExpected how many rows its marker promises; -1 if it does not say
 */
record Delivery(
        String name,
        RemoteFile file,
        @Nullable Spool spool,
        @Nullable String fault,
        @Nullable String duplicateOf,
        int rowsExpected) {

    static Delivery of(String name, RemoteFile file, Spool spool, int rowsExpected) {
        return new Delivery(name, file, spool, null, null, rowsExpected);
    }

    static Delivery refused(String name, RemoteFile file, String fault) {
        return new Delivery(name, file, null, fault, null, -1);
    }

    Delivery duplicateOf(String earlier) {
        return new Delivery(name, file, spool, null, earlier, rowsExpected);
    }

    Spool content() {
        return requireNonNull(spool, "spool");
    }

    /** Returns the hash by which its content is known; empty if it was not fetched. */
    String sha256() {
        return spool == null ? "" : spool.sha256().substring(0, 32);
    }
}
