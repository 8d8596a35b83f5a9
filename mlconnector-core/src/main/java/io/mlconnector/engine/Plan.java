package io.mlconnector.engine;

import io.mlconnector.spi.Malformed;
import java.util.List;

/**
 * What a flow would do if it ran now. Nothing was written to make it.
 *
 * @param flow the flow
 * @param read how many records the source delivered, filtered ones not included
 * @param changes the writes, in the order of the source
 * @param held how many records would stay parked, dead or in doubt
 * @param malformed records that could not be read
 * @param calls how many calls of the sink the writes would take
 */
public record Plan(
        String flow, long read, List<PlannedChange> changes, long held, List<Malformed> malformed, long calls) {

    /** Copies the lists. */
    public Plan {
        changes = List.copyOf(changes);
        malformed = List.copyOf(malformed);
    }
}
