package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events about one object that wait in an inbox. The object is fetched once, and that settles all of them.
 *
 * @param object the object; null if its only event does not tell which one
 * @param events at least one, in the order in which they were received
 */
public record InboxGroup(@Nullable RecordKey object, List<InboxEvent> events) {

    /** Copies the list and refuses an empty one. */
    public InboxGroup {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a group needs at least one event");
        }
    }

    /**
     * Returns the ids of the events.
     *
     * @return the ids, to settle them by
     */
    public List<String> eventIds() {
        return events.stream().map(InboxEvent::id).toList();
    }

    /**
     * Returns how often processing the object has failed.
     *
     * @return the most of its events
     */
    public int attempts() {
        return events.stream().mapToInt(InboxEvent::attempts).max().orElse(0);
    }
}
