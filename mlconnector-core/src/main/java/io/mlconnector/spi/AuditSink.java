package io.mlconnector.spi;

import java.util.List;

/**
 * A second audit log, the user's own, beside the one of the ledger: a log server, a queue, a file on write-once storage.
 *
 * <p>It is given every entry that is committed, in order, at least once. The engine calls it on one thread of its own, after
 * the commit, so a slow one delays no flow. What it throws is logged as a warning, and the same entries come again later;
 * after a crash they may come again although they were accepted. A receiver drops an entry whose
 * {@linkplain SealedEntry#sequence() number} it has already. Where several processes share a ledger, each delivers, and the
 * same entries may come from two of them at once.
 */
@FunctionalInterface
public interface AuditSink {

    /**
     * Takes entries. When this returns they count as delivered, so they must be safe by then.
     *
     * @param entries at least one, without gaps, oldest first
     * @throws Exception if they may not all be safe
     */
    void accept(List<SealedEntry> entries) throws Exception;
}
