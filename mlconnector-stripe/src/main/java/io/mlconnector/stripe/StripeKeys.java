package io.mlconnector.stripe;

import io.mlconnector.http.Authenticator;
import io.mlconnector.spi.Secret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One API key or two, while one is being replaced by the other: the one that worked last is sent first. */
final class StripeKeys implements Authenticator {

    private static final String HEADER = "Authorization";

    private final List<Secret> values;
    private final AtomicInteger current = new AtomicInteger();

    StripeKeys(Secret key, @Nullable Secret nextKey) {
        this.values = nextKey == null ? List.of(bearer(key)) : List.of(bearer(key), bearer(nextKey));
    }

    @Override
    public Map<String, String> authenticate() {
        return Map.of(HEADER, values.get(current.get()).reveal());
    }

    @Override
    public boolean refused(Map<String, String> sent) {
        if (values.size() == 1) {
            return false;
        }
        int refused = values.get(0).reveal().equals(sent.get(HEADER)) ? 0 : 1;
        current.compareAndSet(refused, 1 - refused);
        return true;
    }

    /** Returns which setting holds the key that is sent now. */
    String inUse() {
        return current.get() == 0 ? "apiKey" : "nextApiKey";
    }

    private static Secret bearer(Secret key) {
        return Secret.of("Bearer " + key.reveal());
    }
}
