package io.mlconnector.stampli;

/**
 * A file as a listing shows it.
 *
 * @param directory the directory
 * @param name its name there
 * @param size in bytes
 * @param modified in seconds since 1970, by the server's clock
 * @param kind what it is
 */
record RemoteFile(String directory, String name, long size, long modified, Kind kind) {

    /** What a directory holds. */
    enum Kind {
        /** A file. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A symbolic link. */
        LINK,
        /** Anything else. */
        OTHER
    }

    String path() {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }

    /** Returns whether size and time are the same, so that the content has most likely not changed. */
    boolean sameState(RemoteFile other) {
        return size == other.size && modified == other.modified;
    }
}
