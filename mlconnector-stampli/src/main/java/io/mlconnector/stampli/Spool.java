package io.mlconnector.stampli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A local copy of a remote file. It has no name on systems that allow that, so that nobody else reads it and none is left
 * behind, whenever the process ends.
 */
final class Spool implements Closeable {

    private static final int CHUNK = 65_536;

    private final FileChannel channel;
    private final String sha256;
    private final long size;

    private Spool(FileChannel channel, String sha256, long size) {
        this.channel = channel;
        this.sha256 = sha256;
        this.size = size;
    }

    /**
     * Copies a stream to its end.
     *
     * @param directory where; null for the system's directory of temporary files
     * @param content what is copied
     * @param most how many bytes are copied at most; the rest is left
     * @throws IOException if the stream breaks
     */
    static Spool of(@Nullable Path directory, InputStream content, long most) throws IOException {
        FileChannel channel = open(directory);
        try {
            MessageDigest digest = digest();
            byte[] chunk = new byte[CHUNK];
            long size = 0;
            while (size < most) {
                int read = content.read(chunk, 0, (int) Math.min(CHUNK, most - size));
                if (read < 0) {
                    break;
                }
                size += read;
                digest.update(chunk, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            return new Spool(channel, HexFormat.of().formatHex(digest.digest()), size);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    static FileChannel open(@Nullable Path directory) throws IOException {
        Path file = directory == null
                ? Files.createTempFile("mlconnector-", ".spool")
                : Files.createTempFile(directory, "mlconnector-", ".spool");
        return FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String sha256() {
        return sha256;
    }

    long size() {
        return size;
    }

    /** Returns a copy that is closed on its own. */
    Spool copy(@Nullable Path directory) throws IOException {
        return of(directory, content(), size);
    }

    /** Returns the content from its first byte on. Closing the stream leaves the copy open. */
    InputStream content() {
        return content(channel);
    }

    static InputStream content(FileChannel channel) {
        return new InputStream() {
            private long at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                int read = channel.read(ByteBuffer.wrap(bytes, offset, length), at);
                at += Math.max(0, read);
                return read;
            }
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
