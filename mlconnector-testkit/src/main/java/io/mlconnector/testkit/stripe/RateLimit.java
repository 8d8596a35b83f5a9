package io.mlconnector.testkit.stripe;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts calls per second of the sandbox's clock, for the account and for each endpoint. Zero means no limit. */
final class RateLimit {

    private final MovableClock clock;
    private final int perSecond;
    private final int perSecondAndEndpoint;
    private final Map<String, Integer> calls = new HashMap<>();
    private long second;

    RateLimit(MovableClock clock, int perSecond, int perSecondAndEndpoint) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.perSecondAndEndpoint = perSecondAndEndpoint;
    }

    /** The reason to refuse the call, or null. */
    synchronized @Nullable String refuse(String endpoint) {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            calls.clear();
        }
        if (perSecond > 0 && calls.getOrDefault("", 0) >= perSecond) {
            return "global-rate";
        }
        if (perSecondAndEndpoint > 0 && calls.getOrDefault(endpoint, 0) >= perSecondAndEndpoint) {
            return "endpoint-rate";
        }
        calls.merge("", 1, Integer::sum);
        calls.merge(endpoint, 1, Integer::sum);
        return null;
    }
}
