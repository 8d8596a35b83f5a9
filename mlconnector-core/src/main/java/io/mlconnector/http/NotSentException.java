package io.mlconnector.http;

import java.io.IOException;

/** No connection came about, so the remote system surely did nothing. */
public final class NotSentException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message says why, without any secret
     * @param cause what went wrong
     */
    public NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
