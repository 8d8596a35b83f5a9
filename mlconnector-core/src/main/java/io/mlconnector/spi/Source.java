package io.mlconnector.spi;

import io.mlconnector.model.BusinessRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the changed records of one kind from one system. The engine opens a source per flow and uses it from one thread
 * at a time, not always the same one.
 *
 * @param <T> the kind of record
 */
public interface Source<T extends BusinessRecord> {

    /**
     * Returns the kind of record that this source reads.
     *
     * @return the class of the records
     */
    Class<T> type();

    /**
     * Reads the next page of changes after {@code from}, oldest change first.
     *
     * <p>Called up to one page ahead of what has been written. The same position may be polled again, after a crash or
     * because a page was abandoned, and must not lose a record. Records may repeat from page to page and from pass to
     * pass: the engine recognises what it has already written. A record that cannot be read goes to
     * {@link Page#malformed()} and throws nothing.
     *
     * @param from where to go on; {@link Position#START} the first time
     * @return the page; {@link Page#last()} means that the source is caught up
     * @throws UnavailableException if the system does not answer within the retry budget
     * @throws AuthenticationException if the system refuses the credentials
     */
    Page<T> poll(Position from);

    /**
     * Reads the current state of one record: for webhooks, replays and conflicts.
     *
     * @param id the {@code id} of the record's key
     * @return the record; a change without a record if it is known to be deleted; empty if nothing is known of it
     * @throws MappingException if the record cannot be turned into the canonical form
     * @throws UnavailableException if the system does not answer within the retry budget
     * @throws AuthenticationException if the system refuses the credentials
     */
    Optional<Change<T>> fetch(String id);

    /**
     * Returns which records of this source an event may have changed. The event is a hint: their state is fetched.
     *
     * <p>Called by one thread at a time, and never while the same source is polled. May ask the system.
     *
     * @param event a webhook event of this source's connection
     * @return ids for {@link #fetch}; empty if the event does not concern this source
     * @throws UnavailableException if the system does not answer within the retry budget
     * @throws AuthenticationException if the system refuses the credentials
     */
    default List<String> affectedBy(InboxEvent event) {
        return List.of();
    }

    /**
     * Tells that everything up to {@code position} is durable, so that a file may be archived or a message
     * acknowledged. May be called again for the same position after a crash.
     *
     * @param position a position that {@link #poll} returned as {@code next}
     */
    default void settled(Position position) {}

    /**
     * Returns whether one pass from {@link Position#START} to the last page lists every record that exists. What such a
     * pass does not list is then taken for deleted, provided that the pass came to its end without a fault.
     *
     * @return false unless the source is a full scan
     */
    default boolean listsEverything() {
        return false;
    }

    /**
     * Returns how many records a pass from {@code from} would read, for the time that is left. Called by any thread, on a source
     * of its own, and only if somebody wants to know.
     *
     * @param from where the pass would begin
     * @return the number, roughly; empty if the system cannot count them at a low price
     * @throws UnavailableException if the system does not answer within the retry budget
     * @throws AuthenticationException if the system refuses the credentials
     */
    default OptionalLong remaining(Position from) {
        return OptionalLong.empty();
    }

    /**
     * Returns which rule made each field, for the audit.
     *
     * @return the lineage
     */
    default Lineage lineage() {
        return Lineage.NONE;
    }
}
