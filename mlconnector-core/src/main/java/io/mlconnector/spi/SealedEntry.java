package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

/**
 * An audit entry at its place in the log.
 *
 * @param sequence its number, from 1, without gaps
 * @param hash what {@link AuditChain#hash} gives for its predecessor's hash, its number and itself
 * @param entry the entry
 */
public record SealedEntry(long sequence, String hash, AuditEntry entry) {

    /** Refuses null and a number below 1. */
    public SealedEntry {
        requireNonNull(hash, "hash");
        requireNonNull(entry, "entry");
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must be at least 1: " + sequence);
        }
    }

    /**
     * Appends an entry to a chain.
     *
     * @param previous the end of the chain
     * @param entry the entry
     * @return the entry, as the next one after {@code previous}
     */
    public static SealedEntry following(AuditMark previous, AuditEntry entry) {
        long sequence = previous.sequence() + 1;
        return new SealedEntry(sequence, AuditChain.hash(previous.hash(), sequence, entry), entry);
    }

    /**
     * Returns the place just after this entry.
     *
     * @return the mark
     */
    public AuditMark mark() {
        return new AuditMark(sequence, hash);
    }
}
