package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Which mapping rule makes each field of a record.
 *
 * @param fingerprint identifies the set of rules; changes when a rule changes
 * @param rules canonical field to the text of its rule, such as {@code name <- Name}
 */
public record Lineage(String fingerprint, Map<String, String> rules) {

    /** Nothing is known. */
    public static final Lineage NONE = new Lineage("", Map.of());

    /** Copies the map and refuses nulls. */
    public Lineage {
        requireNonNull(fingerprint, "fingerprint");
        rules = Map.copyOf(rules);
    }
}
