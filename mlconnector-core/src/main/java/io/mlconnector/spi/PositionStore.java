package io.mlconnector.spi;

import java.util.Map;

/** Keeps how far each flow has read, and what its source must remember. Part of a {@link LedgerTransaction}. */
public interface PositionStore {

    /**
     * Returns how far a flow has read.
     *
     * @param flow the flow
     * @return its position; {@link Position#START} if it has never been saved
     */
    Position position(String flow);

    /**
     * Saves how far a flow has read.
     *
     * @param flow the flow
     * @param position everything up to here is settled
     */
    void save(String flow, Position position);

    /**
     * Returns the notes of a flow's source.
     *
     * @param flow the flow
     * @return the notes by name
     */
    Map<String, String> notes(String flow);

    /**
     * Changes the notes of a flow's source.
     *
     * @param flow the flow
     * @param notes what to set and to remove
     */
    void save(String flow, Notes notes);
}
