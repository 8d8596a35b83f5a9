package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks an audit log in its order, keeping one hash, and names the first fault: for stores, and for copies of a log. For one
 * thread.
 */
public final class AuditCheck {

    private final AuditMark anchor;
    private AuditMark last;
    private AuditMark pruned = AuditMark.START;
    private @Nullable String fault;

    /**
     * Begins to walk.
     *
     * @param anchor where the log begins
     */
    public AuditCheck(AuditMark anchor) {
        this.anchor = requireNonNull(anchor, "anchor");
        this.last = anchor;
    }

    /**
     * Returns the first fault so far.
     *
     * @return names the entry; empty if all was well
     */
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /**
     * Returns the entry up to which all was well.
     *
     * @return its place; the anchor if there was none
     */
    public AuditMark last() {
        return last;
    }

    /**
     * Takes the next entry. Has no effect after a fault.
     *
     * @param sealed the entry as it was found
     */
    public void next(SealedEntry sealed) {
        if (fault != null || missing(sealed.sequence())) {
            return;
        }
        if (!SealedEntry.following(last, sealed.entry()).equals(sealed)) {
            boolean afterAnchor = last.equals(anchor) && anchor.sequence() > 0;
            fault = "audit entry " + sealed.sequence() + " was altered or moved"
                    + (afterAnchor ? ", or the anchor before it was altered" : "");
            return;
        }
        last = sealed.mark();
        sealed.entry().pruned().ifPresent(mark -> pruned = mark);
    }

    /**
     * Takes the next entry, of which no more can be read than its number. Has no effect after a fault.
     *
     * @param sequence its number as it was found
     */
    public void unreadable(long sequence) {
        if (fault == null && !missing(sequence)) {
            fault = "audit entry " + sequence + " was altered: it cannot be read";
        }
    }

    private boolean missing(long sequence) {
        if (sequence == last.sequence() + 1) {
            return false;
        }
        fault = sequence > last.sequence()
                ? "audit entry " + (last.sequence() + 1) + " was removed or moved"
                : "audit entry " + sequence + " was moved";
        return true;
    }

    /**
     * Ends the walk: compares the last entry with the head of the log, and the anchor with what the log tells of its last
     * pruning.
     *
     * @param head where the log ends, as the store keeps it apart from the entries; null if that is lost
     * @return the first fault; empty if the log is whole
     */
    public Optional<String> end(@Nullable AuditMark head) {
        if (fault == null) {
            fault = faultAtTheEnd(head);
        }
        return fault();
    }

    private @Nullable String faultAtTheEnd(@Nullable AuditMark head) {
        long reached = last.sequence();
        if (head == null) {
            return "the head of the audit log was removed, after entry " + reached;
        }
        if (reached < head.sequence()) {
            return "audit entry " + (reached + 1) + " was removed: the log ended with entry " + head.sequence();
        }
        if (reached > head.sequence()) {
            return "audit entry " + (head.sequence() + 1) + " was added past the end of the log";
        }
        if (!last.hash().equals(head.hash())) {
            return "audit entry " + reached + " was altered: the head of the log has another hash";
        }
        if (!pruned.equals(anchor)) {
            return "the anchor of the audit log was altered: it lies after entry " + anchor.sequence()
                    + ", and the log tells of a pruning up to entry " + pruned.sequence();
        }
        return null;
    }
}
