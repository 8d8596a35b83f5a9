package io.mlconnector.http;

import io.mlconnector.spi.MlConnectorException;

/**
 * A set cannot be polled without gaps as it is set up: the position is not one of its own, or the remote system does not filter and order
 * as it must. Repetition does not help; the flow stops and a person looks.
 */
public final class FrontierException extends MlConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the set, what was seen and what should have been
     */
    public FrontierException(String message) {
        super(message, Details.NONE, null);
    }

    FrontierException(String message, Throwable cause) {
        super(message, Details.NONE, cause);
    }
}
