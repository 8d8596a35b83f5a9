package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record and its counterpart over there, with what was last written.
 *
 * @param source the record at its source
 * @param target the record at the target; its connection and entity are those of the sink
 * @param targetVersion the target's version of it, such as an ETag; null if there is none
 * @param fingerprint of the record as last written
 * @param linkedAt when this was last settled, by the clock of this machine
 * @param echo on a two-way flow, a write of ours at the <em>source</em> that has not been read back yet; the fingerprint is
 *     then what we expect to read, field by field. Null if nothing is to come back
 */
public record Link(
        RecordKey source,
        RecordKey target,
        @Nullable String targetVersion,
        Fingerprint fingerprint,
        Instant linkedAt,
        @Nullable Echo echo) {

    /** Refuses nulls. */
    public Link {
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        requireNonNull(fingerprint, "fingerprint");
        requireNonNull(linkedAt, "linkedAt");
    }

    /**
     * Creates a link of which nothing is to come back.
     *
     * @param source the record at its source
     * @param target the record at the target
     * @param targetVersion the target's version of it; null if there is none
     * @param fingerprint of the record as last written
     * @param linkedAt when this was last settled
     */
    public Link(
            RecordKey source,
            RecordKey target,
            @Nullable String targetVersion,
            Fingerprint fingerprint,
            Instant linkedAt) {
        this(source, target, targetVersion, fingerprint, linkedAt, null);
    }
}
