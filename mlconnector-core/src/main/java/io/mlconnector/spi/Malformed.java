package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import java.util.List;

/**
 * A record that its source cannot turn into the canonical form. It becomes a dead letter; the rest of the page goes on.
 *
 * @param key which record; where its own key is unreadable, an id made from its content
 * @param raw the record as read, for a person to look at
 * @param faults each naming the field, its value and the rule; at least one
 */
public record Malformed(RecordKey key, String raw, List<String> faults) {

    /** Refuses nulls and an empty list of faults. */
    public Malformed {
        requireNonNull(key, "key");
        requireNonNull(raw, "raw");
        faults = List.copyOf(faults);
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("a malformed record needs a fault: " + key);
        }
    }
}
