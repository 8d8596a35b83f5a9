package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that was put aside: a dead letter, or one that is parked until something has changed.
 *
 * @param flow the flow that read it
 * @param source the record at its source; a flow has at most one letter per record
 * @param kind why it was put aside
 * @param reason what stood in the way: the value, the rule and the record
 * @param awaited the record that a parked one waits for; null if it waits for none
 * @param payload the record as read; on a two-way flow, where a replay reads it again, as it was to be written
 * @param readable whether the payload is a whole canonical record, and not something that its source could not read
 * @param fingerprint the whole-record hash of the payload
 * @param version the source's version of the record; null if there is none
 * @param attempts how often it was tried
 * @param firstAt when it was first put aside
 * @param lastAt when it was last tried
 * @param retryAt when it is tried again by itself; null if that does not depend on time
 */
public record Letter(
        String flow,
        RecordKey source,
        Kind kind,
        String reason,
        @Nullable RecordKey awaited,
        String payload,
        boolean readable,
        long fingerprint,
        @Nullable String version,
        int attempts,
        Instant firstAt,
        Instant lastAt,
        @Nullable Instant retryAt) {

    /** Why a record was put aside. */
    public enum Kind {
        /** It was refused, and trying again is useless before something is mended. */
        DEAD,
        /** It waits for another record, for a time, or for a person who settles a conflict. */
        PARKED
    }

    /** Refuses nulls. */
    public Letter {
        requireNonNull(flow, "flow");
        requireNonNull(source, "source");
        requireNonNull(kind, "kind");
        requireNonNull(reason, "reason");
        requireNonNull(payload, "payload");
        requireNonNull(firstAt, "firstAt");
        requireNonNull(lastAt, "lastAt");
    }
}
