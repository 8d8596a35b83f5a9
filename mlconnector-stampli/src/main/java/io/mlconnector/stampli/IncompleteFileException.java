package io.mlconnector.stampli;

/** A file has no trailer yet, where only a trailer tells that a file is whole. */
final class IncompleteFileException extends Exception {

    private static final long serialVersionUID = 1L;

    IncompleteFileException(String message) {
        super(message);
    }
}
