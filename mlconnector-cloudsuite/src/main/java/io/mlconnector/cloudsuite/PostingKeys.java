package io.mlconnector.cloudsuite;

import io.mlconnector.spi.IdempotencyKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/** The texts by which a posting is found again, within the lengths that M3 allows. */
final class PostingKeys {

    /** IRNO has 40 characters. */
    static final int LONGEST_REFERENCE = 40;

    private static final int BATCH = 10;
    private static final int INVOICE_NUMBER = 15;

    private PostingKeys() {}

    /** The record's own id, which a person can look for, or a hash of it where that is too long. */
    static String reference(String id) {
        return id.length() <= LONGEST_REFERENCE ? id : "mlc-" + hash(id, 30);
    }

    /** The number of a batch, PBID: the same for every try of one write. */
    static String batch(IdempotencyKey key) {
        return hash(key.value(), BATCH);
    }

    /** The number under which a payment without an invoice stands. */
    static String onAccount(String number) {
        return number.length() <= INVOICE_NUMBER ? number : hash(number, INVOICE_NUMBER);
    }

    private static String hash(String text, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            String letters = new BigInteger(1, digest).toString(36).toUpperCase(Locale.ROOT);
            return letters.substring(0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
