package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted. Every part that is not null narrows the result.
 *
 * @param flow entries of this flow
 * @param run entries of this run
 * @param source entries of this record at its source
 * @param target entries of this record over there
 * @param outcome entries with this outcome
 * @param limit how many at most, at least 1; the newest are kept
 */
public record AuditQuery(
        @Nullable String flow,
        @Nullable String run,
        @Nullable RecordKey source,
        @Nullable RecordKey target,
        @Nullable Outcome outcome,
        int limit) {

    /** Refuses a limit below 1. */
    public AuditQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
    }

    /**
     * Returns a query for all that happened to one record.
     *
     * @param source the record at its source
     * @return the query
     */
    public static AuditQuery ofSource(RecordKey source) {
        return new AuditQuery(null, null, source, null, null, 1000);
    }

    /**
     * Returns a query for the newest entries.
     *
     * @param limit how many at most, at least 1
     * @return the query
     */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(null, null, null, null, null, limit);
    }
}
