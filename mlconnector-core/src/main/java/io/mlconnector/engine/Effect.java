package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One write on its way from intent to settlement. It is handed from the flow's thread to a lane and back, and never seen
 * by two of them at once.
 */
final class Effect<T extends BusinessRecord> {

    private final Intent intent;
    private final @Nullable String sourceVersion;
    private final @Nullable Money money;
    private final boolean hadLetter;
    private final int earlierAttempts;
    private final @Nullable Fingerprint there;
    private Write<T> write;
    private @Nullable WriteOutcome outcome;
    private @Nullable String doubt;
    private Instant unsureSince;
    private int attempts;
    private boolean found;
    private boolean inFlight;

    Effect(
            Intent intent,
            Write<T> write,
            @Nullable Money money,
            @Nullable String sourceVersion,
            boolean hadLetter,
            int earlierAttempts,
            @Nullable Fingerprint there) {
        this.intent = intent;
        this.write = write;
        this.money = money;
        this.sourceVersion = sourceVersion;
        this.hadLetter = hadLetter;
        this.earlierAttempts = earlierAttempts;
        this.there = there;
        this.attempts = intent.attempts();
        this.unsureSince = intent.intendedAt();
    }

    Intent intent() {
        return intent;
    }

    Write<T> write() {
        return write;
    }

    @Nullable Money money() {
        return money;
    }

    @Nullable String sourceVersion() {
        return sourceVersion;
    }

    boolean hadLetter() {
        return hadLetter;
    }

    /** How often a letter of the record was tried before this. */
    int earlierAttempts() {
        return earlierAttempts;
    }

    /** The record over there as it was before this write; null if nobody looked. */
    @Nullable Fingerprint there() {
        return there;
    }

    @Nullable WriteOutcome outcome() {
        return outcome;
    }

    @Nullable String doubt() {
        return doubt;
    }

    /** Since when the write is certainly not on its way from here any more; the settle time counts from then. */
    Instant unsureSince() {
        return unsureSince;
    }

    int attempts() {
        return attempts;
    }

    boolean found() {
        return found;
    }

    /** Whether something of it may be at the target although it has no outcome. */
    boolean mayHaveLeftTraces() {
        return inFlight || (write instanceof Write.Create<T> create && create.partial() != null);
    }

    boolean ambiguous() {
        return outcome instanceof WriteOutcome.Ambiguous && doubt == null;
    }

    /** Whether it is known what became of it, or known that nobody can tell. */
    boolean settled() {
        return doubt != null || (outcome != null && !ambiguous());
    }

    /** An earlier process may have sent it at any moment up to this one. */
    void perhapsSentUntil(Instant at) {
        unsureSince = at;
    }

    void sent() {
        attempts++;
        inFlight = true;
        outcome = null;
    }

    /** The target certainly did not take it. */
    void unsent() {
        inFlight = false;
        outcome = null;
    }

    void ended(WriteOutcome newOutcome, Instant at) {
        inFlight = false;
        unsureSince = at;
        outcome = newOutcome;
    }

    void found(WriteOutcome.Applied applied) {
        found = true;
        outcome = applied;
    }

    void doubted(String evidence) {
        doubt = evidence;
    }

    void goOnWith(Write<T> newWrite) {
        write = newWrite;
    }
}
