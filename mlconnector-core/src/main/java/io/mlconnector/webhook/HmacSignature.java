package io.mlconnector.webhook;

import io.mlconnector.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over the bytes of a webhook, as most systems sign them. Safe for threads. */
public final class HmacSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private HmacSignature() {}

    /**
     * Returns whether one of several secrets gives one of several signatures. Takes the same time whatever the signatures
     * hold, and tries every pair, so that the time tells nothing about a secret.
     *
     * @param secrets those that are valid now; during a change there are two
     * @param parts what was signed, one after the other
     * @param candidates signatures of 32 bytes that came with it; others match nothing
     * @return true if a pair matches; false if there are no secrets or no candidates
     */
    public static boolean matches(List<Secret> secrets, List<byte[]> parts, List<byte[]> candidates) {
        boolean matches = false;
        for (Secret secret : secrets) {
            byte[] expected = sign(secret, parts);
            for (byte[] candidate : candidates) {
                matches |= MessageDigest.isEqual(expected, candidate);
            }
        }
        return matches;
    }

    /**
     * Returns the signature, for sandboxes and tests too.
     *
     * @param secret the key, as text
     * @param parts what is signed, one after the other
     * @return 32 bytes
     * @throws IllegalArgumentException if the secret is empty
     */
    public static byte[] sign(Secret secret, List<byte[]> parts) {
        byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            parts.forEach(mac::update);
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
