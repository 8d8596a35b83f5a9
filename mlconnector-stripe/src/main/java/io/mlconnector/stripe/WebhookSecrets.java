package io.mlconnector.stripe;

import io.mlconnector.spi.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The signing secrets of webhooks that are valid now: one, or several while one is replaced. Safe for threads. */
final class WebhookSecrets {

    private final AtomicReference<List<Entry>> entries;

    WebhookSecrets(List<Secret> secrets) {
        entries = new AtomicReference<>(
                secrets.stream().map(secret -> new Entry(secret, Instant.MAX)).toList());
    }

    boolean none() {
        return entries.get().isEmpty();
    }

    List<Secret> validAt(Instant time) {
        return entries.get().stream()
                .filter(entry -> time.isBefore(entry.until))
                .map(Entry::secret)
                .toList();
    }

    /** Accepts another secret too, and all others until their end. */
    void replace(Secret next, Instant oldUntil) {
        entries.updateAndGet(known -> {
            var all = new ArrayList<Entry>();
            all.add(new Entry(next, Instant.MAX));
            for (Entry old : known) {
                if (!old.secret.equals(next)) {
                    all.add(old.until.isAfter(oldUntil) ? new Entry(old.secret, oldUntil) : old);
                }
            }
            return List.copyOf(all);
        });
    }

    private record Entry(Secret secret, Instant until) {}
}
