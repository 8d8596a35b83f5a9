package io.mlconnector.stampli;

import org.jspecify.annotations.Nullable;

/** A file cannot be read as a whole: its header, its encoding, its form or its trailer is wrong. No record of it counts. */
final class BadFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadFileException(String message) {
        this(message, null);
    }

    BadFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
