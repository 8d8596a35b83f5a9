package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted. Every part that is not null narrows the result. Begins with {@link #newest},
 * {@link #ofSource} or {@link #ofTarget}, and is narrowed by its {@code with} methods:
 *
 * <pre>{@code
 * AuditQuery.newest(100).withFlow("invoices").withOutcome(Outcome.DEAD).between(monday, tuesday)
 * }</pre>
 *
 * @param flow entries of this flow
 * @param run entries of this run
 * @param source entries of this record at its source
 * @param target entries of this record over there
 * @param targetId entries of records over there that have this id, whatever their connection and entity
 * @param outcome entries with this outcome
 * @param from entries settled at this time or later; rounded up to the millisecond, as entries keep no more
 * @param to entries settled before this time; rounded up likewise
 * @param limit how many at most, at least 1; those that were appended last are kept
 */
public record AuditQuery(
        @Nullable String flow,
        @Nullable String run,
        @Nullable RecordKey source,
        @Nullable RecordKey target,
        @Nullable String targetId,
        @Nullable Outcome outcome,
        @Nullable Instant from,
        @Nullable Instant to,
        int limit) {

    private static final int ENOUGH_FOR_ONE_RECORD = 1000;

    /** Refuses a limit below 1, and a time that ends before it begins. */
    public AuditQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1: " + limit);
        }
        from = from == null ? null : roundedUp(from);
        to = to == null ? null : roundedUp(to);
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("the time must not end before it begins: from " + from + " to " + to);
        }
    }

    private static Instant roundedUp(Instant instant) {
        Instant whole = instant.truncatedTo(ChronoUnit.MILLIS);
        return whole.equals(instant) ? whole : whole.plusMillis(1);
    }

    /**
     * Returns a query for the newest entries.
     *
     * @param limit how many at most, at least 1
     * @return the query
     */
    public static AuditQuery newest(int limit) {
        return new AuditQuery(null, null, null, null, null, null, null, null, limit);
    }

    /**
     * Returns a query for what happened to one record, at most 1,000 entries.
     *
     * @param source the record at its source
     * @return the query
     */
    public static AuditQuery ofSource(RecordKey source) {
        return newest(ENOUGH_FOR_ONE_RECORD).withSource(source);
    }

    /**
     * Returns a query for what was done to one record at a target, at most 1,000 entries.
     *
     * @param targetId its id there, as a person finds it in that system
     * @return the query
     */
    public static AuditQuery ofTarget(String targetId) {
        return newest(ENOUGH_FOR_ONE_RECORD).withTargetId(targetId);
    }

    /**
     * Returns this query for one flow.
     *
     * @param newFlow the flow; null for all
     * @return the changed copy
     */
    public AuditQuery withFlow(@Nullable String newFlow) {
        return new AuditQuery(newFlow, run, source, target, targetId, outcome, from, to, limit);
    }

    /**
     * Returns this query for one run.
     *
     * @param newRun the run; null for all
     * @return the changed copy
     */
    public AuditQuery withRun(@Nullable String newRun) {
        return new AuditQuery(flow, newRun, source, target, targetId, outcome, from, to, limit);
    }

    /**
     * Returns this query for one record at its source.
     *
     * @param newSource the record; null for all
     * @return the changed copy
     */
    public AuditQuery withSource(@Nullable RecordKey newSource) {
        return new AuditQuery(flow, run, newSource, target, targetId, outcome, from, to, limit);
    }

    /**
     * Returns this query for one record over there.
     *
     * @param newTarget the record; null for all
     * @return the changed copy
     */
    public AuditQuery withTarget(@Nullable RecordKey newTarget) {
        return new AuditQuery(flow, run, source, newTarget, targetId, outcome, from, to, limit);
    }

    /**
     * Returns this query for records over there with one id.
     *
     * @param newTargetId the id; null for all
     * @return the changed copy
     */
    public AuditQuery withTargetId(@Nullable String newTargetId) {
        return new AuditQuery(flow, run, source, target, newTargetId, outcome, from, to, limit);
    }

    /**
     * Returns this query for one outcome.
     *
     * @param newOutcome the outcome; null for all
     * @return the changed copy
     */
    public AuditQuery withOutcome(@Nullable Outcome newOutcome) {
        return new AuditQuery(flow, run, source, target, targetId, newOutcome, from, to, limit);
    }

    /**
     * Returns this query for a time.
     *
     * @param newFrom where the time begins, itself included; null if it does not
     * @param newTo where it ends, itself not included; null if it does not
     * @return the changed copy
     * @throws IllegalArgumentException if the time ends before it begins
     */
    public AuditQuery between(@Nullable Instant newFrom, @Nullable Instant newTo) {
        return new AuditQuery(flow, run, source, target, targetId, outcome, newFrom, newTo, limit);
    }

    /**
     * Returns this query with another limit.
     *
     * @param newLimit how many entries at most, at least 1
     * @return the changed copy
     */
    public AuditQuery withLimit(int newLimit) {
        return new AuditQuery(flow, run, source, target, targetId, outcome, from, to, newLimit);
    }
}
