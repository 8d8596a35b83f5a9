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

    private final Map<String, WeakReference<KeyQuota>> byKey = new HashMap<>();

    synchronized KeyQuota of(BillSettings settings, ConnectorContext context) {
        byKey.values().removeIf(quota -> quota.get() == null);
        String key = settings.baseUrl().getAuthority() + " " + hash(settings.devKey().reveal());
        WeakReference<KeyQuota> known = byKey.get(key);
        KeyQuota quota = known == null ? null : known.get();
        if (quota == null) {
            quota = new KeyQuota(settings, context);
            byKey.put(key, new WeakReference<>(quota));
        }
        return quota;
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
