package io.mlconnector.spi;

import io.mlconnector.model.BusinessRecord;
import java.time.Duration;
import java.util.List;

/**
 * Writes records of one kind to one system. Implementations are safe for threads: the engine writes in several lanes,
 * and never two writes of one record at a time.
 *
 * @param <T> the kind of record
 */
public interface Sink<T extends BusinessRecord> {

    /**
     * Returns the kind of record that this sink takes.
     *
     * @return the class of the records
     */
    Class<T> type();

    /**
     * Returns how many writes {@link #write} takes at once.
     *
     * @return at least 1
     */
    default int maxBatch() {
        return 1;
    }

    /**
     * Writes a batch, each member for itself.
     *
     * <p>Before it calls, the engine has committed an intent for every member. A bad record throws nothing: it is a
     * {@link WriteOutcome.Rejected}. A sink that sends the batch in one remote call takes care that one bad member does
     * not spoil the others. A sink whose effect takes several calls makes every step findable.
     *
     * @param batch 1 to {@link #maxBatch()} writes of different records
     * @return one outcome per write, in order
     * @throws UnavailableException if the system does not answer and certainly nothing of the batch was written
     * @throws AuthenticationException if the system refuses the credentials, and nothing of the batch was written
     */
    List<WriteOutcome> write(List<Write<T>> batch);

    /**
     * Looks for the effect of an earlier write by a natural key, on a path that shows what was written a moment ago.
     * Called after the settle time, before anything is sent again.
     *
     * @param write a write whose outcome is unknown
     * @return what is there
     * @throws UnavailableException if the system does not answer
     * @throws AuthenticationException if the system refuses the credentials
     */
    Lookup find(Write<T> write);

    /**
     * Returns the longest time after which a write that timed out can still take effect.
     *
     * @return zero or more; two minutes unless the sink knows better
     */
    default Duration settleTime() {
        return Duration.ofMinutes(2);
    }

    /**
     * Returns which rule makes each field over there, for the audit.
     *
     * @return the lineage
     */
    default Lineage lineage() {
        return Lineage.NONE;
    }
}
