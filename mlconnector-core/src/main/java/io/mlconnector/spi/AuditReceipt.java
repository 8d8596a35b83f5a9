package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Says which entries of an audit log were exported. {@link AuditLog#prune} asks for it, so that nothing is removed by mistake
 * that was never exported; it is no protection against a person who makes one up.
 *
 * @param from the place after which the export begins
 * @param to the last entry of the export; the same as {@code from} if it holds none
 */
public record AuditReceipt(AuditMark from, AuditMark to) {

    /** Refuses null and an end before the beginning. */
    public AuditReceipt {
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        if (to.sequence() < from.sequence()) {
            throw new IllegalArgumentException(
                    "an export after entry " + from.sequence() + " cannot end with entry " + to.sequence());
        }
    }

    /**
     * Returns how many entries were exported.
     *
     * @return the number, from 0
     */
    public long entries() {
        return to.sequence() - from.sequence();
    }

    /**
     * Tells a store whether there is anything to prune.
     *
     * @param anchor where the log begins
     * @return whether the export reaches beyond the anchor; false if all of it was pruned before
     * @throws IllegalArgumentException if the export is none of this log, or leaves out entries that follow the anchor
     */
    public boolean reachesBeyond(AuditMark anchor) {
        refuseAnother(anchor, from);
        refuseAnother(anchor, to);
        if (to.sequence() <= anchor.sequence()) {
            return false;
        }
        if (from.sequence() > anchor.sequence()) {
            throw new IllegalArgumentException("the export begins after audit entry " + from.sequence()
                    + ", and the log after entry " + anchor.sequence() + ": what lies between was not exported");
        }
        return true;
    }

    private static void refuseAnother(AuditMark anchor, AuditMark mark) {
        if (mark.sequence() == anchor.sequence() && !mark.hash().equals(anchor.hash())) {
            throw ofAnotherLog(mark);
        }
    }

    /**
     * Returns what a store throws if the log does not hold the last entry of an export.
     *
     * @param mark the entry
     * @return the exception
     */
    public static IllegalArgumentException ofAnotherLog(AuditMark mark) {
        return new IllegalArgumentException("the export is of another log: audit entry " + mark.sequence()
                + " is missing here or has another hash");
    }

    /**
     * Refuses to prune what a second log still lacks.
     *
     * @param deliveries how far each second log has come
     * @throws IllegalStateException naming a second log that lacks an entry of this export
     */
    public void requireDelivered(Map<String, AuditMark> deliveries) {
        deliveries.forEach((name, delivered) -> {
            if (delivered.sequence() < to.sequence()) {
                throw new IllegalStateException("audit entries up to " + to.sequence()
                        + " cannot be pruned: the second log '" + name + "' has those up to " + delivered.sequence()
                        + " alone. Deliver the others, or forget that log");
            }
        });
    }
}
