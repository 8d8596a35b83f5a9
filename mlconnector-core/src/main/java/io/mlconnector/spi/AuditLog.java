package io.mlconnector.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what was done, append-only. Each entry carries a hash of itself and of its predecessor, so that an entry that
 * was altered, removed or moved shows. Part of a {@link LedgerTransaction}.
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
     * @return the entries, oldest first
     */
    List<AuditEntry> query(AuditQuery query);

    /**
     * Walks the whole log and compares the hashes.
     *
     * @return the first fault, naming the entry that was altered or removed; empty if the log is whole
     */
    Optional<String> verify();
}
