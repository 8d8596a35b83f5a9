package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A write that was about to be sent. It is committed before the sending, and closed when the outcome is settled; what is
 * still open when a process starts must be looked up at the target.
 *
 * @param flow the flow that writes
 * @param source the record at its source; a flow has at most one intent per record
 * @param target where it is written
 * @param targetRef the record over there; null for a creation that has not got anywhere
 * @param action what the write does
 * @param idempotencyKey recognises a repetition
 * @param payload the record whole, as the engine encodes it; null for a removal
 * @param fingerprint of the record
 * @param changedFields names of the fields that an update changes
 * @param intendedAt when the write was first intended
 * @param attempts how many times it was sent
 * @param doubt what is known if nobody can tell whether it took effect; null while it is merely open
 */
public record Intent(
        String flow,
        RecordKey source,
        Endpoint target,
        @Nullable TargetRef targetRef,
        Action action,
        IdempotencyKey idempotencyKey,
        @Nullable String payload,
        Fingerprint fingerprint,
        Set<String> changedFields,
        Instant intendedAt,
        int attempts,
        @Nullable String doubt) {

    /** Copies the names and refuses nulls. */
    public Intent {
        requireNonNull(flow, "flow");
        requireNonNull(source, "source");
        requireNonNull(target, "target");
        requireNonNull(action, "action");
        requireNonNull(idempotencyKey, "idempotencyKey");
        requireNonNull(fingerprint, "fingerprint");
        changedFields = Set.copyOf(changedFields);
        requireNonNull(intendedAt, "intendedAt");
    }

    /**
     * Returns the same intent, in doubt.
     *
     * @param evidence what is known
     * @return the intent
     */
    public Intent inDoubt(String evidence) {
        return withDoubt(requireNonNull(evidence, "evidence"));
    }

    /**
     * Returns the same intent, open again.
     *
     * @return the intent without its doubt
     */
    public Intent reopened() {
        return withDoubt(null);
    }

    private Intent withDoubt(@Nullable String newDoubt) {
        return new Intent(
                flow,
                source,
                target,
                targetRef,
                action,
                idempotencyKey,
                payload,
                fingerprint,
                changedFields,
                intendedAt,
                attempts,
                newDoubt);
    }
}
