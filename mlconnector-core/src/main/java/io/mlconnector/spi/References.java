package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import java.util.Optional;

/** Resolves records of other systems to ids of the sink's own system. Safe for threads. */
@FunctionalInterface
public interface References {

    /** Knows no link at all. */
    References NONE = key -> Optional.empty();

    /**
     * Returns the id that a record has in the system of the sink, whichever side it was first written from.
     *
     * @param key a record that {@code BusinessRecord.references()} of the written record names
     * @return its id over there; empty if no link exists yet
     */
    Optional<TargetRef> resolve(RecordKey key);
}
