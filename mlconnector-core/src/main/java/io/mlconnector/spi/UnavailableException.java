package io.mlconnector.spi;

import org.jspecify.annotations.Nullable;

/** A system does not answer within the retry budget of a call. The pass ends and the position stays. */
public class UnavailableException extends MlConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, without secrets
     * @param details where it happened
     */
    public UnavailableException(String message, Details details) {
        this(message, details, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, without secrets
     * @param details where it happened
     * @param cause the fault below
     */
    public UnavailableException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
