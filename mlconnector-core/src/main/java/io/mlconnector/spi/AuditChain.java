package io.mlconnector.spi;

import io.mlconnector.model.RecordKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hash chain of an {@link AuditLog}: SHA-256 over the predecessor's hash and every part of an entry. */
public final class AuditChain {

    /** The hash before the first entry. */
    public static final String START = "0".repeat(64);

    private AuditChain() {}

    /**
     * Returns the hash of an entry.
     *
     * @param previous the hash of its predecessor, or {@link #START}
     * @param sequence the entry's place in the log, from 1
     * @param entry the entry
     * @return 64 hexadecimal digits
     */
    public static String hash(String previous, long sequence, AuditEntry entry) {
        MessageDigest digest = sha256();
        add(digest, previous);
        add(digest, Long.toString(sequence));
        add(digest, entry.flow());
        add(digest, entry.run());
        add(digest, entry.source());
        add(digest, entry.sourceVersion());
        add(digest, entry.target());
        add(digest, entry.action() == null ? null : entry.action().name());
        for (Map.Entry<String, String> change : entry.changes().entrySet()) {
            add(digest, change.getKey());
            add(digest, change.getValue());
        }
        add(digest, entry.mapping());
        add(digest, Integer.toString(entry.attempts()));
        add(digest, entry.outcome().name());
        add(digest, entry.detail());
        add(digest, entry.requestId());
        add(digest, Long.toString(entry.at().toEpochMilli()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, @Nullable RecordKey key) {
        add(digest, key == null ? null : key.connection());
        add(digest, key == null ? null : key.entity());
        add(digest, key == null ? null : key.id());
    }

    /** Adds the length first, so that no two lists of parts give the same bytes. */
    private static void add(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
