package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps which record is which on the other side. Part of a {@link LedgerTransaction}; look-ups of many records are one
 * query.
 */
public interface MappingStore {

    /**
     * Returns what is known of records that are about to be planned: links, letters and doubts in one query.
     *
     * @param flow the flow that plans
     * @param target where the flow writes
     * @param sources records at their source
     * @return an entry for every record of which anything is known
     */
    Map<RecordKey, Known> known(String flow, Endpoint target, Collection<RecordKey> sources);

    /**
     * Resolves records to their counterparts at a connection, whichever side they were first written from.
     *
     * @param connection where the counterparts live
     * @param keys records of other connections
     * @return an entry for every record that has a counterpart there
     */
    Map<RecordKey, TargetRef> resolve(String connection, Collection<RecordKey> keys);

    /**
     * Returns the link of one record to one target.
     *
     * @param source the record at its source
     * @param target where it was written
     * @return the link, if there is one
     */
    Optional<Link> find(RecordKey source, Endpoint target);

    /**
     * Stores links, replacing those of the same source and target endpoint.
     *
     * @param links the links
     */
    void put(Collection<Link> links);

    /**
     * Removes links.
     *
     * @param target where the records were written
     * @param sources the records at their source
     */
    void remove(Endpoint target, Collection<RecordKey> sources);

    /**
     * Returns the records of a source that have a link to a target, in the store's own order of their ids.
     *
     * @param source where the records come from
     * @param target where they were written
     * @param after only those whose id comes after this one; empty for the first page
     * @param limit how many at most, at least 1
     * @return the records at their source
     */
    List<RecordKey> linked(Endpoint source, Endpoint target, String after, int limit);

    /**
     * Returns how many links lead to a target.
     *
     * @param target where records were written
     * @return the number of links
     */
    long count(Endpoint target);
}
