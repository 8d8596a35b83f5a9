package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps records that were put aside. Part of a {@link LedgerTransaction}. */
public interface DeadLetterStore {

    /**
     * Stores letters. A letter for the same flow and record is replaced, but keeps the time at which it was first put
     * aside, and its attempts are added up.
     *
     * @param letters the letters
     */
    void put(Collection<Letter> letters);

    /**
     * Removes letters.
     *
     * @param flow the flow
     * @param sources the records at their source
     */
    void remove(String flow, Collection<RecordKey> sources);

    /**
     * Returns one letter.
     *
     * @param flow the flow
     * @param source the record at its source
     * @return the letter, if there is one
     */
    Optional<Letter> find(String flow, RecordKey source);

    /**
     * Returns letters of a flow, in the order of their keys.
     *
     * @param flow the flow
     * @param kind which kind
     * @param after only those whose id comes after this one; empty for the first page
     * @param limit how many at most, at least 1
     * @return the letters
     */
    List<Letter> list(String flow, Letter.Kind kind, String after, int limit);

    /**
     * Counts the letters of a flow. A store that can do better than to list them should.
     *
     * @param flow the flow
     * @param kind which kind
     * @return how many there are
     */
    default int count(String flow, Letter.Kind kind) {
        int count = 0;
        List<Letter> some = list(flow, kind, "", 500);
        while (!some.isEmpty()) {
            count += some.size();
            some = list(flow, kind, some.get(some.size() - 1).source().id(), 500);
        }
        return count;
    }
}
