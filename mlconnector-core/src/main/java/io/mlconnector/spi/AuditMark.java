package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

/**
 * A place in an audit log: just after an entry. Whoever keeps one outside of the ledger can tell later whether anything up
 * to there was rewritten, see {@link AuditLog#verify(AuditMark)}.
 *
 * @param sequence the number of the entry, from 1; 0 before the first
 * @param hash the entry's hash; {@link AuditChain#START} before the first
 */
public record AuditMark(long sequence, String hash) {

    /** The place before the first entry. */
    public static final AuditMark START = new AuditMark(0, AuditChain.START);

    /** Refuses null and a negative number. */
    public AuditMark {
        requireNonNull(hash, "hash");
        if (sequence < 0) {
            throw new IllegalArgumentException("sequence must not be negative: " + sequence);
        }
    }
}
