package io.mlconnector.stampli;

import java.util.List;

/**
 * What is known of a file.
 *
 * @param state how far it came
 * @param size in bytes
 * @param modified in seconds since 1970, by the server's clock
 * @param sha256 its hash; empty if it was not fetched
 * @param style the settings it was read with
 * @param at when this was noted, in milliseconds since 1970, by our clock
 */
record FileNote(State state, long size, long modified, String sha256, String style, long at) {

    /** How far a file came. */
    enum State {
        /** It was seen, and is not known to be whole. */
        SEEN,
        /** All of it was delivered. */
        DONE,
        /** It could not be read. */
        FAILED
    }

    static FileNote read(String text) {
        List<String> fields = Fields.split(text);
        return new FileNote(
                State.valueOf(fields.get(0)),
                Long.parseLong(fields.get(1)),
                Long.parseLong(fields.get(2)),
                fields.get(3),
                fields.get(4),
                Long.parseLong(fields.get(5)));
    }

    String text() {
        return Fields.join(state, size, modified, sha256, style, at);
    }

    boolean of(RemoteFile file) {
        return size == file.size() && modified == file.modified();
    }
}
