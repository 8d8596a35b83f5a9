package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import java.util.Collection;
import java.util.List;

/** Keeps writes that were about to be sent. Part of a {@link LedgerTransaction}. */
public interface IntentStore {

    /**
     * Stores intents, replacing those of the same flow and record.
     *
     * @param intents the intents
     */
    void put(Collection<Intent> intents);

    /**
     * Removes intents whose outcome is settled.
     *
     * @param flow the flow that wrote
     * @param sources the records at their source
     */
    void close(String flow, Collection<RecordKey> sources);

    /**
     * Returns the intents of a flow that are open and not in doubt.
     *
     * @param flow the flow
     * @return the intents, oldest first
     */
    List<Intent> open(String flow);

    /**
     * Returns the intents of a flow that are in doubt.
     *
     * @param flow the flow
     * @return the intents, oldest first
     */
    List<Intent> inDoubt(String flow);
}
