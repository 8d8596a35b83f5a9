package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.MlConnectorException;
import org.jspecify.annotations.Nullable;

/**
 * A write was sent and nobody knows whether it took effect: no answer in time, a connection that broke, a 5xx. It must not be sent
 * again before the remote system was asked; a sink makes an {@code Ambiguous} outcome of it.
 */
public final class OutcomeUnknownException extends MlConnectorException {

    private static final long serialVersionUID = 1L;

    private final String evidence;

    /**
     * Creates the exception.
     *
     * @param evidence what was seen, such as {@code no answer to create invoice within PT2M}, without secrets
     * @param details where it happened
     * @param cause the fault below, if any
     */
    public OutcomeUnknownException(String evidence, Details details, @Nullable Throwable cause) {
        super("outcome unknown: " + requireNonNull(evidence, "evidence"), details, cause);
        this.evidence = evidence;
    }

    /**
     * Returns what was seen, as text for an audit entry.
     *
     * @return the evidence, without secrets
     */
    public String evidence() {
        return evidence;
    }
}
