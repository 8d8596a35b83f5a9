package io.mlconnector.audit;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.AuditCheck;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.SealedEntry;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Exports an audit log as lines of JSON, and verifies such files. Every line holds one entry with its number, its hash and
 * that of its predecessor, in ASCII, so a file can be verified without the ledger, and files of one log follow each other:
 *
 * <pre>{@code
 * AuditReceipt receipt;
 * try (Writer file = Files.newBufferedWriter(path, US_ASCII, CREATE_NEW, WRITE, DSYNC)) {
 *     receipt = AuditExport.write(ledger, clock.instant().minus(Duration.ofDays(400)), file);
 * }
 * AuditExport.prune(ledger, receipt, "alice", clock);
 * }</pre>
 */
public final class AuditExport {

    private static final int PAGE = 1000;
    private static final int STEP = 20_000;

    private AuditExport() {}

    /**
     * Writes all entries from the log's anchor to its end.
     *
     * @param ledger the ledger; it is read page by page, so that flows go on
     * @param file where to; it is flushed and stays open. Close it, and see that it is on a disk, before you prune
     * @return what was written
     * @throws IOException if the file cannot be written
     * @throws LedgerException if the ledger fails, or if an entry was altered, removed or moved: the message names it. Then
     *     the file ends before it, and nothing can be pruned over it
     */
    public static AuditReceipt write(Ledger ledger, Writer file) throws IOException {
        return write(ledger, file, entry -> true);
    }

    /**
     * Writes the entries from the log's anchor to the first one that was not settled before a time.
     *
     * @param ledger the ledger
     * @param before the time, usually that from which on entries are kept in the ledger
     * @param file where to; it is flushed and stays open
     * @return what was written
     * @throws IOException if the file cannot be written
     * @throws LedgerException if the ledger fails, or if an entry was altered, removed or moved
     */
    public static AuditReceipt write(Ledger ledger, Instant before, Writer file) throws IOException {
        requireNonNull(before, "before");
        return write(ledger, file, entry -> entry.entry().at().isBefore(before));
    }

    private static AuditReceipt write(Ledger ledger, Writer file, Predicate<SealedEntry> wanted) throws IOException {
        Bounds log = ledger.read(Bounds::of);
        var check = new AuditCheck(log.anchor);
        while (check.last().sequence() < log.head.sequence()) {
            AuditMark last = check.last();
            List<SealedEntry> page = ledger.read(tx -> tx.audit().after(last.sequence(), PAGE));
            if (page.isEmpty()) {
                throw broken("audit entry " + (last.sequence() + 1) + " was removed");
            }
            for (SealedEntry sealed : page) {
                if (sealed.sequence() > log.head.sequence() || !wanted.test(sealed)) {
                    return finished(file, log.anchor, check);
                }
                String previous = check.last().hash();
                check.next(sealed);
                if (check.fault().isPresent()) {
                    throw broken(check.fault().get());
                }
                file.write(new AuditLine(previous, sealed).text());
                file.write('\n');
            }
        }
        if (!check.last().equals(log.head)) {
            throw broken("its head was altered");
        }
        return finished(file, log.anchor, check);
    }

    private static LedgerException broken(String fault) {
        return new LedgerException("the audit log cannot be exported: " + fault, Details.NONE);
    }

    private static AuditReceipt finished(Writer file, AuditMark from, AuditCheck check) throws IOException {
        file.flush();
        return new AuditReceipt(from, check.last());
    }

    /**
     * Removes what was exported from the log, in steps that keep flows waiting for a moment only; each leaves an entry in the
     * log. What was removed before is left out, so a pruning that broke off is called again.
     *
     * @param ledger the ledger
     * @param exported the receipt of a file that is safe by now
     * @param person who has the entries removed, for the audit
     * @param clock tells the time
     * @return how many entries were removed
     * @throws IllegalArgumentException if the export is not of this log, or leaves out entries that follow the anchor
     * @throws IllegalStateException if a second log still lacks some of them
     */
    public static long prune(Ledger ledger, AuditReceipt exported, String person, InstantSource clock) {
        requireNonNull(person, "person");
        long removed = 0;
        for (AuditMark step : ledger.read(tx -> steps(tx, exported))) {
            var part = new AuditReceipt(exported.from(), step);
            removed += ledger.<Long>withoutLease(tx -> tx.audit().prune(part, person, clock.instant()));
        }
        return removed;
    }

    /** All of it is checked before the first step. */
    private static List<AuditMark> steps(LedgerTransaction tx, AuditReceipt exported) {
        AuditMark anchor = tx.audit().anchor();
        if (!exported.reachesBeyond(anchor)) {
            return List.of();
        }
        exported.requireDelivered(tx.audit().deliveries());
        var steps = new ArrayList<AuditMark>();
        for (long next = anchor.sequence() + STEP; next < exported.to().sequence(); next += STEP) {
            steps.add(at(tx, next));
        }
        if (!at(tx, exported.to().sequence()).equals(exported.to())) {
            throw AuditReceipt.ofAnotherLog(exported.to());
        }
        steps.add(exported.to());
        return steps;
    }

    private static AuditMark at(LedgerTransaction tx, long sequence) {
        return tx.audit().after(sequence - 1, 1).stream()
                .findFirst()
                .map(SealedEntry::mark)
                .orElse(tx.audit().head());
    }

    /**
     * Verifies a file by itself: every line is as it was exported, and follows the line before it. That lines are missing at
     * the beginning or at the end does not show; see {@link #verify(Reader, AuditReceipt)}.
     *
     * @param file an exported file
     * @return the first fault, naming the line; empty if there is none
     * @throws IOException if the file cannot be read
     */
    public static Optional<String> verify(Reader file) throws IOException {
        return AuditFile.read(file).fault();
    }

    /**
     * Verifies that a file is whole: it holds all that was exported and nothing else.
     *
     * @param file an exported file
     * @param exported what was exported. Of the file before a pruning it ends at the anchor of the log, and of two files that
     *     follow each other, one ends where the other begins
     * @return the first fault, naming the line; empty if there is none
     * @throws IOException if the file cannot be read
     */
    public static Optional<String> verify(Reader file, AuditReceipt exported) throws IOException {
        return AuditFile.read(file).faultAgainst(requireNonNull(exported, "exported"));
    }

    /**
     * Returns the receipt of a file, for when that of {@link #write} was lost.
     *
     * @param file an exported file
     * @return what it holds
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException naming the first line that is at fault, or if the file is empty
     */
    public static AuditReceipt receipt(Reader file) throws IOException {
        return AuditFile.read(file).receipt();
    }

    /** Where the log begins and ends when the export begins. */
    private record Bounds(AuditMark anchor, AuditMark head) {

        /** An anchor that was moved would be covered up by the next pruning, so it is compared with the last one. */
        static Bounds of(LedgerTransaction tx) {
            AuditMark anchor = tx.audit().anchor();
            AuditMark pruned = tx.audit().query(AuditQuery.newest(1).withOutcome(Outcome.PRUNED)).stream()
                    .flatMap(trace -> trace.pruned().stream())
                    .findFirst()
                    .orElse(AuditMark.START);
            if (!pruned.equals(anchor)) {
                throw broken("its anchor was altered");
            }
            return new Bounds(anchor, tx.audit().head());
        }
    }
}
