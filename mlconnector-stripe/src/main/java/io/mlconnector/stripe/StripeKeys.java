package io.mlconnector.stripe;

import io.mlconnector.http.Authenticator;
import io.mlconnector.spi.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One API key or two, while one is being replaced by the other: the one that worked last is sent first. Safe for threads. */
final class StripeKeys implements Authenticator {

    private static final String HEADER = "Authorization";

    private final InstantSource clock;
    private final AtomicReference<State> state;

    StripeKeys(Secret key, @Nullable Secret nextKey, InstantSource clock) {
        this.clock = clock;
        Key next = nextKey == null ? null : Key.of(nextKey, "nextApiKey", Instant.MAX);
        this.state = new AtomicReference<>(new State(Key.of(key, "apiKey", Instant.MAX), next));
    }

    @Override
    public Map<String, String> authenticate() {
        return Map.of(HEADER, current().used().bearer().reveal());
    }

    @Override
    public boolean refused(Map<String, String> sent) {
        State now = current();
        if (!now.used().bearer().reveal().equals(sent.get(HEADER))) {
            // Another thread has changed over already.
            return true;
        }
        Key other = now.other();
        if (other == null) {
            return false;
        }
        state.compareAndSet(now, new State(other, now.used()));
        return true;
    }

    /** Uses another key from now on, and the one that was used where that is refused, until its end. */
    void replace(Secret next, Instant oldUntil) {
        Key added = Key.of(next, "apiKey", Instant.MAX);
        state.updateAndGet(now -> new State(added, new Key(now.used().bearer(), "the replaced apiKey", oldUntil)));
    }

    /** Returns which setting holds the key that is sent now. */
    String inUse() {
        return current().used().name();
    }

    private State current() {
        Instant now = clock.instant();
        return state.updateAndGet(known -> known.without(now));
    }

    private record Key(Secret bearer, String name, Instant until) {

        static Key of(Secret key, String name, Instant until) {
            return new Key(Secret.of("Bearer " + key.reveal()), name, until);
        }
    }

    private record State(Key used, @Nullable Key other) {

        /** Leaves out a key that has ended, unless it is the only one. */
        State without(Instant now) {
            if (other == null) {
                return this;
            }
            return !now.isBefore(other.until())
                    ? new State(used, null)
                    : !now.isBefore(used.until()) ? new State(other, null) : this;
        }
    }
}
