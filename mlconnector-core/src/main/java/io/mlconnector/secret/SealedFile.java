package io.mlconnector.secret;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.spi.ConfigurationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The file on disk: a JSON list of sealed texts, replaced as a whole. */
final class SealedFile {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST = 16 << 20;

    /** One process holds the lock of a file once. */
    private static final Object WRITING = new Object();

    private final Path path;

    SealedFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    List<Sealed> read() {
        try {
            if (Files.notExists(path)) {
                return List.of();
            }
            if (Files.size(path) > LARGEST) {
                throw new ConfigurationException(
                        path + " is larger than " + LARGEST + " bytes, so it is no file of ours");
            }
            List<String> sealed = JSON.readValue(Files.readAllBytes(path), new TypeReference<List<String>>() {});
            return sealed.stream().map(Sealed::parse).toList();
        } catch (IOException e) {
            throw new ConfigurationException("cannot read the credentials in " + path + ": " + e.getMessage());
        }
    }

    /** Changes the file, alone among threads and processes. It is as it was if the change throws. */
    void change(UnaryOperator<List<Sealed>> change) {
        synchronized (WRITING) {
            changeAlone(change);
        }
    }

    private void changeAlone(UnaryOperator<List<Sealed>> change) {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(
                        lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly());
                FileLock lock = channel.lock()) {
            List<Sealed> before = read();
            List<Sealed> after = change.apply(before);
            if (lock.isValid() && !after.equals(before)) {
                replace(after);
            }
        } catch (IOException e) {
            throw new ConfigurationException("cannot write the credentials to " + path + ": " + e);
        }
    }

    private void replace(List<Sealed> sealed) throws IOException {
        byte[] bytes = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(sealed.stream().map(Sealed::jwe).toList());
        Path next = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp", ownerOnly());
        try {
            try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                out.force(true);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
