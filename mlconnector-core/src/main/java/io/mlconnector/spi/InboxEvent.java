package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A webhook event as an inbox keeps it. What it says of an object is a hint to fetch that object, not its state.
 *
 * @param connection the connection that received it
 * @param id the remote system's id of the event; the same when it is sent again
 * @param type its type there, such as {@code invoice.paid}
 * @param object the object it tells of, at {@code connection}; null if that is not known
 * @param receivedAt when it was received, by our clock, to the millisecond
 * @param createdAt when the remote system made it, by its clock; null if unknown
 * @param state what became of it
 * @param attempts how often processing it has failed
 * @param nextTryAt when it is to be processed, at the earliest
 * @param reason why it failed or was ignored; null otherwise
 */
public record InboxEvent(
        String connection,
        String id,
        String type,
        @Nullable RecordKey object,
        Instant receivedAt,
        @Nullable Instant createdAt,
        State state,
        int attempts,
        Instant nextTryAt,
        @Nullable String reason) {

    /** What became of an event. */
    public enum State {
        /** It waits to be processed. */
        PENDING,
        /** It was processed. */
        DONE,
        /** It tells of nothing that is wanted here. */
        IGNORED
    }

    /** Refuses nulls, an event without an id, and an object of another connection. */
    public InboxEvent {
        requireNonNull(connection, "connection");
        requireNonNull(type, "type");
        requireNonNull(receivedAt, "receivedAt");
        requireNonNull(state, "state");
        requireNonNull(nextTryAt, "nextTryAt");
        if (requireNonNull(id, "id").isEmpty()) {
            throw new IllegalArgumentException("an event of '" + connection + "' has no id");
        }
        if (object != null && !object.connection().equals(connection)) {
            throw new IllegalArgumentException(
                    "event " + id + " of '" + connection + "' cannot tell of " + object + ", of another connection");
        }
    }

    /**
     * Returns an event that was just received and waits to be processed.
     *
     * @param connection the connection that received it
     * @param id the remote system's id of the event
     * @param type its type there
     * @param object the object it tells of; null if that is not known
     * @param receivedAt when it was received, by our clock
     * @param createdAt when the remote system made it; null if unknown
     * @return the event
     */
    public static InboxEvent received(
            String connection,
            String id,
            String type,
            @Nullable RecordKey object,
            Instant receivedAt,
            @Nullable Instant createdAt) {
        return new InboxEvent(connection, id, type, object, receivedAt, createdAt, State.PENDING, 0, receivedAt, null);
    }
}
