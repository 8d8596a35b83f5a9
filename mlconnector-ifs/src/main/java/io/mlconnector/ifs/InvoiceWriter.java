package io.mlconnector.ifs;

import io.mlconnector.http.HttpAnswer;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records entries at invoices: reads, adds, writes under the version that was read, and begins anew where the row has
 * changed meanwhile. Safe for threads: entries of one invoice are recorded one after the other.
 */
final class InvoiceWriter {

    private static final int ROUNDS = 3;
    private static final int LOCKS = 64;
    private static final Duration LONGEST_JITTER = Duration.ofMillis(500);

    private final Receivables invoices;
    private final Recorder recorder;
    private final ConnectorContext context;
    private final Lock[] locks = new Lock[LOCKS];

    InvoiceWriter(Receivables invoices, Recorder recorder, ConnectorContext context) {
        this.invoices = invoices;
        this.recorder = recorder;
        this.context = context;
        for (int at = 0; at < LOCKS; at++) {
            locks[at] = new ReentrantLock();
        }
    }

    /** Whether the entry, or a later state of it, is there. */
    boolean holds(Posting posting) {
        return entries(posting.invoice()).cover(posting.entry());
    }

    /** What is recorded at an invoice. */
    Entries entries(Receivable invoice) {
        return recorder.open(invoice).entries();
    }

    /**
     * Records an entry unless it is there.
     *
     * @return the system's id of the call; null if it told none or was not asked
     * @throws EndedException if it cannot be recorded; nothing was written then
     */
    @Nullable String write(Posting posting) {
        String id = posting.invoice().id();
        Lock lock = locks[Math.floorMod(id.hashCode(), LOCKS)];
        // what was read before somebody else wrote is of no use
        Posting fresh = lock.tryLock() ? posting : null;
        if (fresh == null) {
            lock.lock();
        }
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Optional<HttpAnswer> answer = tryOnce(fresh == null ? again(posting) : fresh);
                if (answer.isEmpty()) {
                    return null;
                }
                if (answer.get().success()) {
                    return answer.get().requestId().orElse(null);
                }
                fresh = null;
                invoices.pause(jitter());
            }
        } finally {
            lock.unlock();
        }
        throw EndedException.with(new WriteOutcome.Conflicted(
                "the invoice " + posting.invoice() + " was changed during each of " + ROUNDS + " tries"));
    }

    /** Empty if there is nothing to write; no success if the row has changed meanwhile. */
    private Optional<HttpAnswer> tryOnce(Posting asked) {
        Posting posting = asked;
        Recorder.Recording recording = recorder.open(posting.invoice());
        if (recording.entries().cover(posting.entry())) {
            return Optional.empty();
        }
        if (recorder.isVersioned() && !asked.invoice().versionShowsEveryChange()) {
            posting = asked.at(invoices.settled(asked.invoice()).orElseThrow(() -> gone(asked)));
            recording = recorder.open(posting.invoice());
            if (recording.entries().cover(posting.entry())) {
                return Optional.empty();
            }
        }
        HttpAnswer answer = add(recording, posting);
        boolean changed = IfsErrors.isStale(answer) || answer.status() == 404;
        if (!answer.success() && !changed) {
            String record = posting.entry().text() + " at " + posting.invoice();
            throw EndedException.with(
                    IfsErrors.refusedWrite(context.connection(), recorder.path(posting.invoice()), record, answer));
        }
        return Optional.of(answer);
    }

    private static HttpAnswer add(Recorder.Recording recording, Posting posting) {
        try {
            return recording.add(posting);
        } catch (UnavailableException e) {
            if (IfsErrors.isHeld(e)) {
                throw EndedException.with(WriteOutcome.Deferred.later(
                        "the invoice " + posting.invoice() + " is held by another user: " + e.getMessage()));
            }
            throw e;
        }
    }

    private Posting again(Posting posting) {
        return posting.at(invoices.read(posting.invoice().id()).orElseThrow(() -> gone(posting)));
    }

    private static EndedException gone(Posting posting) {
        return EndedException.with(WriteOutcome.Deferred.later("the invoice " + posting.invoice()
                + " is gone, and with it where to record " + posting.entry().text()));
    }

    private Duration jitter() {
        return Duration.ofMillis(context.random().nextLong(LONGEST_JITTER.toMillis()));
    }
}
