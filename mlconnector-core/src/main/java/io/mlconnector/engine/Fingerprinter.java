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
 * Hashes a record, and its fields where they are asked for, because most records have not changed: the first 64 bits of
 * SHA-256 over a form that is the same in every process, locale and JDK. Numbers are hashed by value, so 1.0 equals 1.00. For
 * one thread.
 */
final class Fingerprinter {

    private static final int DIGEST_BYTES = 32;

    private final MessageDigest digest;
    private final HashForm form = new HashForm();
    private final byte[] out = new byte[DIGEST_BYTES];
    private final ByteBuffer outNumber = ByteBuffer.wrap(out);

    private RecordShape shape = RecordShape.NOTHING;
    private int[] starts = new int[0];
    private int[] ends = new int[0];
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

    /** Returns the hash of the whole record. What was hashed is kept until the next call, for the hashes of its fields. */
    long hash(BusinessRecord record) {
        shape = RecordShape.of(record.getClass());
        int fields = shape.size();
        if (starts.length != fields) {
            starts = new int[fields];
            ends = new int[fields];
        }
        form.clear();
        for (int field = 0; field < fields; field++) {
            form.addWritten(shape.writtenName(field));
            starts[field] = form.length();
            form.add(shape.sorted(field, record));
            ends[field] = form.length();
        }
        whole = first64Bits(0, form.length());
        return whole;
    }

    /** Returns the fingerprint of the record whose hash was asked for last. */
    Fingerprint hashed() {
        var hashes = new long[starts.length];
        for (int field = 0; field < hashes.length; field++) {
            hashes[field] = first64Bits(starts[field], ends[field]);
        }
        return Fingerprint.ofSorted(whole, shape.names(), hashes);
    }

    /** Returns a stable text of 40 hexadecimal digits for a list of parts. */
    String key(Object... parts) {
        form.clear();
        for (Object part : parts) {
            form.add(part);
        }
        first64Bits(0, form.length());
        return HexFormat.of().formatHex(Arrays.copyOf(out, 20));
    }

    /** Returns the hash of a text, for payloads that are no record. */
    long ofText(String text) {
        form.clear();
        form.add(text);
        return first64Bits(0, form.length());
    }

    private long first64Bits(int from, int to) {
        form.give(digest, from, to);
        try {
            digest.digest(out, 0, DIGEST_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has " + DIGEST_BYTES + " bytes", e);
        }
        return outNumber.getLong(0);
    }
}
