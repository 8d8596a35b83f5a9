package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Fingerprint;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Hashes a record field by field: the first 64 bits of SHA-256 over a form that is the same in every process, locale and
 * JDK. Numbers are hashed by value, so 1.0 equals 1.00. For one thread.
 */
final class Fingerprinter {

    private static final int DIGEST_BYTES = 32;

    private final MessageDigest digest;
    private final HashForm form = new HashForm();
    private final HashMemo memo = new HashMemo();
    private final byte[] out = new byte[DIGEST_BYTES];
    private final ByteBuffer outNumber = ByteBuffer.wrap(out);

    private RecordShape shape = RecordShape.NOTHING;
    private long[] hashes = new long[0];
    private long whole;

    Fingerprinter() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Fingerprint of(BusinessRecord record) {
        hash(record);
        return hashed();
    }

    /** Returns the hash of the whole record, and remembers those of its fields until the next one is hashed. */
    long hash(BusinessRecord record) {
        shape = RecordShape.of(record.getClass());
        int fields = shape.size();
        if (hashes.length != fields) {
            hashes = new long[fields];
        }
        for (int field = 0; field < fields; field++) {
            form.add(shape.sorted(field, record));
            hashes[field] = form.length() <= HashMemo.LONGEST ? remembered() : first64Bits();
        }
        for (int field = 0; field < fields; field++) {
            form.addWritten(shape.writtenName(field));
            form.addNumber(HashForm.WHOLE, hashes[field]);
        }
        whole = first64Bits();
        return whole;
    }

    /** Returns the fingerprint of the record that was hashed last. */
    Fingerprint hashed() {
        return Fingerprint.ofSorted(whole, shape.names(), hashes);
    }

    /** Returns a stable text of 40 hexadecimal digits for a list of parts. */
    String key(Object... parts) {
        for (Object part : parts) {
            form.add(part);
        }
        first64Bits();
        return HexFormat.of().formatHex(Arrays.copyOf(out, 20));
    }

    /** Returns the hash of a text, for payloads that are no record. */
    long ofText(String text) {
        form.add(text);
        return first64Bits();
    }

    private long remembered() {
        int length = form.length();
        byte[] bytes = form.padded();
        int place = HashMemo.place(bytes, length);
        if (memo.knows(place, bytes, length)) {
            form.clear();
            return memo.hash(place);
        }
        long hash = first64Bits();
        memo.remember(place, bytes, length, hash);
        return hash;
    }

    private long first64Bits() {
        form.drainTo(digest);
        try {
            digest.digest(out, 0, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has " + DIGEST_BYTES + " bytes", e);
        }
        return outNumber.getLong(0);
    }
}
