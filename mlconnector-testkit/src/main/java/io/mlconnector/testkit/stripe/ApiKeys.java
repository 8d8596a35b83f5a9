package io.mlconnector.testkit.stripe;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of the account: one secret key with all rights, and restricted ones. */
final class ApiKeys {

    private final Map<String, Set<String>> restricted = new HashMap<>();
    private final Set<String> expired = new HashSet<>();
    private final Set<String> expiring = new HashSet<>();
    private String secretKey;

    ApiKeys(String secretKey, Map<String, Set<String>> restricted) {
        this.secretKey = secretKey;
        this.restricted.putAll(restricted);
    }

    synchronized String secretKey() {
        return secretKey;
    }

    synchronized void roll(String newKey) {
        expired.add(secretKey);
        secretKey = newKey;
    }

    /** Makes a new key beside the old ones, which still count. */
    synchronized void add(String newKey) {
        expiring.add(secretKey);
        secretKey = newKey;
    }

    synchronized void expireOld() {
        expired.addAll(expiring);
        expiring.clear();
    }

    /** Refuses an unknown or expired key, and returns the key otherwise. */
    synchronized String authenticate(@Nullable String authorization) {
        String key = key(authorization);
        if (key.isEmpty()) {
            throw unauthorized(null, "You did not provide an API key.");
        }
        if (expired.contains(key)) {
            throw unauthorized("api_key_expired", "The API key has expired: " + masked(key));
        }
        if (!key.equals(secretKey) && !expiring.contains(key) && !restricted.containsKey(key)) {
            throw unauthorized(null, "Invalid API Key provided: " + masked(key));
        }
        return key;
    }

    synchronized void authorize(String key, Route route) {
        Set<String> permissions = restricted.get(key);
        boolean allowed = permissions == null
                || permissions.contains(route.permission())
                || permissions.contains(route.area() + ":write");
        if (!allowed) {
            throw new StripeRefusal(
                    403,
                    StripeRefusal.INVALID_REQUEST,
                    null,
                    null,
                    "This key lacks the permission for this call; add: " + route.permission() + ".",
                    true);
        }
    }

    private static String key(@Nullable String authorization) {
        if (authorization == null) {
            return "";
        }
        if (authorization.startsWith("Bearer ")) {
            return authorization.substring("Bearer ".length()).trim();
        }
        if (authorization.startsWith("Basic ")) {
            try {
                byte[] decoded = Base64.getDecoder()
                        .decode(authorization.substring("Basic ".length()).trim());
                String pair = new String(decoded, StandardCharsets.UTF_8);
                int colon = pair.indexOf(':');
                return colon < 0 ? pair : pair.substring(0, colon);
            } catch (IllegalArgumentException e) {
                return "";
            }
        }
        return "";
    }

    private static String masked(String key) {
        return key.length() < 12 ? "****" : key.substring(0, 8) + "****" + key.substring(key.length() - 4);
    }

    private static StripeRefusal unauthorized(@Nullable String code, String message) {
        return new StripeRefusal(401, StripeRefusal.INVALID_REQUEST, code, null, message, true);
    }
}
