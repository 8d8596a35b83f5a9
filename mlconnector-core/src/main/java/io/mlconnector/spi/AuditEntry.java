package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, why, and what it was derived from: one entry per write and per record put aside.
 *
 * @param flow the flow
 * @param run the pass of the flow
 * @param source the record at its source
 * @param sourceVersion its version there; null if there is none
 * @param target the record over there; null if nothing was written
 * @param action what was to be done; null for a record that could not be read
 * @param changes changed field to the rules that made it, source rule and target rule
 * @param mapping fingerprint of the mappings
 * @param attempts how often it was sent
 * @param outcome what became of it
 * @param detail the reason, for anything but success; null otherwise
 * @param requestId the target's id of the call; null if unknown
 * @param at when it was settled, by the clock of this machine, to the millisecond
 */
public record AuditEntry(
        String flow,
        String run,
        RecordKey source,
        @Nullable String sourceVersion,
        @Nullable RecordKey target,
        @Nullable Action action,
        Map<String, String> changes,
        String mapping,
        int attempts,
        Outcome outcome,
        @Nullable String detail,
        @Nullable String requestId,
        Instant at) {

    private static final String LOG = "audit";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** What became of a record. */
    public enum Outcome {
        /** The target holds it. */
        APPLIED,
        /** It was found at the target after its outcome had been unknown. */
        FOUND,
        /** It became a dead letter. */
        DEAD,
        /** It waits for another record. */
        PARKED,
        /** Nobody can tell whether it took effect. */
        IN_DOUBT,
        /** A person settled it. */
        SETTLED,
        /** Entries before it were exported and removed from the log; see {@link AuditEntry#ofPruning}. */
        PRUNED
    }

    /** Copies the map and refuses nulls. */
    public AuditEntry {
        requireNonNull(flow, "flow");
        requireNonNull(run, "run");
        requireNonNull(source, "source");
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
        requireNonNull(mapping, "mapping");
        requireNonNull(outcome, "outcome");
        requireNonNull(at, "at");
    }

    /**
     * Returns the trace that a pruning leaves in the log.
     *
     * @param anchor the last entry that was removed
     * @param entries how many were removed
     * @param person who had them removed
     * @param at when
     * @return the entry
     */
    public static AuditEntry ofPruning(AuditMark anchor, long entries, String person, Instant at) {
        requireNonNull(person, "person");
        return new AuditEntry(
                LOG,
                "prune-" + anchor.sequence(),
                new RecordKey("ledger", LOG, "" + anchor.sequence()),
                anchor.hash(),
                null,
                Action.REMOVE,
                Map.of(),
                "",
                0,
                Outcome.PRUNED,
                person + " pruned " + entries + " entries, up to entry " + anchor.sequence(),
                null,
                at);
    }

    /**
     * Returns up to where the log was pruned, if this entry is the trace of a pruning.
     *
     * @return the last entry that was removed
     */
    public Optional<AuditMark> pruned() {
        if (outcome != Outcome.PRUNED
                || sourceVersion == null
                || !NUMBER.matcher(source.id()).matches()) {
            return Optional.empty();
        }
        return Optional.of(new AuditMark(Long.parseLong(source.id()), sourceVersion));
    }
}
