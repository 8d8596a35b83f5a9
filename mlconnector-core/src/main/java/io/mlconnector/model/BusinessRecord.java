package io.mlconnector.model;

import java.util.List;
import java.util.Optional;

/**
 * A finance record in the form that all adapters share. Implementations are Java records whose components are strings,
 * numbers, dates, instants, enums, other records, lists of those, and {@link Attributes}: the engine fingerprints and
 * stores them by their components.
 */
public interface BusinessRecord {

    /**
     * Returns the identity of the record.
     *
     * @return the key
     */
    RecordKey key();

    /**
     * Returns the fields that the canonical form has no place for.
     *
     * @return the attributes, in order
     */
    Attributes attributes();

    /**
     * Returns the records that this one refers to, such as an invoice's customer. The engine looks them all up at once.
     *
     * @return keys of other records; empty if there are none
     */
    default List<RecordKey> references() {
        return List.of();
    }

    /**
     * Returns the amount by which the books of a run are added up.
     *
     * @return the amount, or empty for a record that is no money
     */
    default Optional<Money> bookValue() {
        return Optional.empty();
    }
}
