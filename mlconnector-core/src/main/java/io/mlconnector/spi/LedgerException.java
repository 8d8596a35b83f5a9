package io.mlconnector.spi;

import org.jspecify.annotations.Nullable;

/** A store failed. Nothing of the running transaction is settled. */
public class LedgerException extends MlConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened, without secrets
     * @param details where it happened
     */
    public LedgerException(String message, Details details) {
        this(message, details, null);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param message what happened, without secrets
     * @param details where it happened
     * @param cause the fault below
     */
    public LedgerException(String message, Details details, @Nullable Throwable cause) {
        super(message, details, cause);
    }
}
