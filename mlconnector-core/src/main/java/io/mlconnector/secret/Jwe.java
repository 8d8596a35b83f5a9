package io.mlconnector.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.spi.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals texts as JSON Web Encryption in its compact form (RFC 7516), with a shared key ({@code dir}) and AES-256 in GCM ({@code A256GCM},
 * RFC 7518). The header is readable, and sealed along: whoever changes it makes the whole unreadable.
 */
final class Jwe {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int PARTS = 5;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final JsonMapper JSON = new JsonMapper();

    private Jwe() {}

    static String seal(Map<String, String> claims, String text, MasterKey key) {
        var header = new LinkedHashMap<String, String>();
        header.put("alg", "dir");
        header.put("enc", "A256GCM");
        header.put("kid", key.id());
        header.putAll(claims);
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        try {
            String protectedHeader = encode(JSON.writeValueAsBytes(header));
            // A random nonce of 96 bits is safe for 2^32 texts under one key (NIST SP 800-38D, 8.3).
            var nonce = new byte[NONCE_BYTES];
            RANDOM.nextBytes(nonce);
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, protectedHeader).doFinal(plain);
            int length = sealed.length - TAG_BYTES;
            return String.join(
                    ".",
                    protectedHeader,
                    "",
                    encode(nonce),
                    encode(Arrays.copyOf(sealed, length)),
                    encode(Arrays.copyOfRange(sealed, length, sealed.length)));
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("every JDK has AES/GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Returns the header, whether or not it is genuine. */
    static Map<String, String> header(String sealed) {
        try {
            return JSON.readValue(decode(parts(sealed)[0]), new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigurationException("a sealed credential has no readable header");
        }
    }

    static String open(String sealed, MasterKey key) {
        String[] parts = parts(sealed);
        try {
            byte[] text = decode(parts[3]);
            byte[] tag = decode(parts[4]);
            byte[] both = Arrays.copyOf(text, text.length + tag.length);
            System.arraycopy(tag, 0, both, text.length, tag.length);
            byte[] plain =
                    cipher(Cipher.DECRYPT_MODE, key, decode(parts[2]), parts[0]).doFinal(both);
            try {
                return new String(plain, StandardCharsets.UTF_8);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigurationException("the credential '" + header(sealed).get("sub") + "' does not open under "
                    + key + ": the file was altered, or the key is another");
        }
    }

    private static Cipher cipher(int mode, MasterKey key, byte[] nonce, String protectedHeader)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(protectedHeader.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }

    private static String[] parts(String sealed) {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new ConfigurationException("a sealed credential has " + parts.length + " parts and not " + PARTS);
        }
        return parts;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
