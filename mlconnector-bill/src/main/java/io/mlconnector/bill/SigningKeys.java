package io.mlconnector.bill;

import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.CredentialStore;
import io.mlconnector.spi.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys by which webhooks are known to be BILL's: the one of the subscription, which is shown once and kept, and given ones. */
final class SigningKeys {

    /** How long the key before is accepted after a rotation. */
    static final Duration GRACE = Duration.ofMinutes(10);

    private final String name;
    private final CredentialStore store;
    private final InstantSource clock;
    private volatile List<Entry> entries;
    private volatile String subscription = "";
    private volatile Instant keptAt = Instant.EPOCH;

    SigningKeys(String connection, List<Secret> given, ConnectorContext context) {
        this.name = connection + "/webhook-key";
        this.store = context.credentials();
        this.clock = context.clock();
        var all = new ArrayList<Entry>();
        kept().ifPresent(kept -> {
            all.add(new Entry(kept.key(), Instant.MAX));
            subscription = kept.subscription();
            keptAt = kept.at();
        });
        given.forEach(secret -> all.add(new Entry(secret, Instant.MAX)));
        entries = List.copyOf(all);
    }

    private record Entry(Secret key, Instant until) {}

    private record Kept(String subscription, Instant at, Secret key) {}

    private Optional<Kept> kept() {
        return store.read(name).map(secret -> {
            String[] parts = secret.reveal().split(" ", 3);
            return new Kept(parts[0], Instant.parse(parts[1]), Secret.of(parts[2]));
        });
    }

    boolean canKeep() {
        return store != CredentialStore.NONE;
    }

    boolean none() {
        return entries.isEmpty();
    }

    /** Returns whether the key of a subscription is kept. */
    boolean isOf(String id) {
        return subscription.equals(id);
    }

    /** Returns since when the key is kept. */
    Instant keptAt() {
        return keptAt;
    }

    List<Secret> validAt(Instant time) {
        return entries.stream()
                .filter(entry -> time.isBefore(entry.until()))
                .map(Entry::key)
                .toList();
    }

    /** Keeps the key of a subscription. */
    void keep(String id, Secret key) {
        Instant now = clock.instant();
        store.keep(name, Secret.of(id + " " + now + " " + key.reveal()));
        subscription = id;
        keptAt = now;
        replace(key, now.plus(GRACE));
    }

    synchronized void replace(Secret next, Instant oldUntil) {
        var all = new ArrayList<Entry>();
        all.add(new Entry(next, Instant.MAX));
        for (Entry old : entries) {
            if (!old.key().equals(next)) {
                all.add(old.until().isAfter(oldUntil) ? new Entry(old.key(), oldUntil) : old);
            }
        }
        entries = List.copyOf(all);
    }
}
