package io.mlconnector.testkit.stripe;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers the first answer under every key for a day. */
final class Idempotency {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_KEY = 255;

    private final MovableClock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Idempotency(MovableClock clock) {
        this.clock = clock;
    }

    /** Returns the stored answer, or null after reserving the key for the call that now runs. */
    synchronized @Nullable Answer begin(String key, Fingerprint fingerprint) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw refused(400, null, "An idempotency key has 1 to " + LONGEST_KEY + " characters.");
        }
        prune();
        Entry entry = entries.get(key);
        if (entry == null) {
            entries.put(key, new Entry(fingerprint, clock.instant()));
            return null;
        }
        if (!entry.fingerprint.equals(fingerprint)) {
            throw refused(400, null, "This idempotency key was first used with other parameters.");
        }
        if (entry.answer == null) {
            throw refused(409, "idempotency_key_in_use", "Another request with this idempotency key is in progress.");
        }
        return entry.answer;
    }

    synchronized void store(String key, Answer answer) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.answer = answer;
        }
    }

    /** Frees a key whose call was refused before it was executed. */
    synchronized void abandon(String key) {
        entries.remove(key);
    }

    private void prune() {
        Instant oldest = clock.instant().minus(KEPT);
        Iterator<Entry> each = entries.values().iterator();
        while (each.hasNext()) {
            Entry entry = each.next();
            if (entry.since.isAfter(oldest)) {
                return;
            }
            if (entry.answer != null) {
                each.remove();
            }
        }
    }

    private static StripeRefusal refused(int status, @Nullable String code, String message) {
        return new StripeRefusal(status, "idempotency_error", code, null, message, true);
    }

    /** What must be the same when a key is used again. */
    record Fingerprint(String method, String path, FormValue.Group parameters) {}

    private static final class Entry {

        private final Fingerprint fingerprint;
        private final Instant since;
        private @Nullable Answer answer;

        Entry(Fingerprint fingerprint, Instant since) {
            this.fingerprint = fingerprint;
            this.since = since;
        }
    }
}
