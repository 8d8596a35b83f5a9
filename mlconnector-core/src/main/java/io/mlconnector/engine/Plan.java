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

    /**
     * Returns the plan as JSON, to be looked at and applied later. It holds keys and names of fields, and of records that
     * could not be read their raw text.
     *
     * @return the text that {@link #parse} reads
     */
    public String toJson() {
        return RecordCodec.write(this);
    }

    /**
     * Returns the plan that {@link #toJson} wrote.
     *
     * @param json the text
     * @return the plan
     * @throws IllegalArgumentException if the text is no plan
     */
    public static Plan parse(String json) {
        return RecordCodec.read(json, Plan.class);
    }
}
