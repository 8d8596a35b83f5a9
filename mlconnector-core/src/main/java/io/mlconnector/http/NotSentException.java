package io.mlconnector.http;

import java.io.IOException;

/** No connection came about, so the remote system surely did nothing. */
final class NotSentException extends IOException {

    private static final long serialVersionUID = 1L;

    NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
