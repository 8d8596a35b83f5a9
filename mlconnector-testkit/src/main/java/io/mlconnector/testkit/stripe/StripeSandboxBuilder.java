package io.mlconnector.testkit.stripe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link StripeSandbox}. Not safe for use by several threads. */
public final class StripeSandboxBuilder {

    private static final Set<String> KNOWN_PERMISSIONS = Arrays.stream(Kind.values())
            .flatMap(kind -> Stream.of(kind.area() + ":read", kind.area() + ":write"))
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Set<String>> restrictedKeys = new LinkedHashMap<>();
    private InstantSource clock = InstantSource.system();
    private Duration searchLag = Duration.ZERO;
    private @Nullable String apiVersion = "2026-07-29.dahlia";
    private int requestsPerSecond;
    private int endpointRequestsPerSecond;

    StripeSandboxBuilder() {}

    /**
     * Sets the clock of creation times, idempotency keys, search lag and rate limits. Default: the system's.
     *
     * @param source the clock
     * @return this builder
     */
    public StripeSandboxBuilder clock(InstantSource source) {
        clock = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets how long search does not see a change. Default: zero.
     *
     * @param lag not negative
     * @return this builder
     * @throws IllegalArgumentException if {@code lag} is negative
     */
    public StripeSandboxBuilder searchLag(Duration lag) {
        if (lag.isNegative()) {
            throw new IllegalArgumentException("searchLag must not be negative: " + lag);
        }
        searchLag = lag;
        return this;
    }

    /**
     * Sets the API version of the account, in which its events show objects whatever version a call asks for. Default: {@code
     * 2026-07-29.dahlia}.
     *
     * @param version such as {@code 2024-06-20}; null for an account so old that its events name none
     * @return this builder
     */
    public StripeSandboxBuilder apiVersion(@Nullable String version) {
        apiVersion = version;
        return this;
    }

    /**
     * Sets how many calls of any kind are taken in one second of the clock. Default: 0, no limit.
     *
     * @param most at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public StripeSandboxBuilder requestsPerSecond(int most) {
        requestsPerSecond = positive("requestsPerSecond", most);
        return this;
    }

    /**
     * Sets how many calls each endpoint takes in one second of the clock. Default: 0, no limit.
     *
     * @param most at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code most} is less than 1
     */
    public StripeSandboxBuilder endpointRequestsPerSecond(int most) {
        endpointRequestsPerSecond = positive("endpointRequestsPerSecond", most);
        return this;
    }

    /**
     * Adds a restricted key.
     *
     * @param key the key, beginning with {@code rk_test_}
     * @param permissions such as {@code customers:write}, which includes {@code customers:read}; areas are customers,
     *     products, prices, tax_rates, invoices, credit_notes, payment_intents, charges, refunds, disputes, balance, events
     * @return this builder
     * @throws IllegalArgumentException if the key begins otherwise or a permission is unknown
     */
    public StripeSandboxBuilder addRestrictedKey(String key, String... permissions) {
        if (!key.startsWith("rk_test_")) {
            throw new IllegalArgumentException("a restricted key begins with rk_test_");
        }
        for (String permission : permissions) {
            if (!KNOWN_PERMISSIONS.contains(permission)) {
                throw new IllegalArgumentException("unknown permission: " + permission);
            }
        }
        restrictedKeys.put(key, Set.of(permissions));
        return this;
    }

    /**
     * Starts the sandbox.
     *
     * @return the running sandbox
     */
    public StripeSandbox start() {
        return new StripeSandbox(this);
    }

    InstantSource clock() {
        return clock;
    }

    Duration searchLag() {
        return searchLag;
    }

    @Nullable String apiVersion() {
        return apiVersion;
    }

    int requestsPerSecond() {
        return requestsPerSecond;
    }

    int endpointRequestsPerSecond() {
        return endpointRequestsPerSecond;
    }

    Map<String, Set<String>> restrictedKeys() {
        return restrictedKeys;
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + value);
        }
        return value;
    }
}
