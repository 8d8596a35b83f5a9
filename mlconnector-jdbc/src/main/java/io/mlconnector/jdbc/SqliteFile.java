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

    /** Creates the file if it is missing, and returns its one path, which all processes agree on. */
    static Path prepare(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (absolute.toString().indexOf('?') >= 0) {
            throw fault(absolute, "the driver takes what follows a '?' for settings", null);
        }
        if (Files.isDirectory(absolute)) {
            throw fault(absolute, "it is a directory", null);
        }
        try {
            createForOwner(absolute);
            return absolute.toRealPath();
        } catch (IOException e) {
            throw fault(absolute, e.toString(), e);
        }
    }

    /**
     * To be called once SQLite has failed to open the file, and not before: to read a database of this process and close it
     * would give up the locks that SQLite has on it.
     */
    static void refuseOtherContent(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(MAGIC.length);
            if (start.length > 0 && !Arrays.equals(start, MAGIC)) {
                throw fault(file, "it is not an SQLite file", null);
            }
        } catch (IOException e) {
            throw fault(file, e.toString(), e);
        }
    }

    /** Creates a file with its directories, unless it is there. */
    static void createForOwner(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
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
