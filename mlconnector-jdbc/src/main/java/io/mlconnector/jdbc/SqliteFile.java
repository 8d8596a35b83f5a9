package io.mlconnector.jdbc;

import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.MlConnectorException.Details;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The file of a ledger, before SQLite opens it: SQLite's own messages do not say what is wrong with it. */
final class SqliteFile {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private SqliteFile() {}

    static void prepare(Path file) {
        if (file.toString().indexOf('?') >= 0) {
            throw fault(file, "the driver takes what follows a '?' for settings", null);
        }
        if (Files.isDirectory(file)) {
            throw fault(file, "it is a directory", null);
        }
        try {
            if (Files.exists(file)) {
                refuseOtherContent(file);
            } else {
                create(file);
            }
        } catch (IOException e) {
            throw fault(file, e.toString(), e);
        }
    }

    private static void refuseOtherContent(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(MAGIC.length);
            if (start.length > 0 && !Arrays.equals(start, MAGIC)) {
                throw fault(file, "it is not an SQLite file", null);
            }
        }
    }

    private static void create(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                // SQLite gives its two other files the permissions of this one.
                var ownerOnly = PosixFilePermissions.fromString("rw-------");
                Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException e) {
            // Another process was faster, and it means the same file.
        }
    }

    private static LedgerException fault(Path file, String reason, @Nullable Throwable cause) {
        return new LedgerException("cannot keep a ledger in " + file + ": " + reason, Details.NONE, cause);
    }
}
