package io.mlconnector.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps webhook events that were received and answered, until they are processed, and their ids for longer, so that an event
 * that is sent again is known. Part of a {@link LedgerTransaction}; may be written to with any lease, and
 * {@linkplain Ledger#withoutLease without one}.
 *
 * <p>An event that is done or ignored stays so. Whoever processes events settles them in the transaction that settles their
 * effect, or after it: an event that was processed but not settled is processed again, which finds nothing to do.
 */
public interface WebhookInbox {

    /** How long settled events are kept unless a configuration says otherwise. Stripe sends an event again for three days. */
    Duration RETENTION = Duration.ofDays(30);

    /** How many characters of a payload are kept at most. */
    int LONGEST_PAYLOAD = 262_144;

    /**
     * Stores an event, unless one of that connection with that id was stored before.
     *
     * @param event the event
     * @param payload its raw body, if the user wants it kept; null otherwise. It may hold personal data
     * @return whether the event is new
     * @throws IllegalArgumentException if the payload has more than {@link #LONGEST_PAYLOAD} characters
     */
    boolean put(InboxEvent event, @Nullable String payload);

    /**
     * Returns what is to be processed: objects of which at least one pending event is due, those that have waited longest
     * first, each with all its pending events. Events that do not tell of an object stand alone.
     *
     * @param connection the connection
     * @param now events to be processed at this time or earlier are due
     * @param limit how many objects at most, at least 1
     * @return the objects
     */
    List<InboxGroup> due(String connection, Instant now, int limit);

    /**
     * Notes that pending events were processed. Others are left alone.
     *
     * @param connection the connection
     * @param ids the events
     * @param at when
     */
    void done(String connection, Collection<String> ids, Instant at);

    /**
     * Notes that pending events tell of nothing that is wanted. Others are left alone.
     *
     * @param connection the connection
     * @param ids the events
     * @param reason why
     * @param at when
     */
    void ignored(String connection, Collection<String> ids, String reason, Instant at);

    /**
     * Notes that processing pending events failed, and counts it. Others are left alone.
     *
     * @param connection the connection
     * @param ids the events
     * @param reason why, without secrets
     * @param retryAt when to try again, at the earliest
     */
    void failed(String connection, Collection<String> ids, String reason, Instant retryAt);

    /**
     * Returns one event.
     *
     * @param connection the connection
     * @param id the event
     * @return the event, if it is known
     */
    Optional<InboxEvent> find(String connection, String id);

    /**
     * Returns the raw body of an event.
     *
     * @param connection the connection
     * @param id the event
     * @return the body, if it was kept
     */
    Optional<String> payload(String connection, String id);

    /**
     * Counts the events that wait to be processed.
     *
     * @param connection the connection
     * @return the number, from 0
     */
    long pending(String connection);

    /**
     * Removes events that were done or ignored before a time. What is sent again after that counts as new. Pending events
     * stay.
     *
     * @param settledBefore the time, usually {@link #RETENTION} ago
     * @return how many were removed
     */
    long purge(Instant settledBefore);

    /**
     * Refuses a payload that is too long, for stores.
     *
     * @param event the event
     * @param payload its raw body; null if it is not kept
     * @throws IllegalArgumentException if it has more than {@link #LONGEST_PAYLOAD} characters
     */
    static void requireFitting(InboxEvent event, @Nullable String payload) {
        if (payload != null && payload.length() > LONGEST_PAYLOAD) {
            throw new IllegalArgumentException("the payload of event " + event.id() + " of '" + event.connection()
                    + "' must have at most " + LONGEST_PAYLOAD + " characters: " + payload.length());
        }
    }
}
