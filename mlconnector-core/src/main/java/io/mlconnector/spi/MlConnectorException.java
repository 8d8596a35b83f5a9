package io.mlconnector.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault of a system, as opposed to a fault of one record, which is a {@link WriteOutcome}. The type alone tells the
 * engine what to do; the details help a person.
 */
public abstract class MlConnectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String connection;
    private final @Nullable String operation;
    private final @Nullable String remoteCode;
    private final @Nullable String requestId;

    /**
     * Creates the exception.
     *
     * @param message what happened: the value, the rule and the record, and never a secret
     * @param details where it happened
     * @param cause the fault below, if any
     */
    protected MlConnectorException(String message, Details details, @Nullable Throwable cause) {
        super(message, cause);
        this.connection = details.connection();
        this.operation = details.operation();
        this.remoteCode = details.remoteCode();
        this.requestId = details.requestId();
    }

    /**
     * Returns the name of the connection, where one is concerned.
     *
     * @return the connection
     */
    public Optional<String> connection() {
        return Optional.ofNullable(connection);
    }

    /**
     * Returns what was being done, such as {@code GET CustomerSet}.
     *
     * @return the operation
     */
    public Optional<String> operation() {
        return Optional.ofNullable(operation);
    }

    /**
     * Returns the remote system's own code for the fault: an HTTP status or a vendor's error code.
     *
     * @return the code
     */
    public Optional<String> remoteCode() {
        return Optional.ofNullable(remoteCode);
    }

    /**
     * Returns the id under which the remote system knows the call.
     *
     * @return the request id
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * Where a fault happened. Every part may be unknown.
     *
     * @param connection the name of the connection
     * @param operation what was being done
     * @param remoteCode the remote system's code
     * @param requestId the remote system's id of the call
     */
    public record Details(
            @Nullable String connection,
            @Nullable String operation,
            @Nullable String remoteCode,
            @Nullable String requestId) {

        /** Nothing is known. */
        public static final Details NONE = new Details(null, null, null, null);

        /**
         * Returns details that name the connection and the operation alone.
         *
         * @param connection the name of the connection
         * @param operation what was being done
         * @return the details
         */
        public static Details of(String connection, String operation) {
            return new Details(connection, operation, null, null);
        }
    }
}
