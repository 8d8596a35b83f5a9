package io.mlconnector.spi;

import org.jspecify.annotations.Nullable;

/** Credentials were refused, again after one token refresh. The flow stops and says so; nothing is retried, because identity providers lock accounts. */
public class AuthenticationException extends MlConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, without secrets
     * @param details where it happened
     */
    public AuthenticationException(String message, Details details) {
        this(message, details, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, without secrets
     * @param details where it happened
     * @param cause the fault below
     */
    public AuthenticationException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
