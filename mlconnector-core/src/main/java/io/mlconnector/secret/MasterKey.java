package io.mlconnector.secret;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits that seals credentials. It has an id, which tells nothing of the key, and prints as that. */
public final class MasterKey {

    private static final int BYTES = 32;
    private static final int ID_BYTES = 9;

    private final SecretKey key;
    private final String id;

    private MasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = idOf(bytes);
    }

    /**
     * Returns a key out of its bytes.
     *
     * @param bytes 32 bytes of good randomness, not a password; the caller may clear them afterwards
     * @return the key
     * @throws ConfigurationException if there are more or fewer
     */
    public static MasterKey of(byte[] bytes) {
        if (requireNonNull(bytes, "bytes").length != BYTES) {
            throw new ConfigurationException("a master key has " + BYTES + " bytes, and this one " + bytes.length);
        }
        return new MasterKey(bytes);
    }

    /**
     * Returns a key out of its Base64 text, as {@code openssl rand -base64 32} prints it.
     *
     * @param text 44 characters
     * @return the key
     * @throws ConfigurationException if it is no such text
     */
    public static MasterKey ofBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("a master key is 32 bytes in Base64, and this text of " + text.length()
                    + " characters is no Base64");
        }
        try {
            return of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Makes a new key.
     *
     * @return the key
     */
    public static MasterKey generate() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        try {
            return of(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * Returns what names the key in a file of credentials.
     *
     * @return 12 characters
     */
    public String id() {
        return id;
    }

    /**
     * Returns the key as Base64, to be put where {@link #ofBase64} takes it from. Keep the result in no field.
     *
     * @return 44 characters
     */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    SecretKey key() {
        return key;
    }

    /** A MAC over a constant, so that the id gives nothing away. */
    private static String idOf(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            byte[] tag = mac.doFinal("mlconnector master key id".getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(tag, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "master key " + id;
    }
}
