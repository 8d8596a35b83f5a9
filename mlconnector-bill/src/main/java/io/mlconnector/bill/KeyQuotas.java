package io.mlconnector.bill;

import io.mlconnector.spi.ConnectorContext;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The quotas of the developer keys in use, one per environment and key. BILL counts by key, so what is open in one process under one key
 * shares one quota, whoever opened it; connections with other keys, or to another environment, share nothing. A quota is forgotten with
 * the last connection that uses it. The limits are those of the connection that was opened first.
 */
final class KeyQuotas {

    private final Map<String, Shared> byKey = new HashMap<>();

    /** A quota and how many connections use it; weak, because not everybody closes a connection. */
    private record Shared(WeakReference<KeyQuota> quota, int users) {}

    /** Returns the quota for a connection that is opened. */
    synchronized KeyQuota open(BillSettings settings, ConnectorContext context) {
        byKey.values().removeIf(shared -> shared.quota().get() == null);
        String key = key(settings);
        Shared known = byKey.get(key);
        KeyQuota quota = known == null ? null : known.quota().get();
        if (known == null || quota == null) {
            quota = new KeyQuota(settings, context);
            byKey.put(key, new Shared(new WeakReference<>(quota), 1));
        } else {
            byKey.put(key, new Shared(known.quota(), known.users() + 1));
        }
        return quota;
    }

    /** Tells that a connection is closed. */
    synchronized void close(BillSettings settings) {
        byKey.computeIfPresent(
                key(settings),
                (key, shared) -> shared.users() == 1 ? null : new Shared(shared.quota(), shared.users() - 1));
    }

    private static String key(BillSettings settings) {
        return settings.baseUrl().getAuthority() + " " + hash(settings.devKey().reveal());
    }

    private static String hash(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
