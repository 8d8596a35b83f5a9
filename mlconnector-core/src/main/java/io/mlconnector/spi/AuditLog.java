package io.mlconnector.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps what was done, append-only. Each entry carries a hash of itself and of its predecessor, so that an entry that
 * was altered, removed or moved shows. Part of a {@link LedgerTransaction}.
 *
 * <p>The hashes have no key. Whoever can write to the store can compute a whole new chain, or cut off its end, and nothing
 * in the store tells. Where that must show, keep a {@link #head} outside of it now and then, and hand it to
 * {@link #verify(AuditMark)} later; exported files and second logs carry the same hashes.
 *
 * <p>Old entries may be removed once they were exported. The log then begins at an <em>anchor</em>, the last entry that was
 * removed, and the pruning is an entry of the log itself.
 *
 * <p>All but {@link #append} may be called without a lease, see {@link Ledger#withoutLease}.
 */
public interface AuditLog {

    /**
     * Appends entries, in order.
     *
     * @param entries the entries
     */
    void append(Collection<AuditEntry> entries);

    /**
     * Returns entries.
     *
     * @param query which ones
     * @return the entries, in the order in which they were appended
     */
    List<AuditEntry> query(AuditQuery query);

    /**
     * Returns entries at their place, page by page.
     *
     * @param sequence only those after this number; what was pruned is left out
     * @param limit how many at most, at least 1
     * @return the entries, in order
     */
    List<SealedEntry> after(long sequence, int limit);

    /**
     * Returns where the log ends.
     *
     * @return its last entry; the {@link #anchor} if it has none
     */
    AuditMark head();

    /**
     * Returns where the log begins.
     *
     * @return the last entry that was pruned; {@link AuditMark#START} if none was
     */
    AuditMark anchor();

    /**
     * Walks the whole log from its anchor and compares the hashes. Finds every entry that was altered, removed or moved by
     * somebody who did not make the hashes fit, and an anchor that does not fit the pruning that the log tells of.
     *
     * @return the first fault, naming the entry that was altered or removed; empty if the log is whole
     */
    Optional<String> verify();

    /**
     * Walks the log as {@link #verify()} does, and looks whether it still holds an entry that was noted elsewhere. So it also
     * finds that everything up to there was rewritten with hashes that fit.
     *
     * @param noted a {@link #head} that was kept outside of the store
     * @return the first fault; empty if the log is whole and holds that entry
     */
    default Optional<String> verify(AuditMark noted) {
        Optional<String> fault = verify();
        if (fault.isPresent() || noted.equals(AuditMark.START) || noted.equals(anchor())) {
            return fault;
        }
        if (noted.sequence() < anchor().sequence()) {
            return Optional.of("audit entry " + noted.sequence() + " was pruned: look for it in the exported file");
        }
        if (noted.sequence() > head().sequence()) {
            return Optional.of("audit entry " + noted.sequence() + " was removed");
        }
        return after(noted.sequence() - 1, 1).stream().map(SealedEntry::mark).anyMatch(noted::equals)
                ? Optional.empty()
                : Optional.of(
                        "the audit log was rewritten: entry " + noted.sequence() + " has another hash than noted");
    }

    /**
     * Removes the entries of an export from the log, moves the anchor there, and appends an entry that tells who did so. If
     * they were removed before, nothing happens.
     *
     * @param exported what was exported, from the anchor or before it; its file must be safe by now
     * @param person who has them removed, for the audit
     * @param at when
     * @return how many entries were removed
     * @throws IllegalArgumentException if the export is not of this log, or leaves out entries that follow the anchor
     * @throws IllegalStateException if a second log still lacks some of them
     */
    long prune(AuditReceipt exported, String person, Instant at);

    /**
     * Makes a second log known. From here on, what it lacks is not pruned. If it is known already, nothing happens.
     *
     * @param name its name, the same in every process and after every restart
     */
    void enlist(String name);

    /**
     * Returns how far each second log has come.
     *
     * @return by name, the last entry that was delivered; a new one begins at the anchor
     */
    Map<String, AuditMark> deliveries();

    /**
     * Notes that a second log has all entries up to one. A mark before the one noted already changes nothing, and neither
     * does a name that is not known.
     *
     * @param name its name
     * @param upTo the last entry that was delivered
     */
    void delivered(String name, AuditMark upTo);

    /**
     * Forgets a second log that will not be used any more, so that it does not keep entries from being pruned.
     *
     * @param name its name; nothing happens if it is not known
     */
    void forget(String name);
}
