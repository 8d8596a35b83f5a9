package io.mlconnector.stampli;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.sftp.FileAttributes;
import net.schmizz.sshj.sftp.FileMode;
import net.schmizz.sshj.sftp.OpenMode;
import net.schmizz.sshj.sftp.RemoteResourceInfo;
import net.schmizz.sshj.sftp.RenameFlags;
import net.schmizz.sshj.sftp.Response.StatusCode;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.sftp.SFTPException;

/** A session with the SFTP server. For one thread; closing it ends its threads. */
final class SftpSession implements AutoCloseable {

    private final SSHClient ssh;
    private final SFTPClient sftp;
    private final StampliSettings settings;
    private final SftpClient client;

    private SftpSession(SSHClient ssh, SFTPClient sftp, StampliSettings settings, SftpClient client) {
        this.ssh = ssh;
        this.sftp = sftp;
        this.settings = settings;
        this.client = client;
    }

    static SftpSession on(SSHClient ssh, StampliSettings settings, SftpClient client) throws IOException {
        SFTPClient sftp = ssh.newSFTPClient();
        sftp.getSFTPEngine().setTimeoutMs((int) settings.readTimeout().toMillis());
        return new SftpSession(ssh, sftp, settings, client);
    }

    /**
     * Lists a directory.
     *
     * @throws UnavailableException if it cannot be read
     */
    List<RemoteFile> list(String directory) {
        try {
            var files = new ArrayList<RemoteFile>();
            for (RemoteResourceInfo found : sftp.ls(directory)) {
                files.add(file(directory, found.getName(), found.getAttributes()));
            }
            return files;
        } catch (IOException e) {
            throw unavailable("list " + directory, e);
        }
    }

    /** Lists a directory that may be missing. */
    List<RemoteFile> listIfThere(String directory) {
        return isThere(directory) ? list(directory) : List.of();
    }

    private boolean isThere(String path) {
        try {
            return sftp.statExistence(path) != null;
        } catch (IOException e) {
            throw unavailable("look at " + path, e);
        }
    }

    /** Returns a file, not following a link; empty if it is not there. */
    Optional<RemoteFile> find(String directory, String name) {
        String path = directory + "/" + name;
        try {
            return Optional.of(file(directory, name, sftp.lstat(path)));
        } catch (SFTPException e) {
            if (e.getStatusCode() == StatusCode.NO_SUCH_FILE || e.getStatusCode() == StatusCode.NO_SUCH_PATH) {
                return Optional.empty();
            }
            throw unavailable("look at " + path, e);
        } catch (IOException e) {
            throw unavailable("look at " + path, e);
        }
    }

    /** Returns what a link leads to. */
    RemoteFile followed(RemoteFile link) {
        try {
            return file(link.directory(), link.name(), sftp.stat(link.path()));
        } catch (IOException e) {
            throw unavailable("look at " + link.path(), e);
        }
    }

    /**
     * Copies a file to a spool.
     *
     * @throws UnavailableException if the connection is lost on the way
     */
    Spool fetch(RemoteFile file) {
        try {
            net.schmizz.sshj.sftp.RemoteFile remote = sftp.open(file.path(), EnumSet.of(OpenMode.READ));
            Closeable open = closing(remote);
            try (open;
                    InputStream content =
                            counted(remote.new ReadAheadRemoteFileInputStream(settings.readAhead(), 0, file.size()))) {
                return Spool.of(settings.spoolDirectory(), content, file.size());
            }
        } catch (IOException e) {
            throw unavailable("read " + file.path(), e);
        } catch (SSHRuntimeException e) {
            throw unavailable(
                    "read " + file.path(), new IOException(e)); // a lost connection, where sshj does not say so
        }
    }

    /**
     * Closes what sshj has open. Of a lost connection it throws one and the same exception at each call, which could not be
     * added to itself; what comes out of here is another each time.
     */
    static Closeable closing(Closeable remote) {
        return () -> {
            try {
                remote.close();
            } catch (IOException | SSHRuntimeException e) {
                throw new IOException("cannot be closed", e);
            }
        };
    }

    private InputStream counted(InputStream content) {
        return new FilterInputStream(content) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                client.received(Math.max(0, read));
                return read;
            }
        };
    }

    /** Reads a small file. */
    String text(RemoteFile file) {
        try (Spool spool = fetch(file);
                InputStream content = spool.content()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unavailable("read " + file.path(), e);
        }
    }

    /** Renames a file; the server refuses it where the new name is taken. */
    void rename(String from, String to) throws IOException {
        sftp.rename(from, to);
    }

    void makeDirectories(String directory) throws IOException {
        sftp.mkdirs(directory);
    }

    /** Writes a file under another name first, so that nobody reads the half of it. */
    void write(String directory, String name, InputStream content) throws IOException {
        String working = directory + "/." + name + ".part";
        net.schmizz.sshj.sftp.RemoteFile remote =
                sftp.open(working, EnumSet.of(OpenMode.WRITE, OpenMode.CREAT, OpenMode.TRUNC));
        OutputStream out = remote.new RemoteFileOutputStream(0, settings.readAhead());
        Closeable open = closing(remote);
        Closeable written = closing(out);
        try (open;
                written) {
            content.transferTo(out);
        }
        sftp.rename(working, directory + "/" + name, EnumSet.of(RenameFlags.OVERWRITE));
    }

    private static RemoteFile file(String directory, String name, FileAttributes attributes) {
        return new RemoteFile(
                directory,
                name,
                attributes.getSize(),
                attributes.getMtime(),
                kind(attributes.getMode().getType()));
    }

    private static RemoteFile.Kind kind(FileMode.Type type) {
        return switch (type) {
            case REGULAR -> RemoteFile.Kind.FILE;
            case DIRECTORY -> RemoteFile.Kind.DIRECTORY;
            case SYMLINK -> RemoteFile.Kind.LINK;
            default -> RemoteFile.Kind.OTHER;
        };
    }

    /** Returns whether the account may not do what was tried. */
    static boolean denied(IOException cause) {
        return cause instanceof SFTPException refusal
                && (refusal.getStatusCode() == StatusCode.PERMISSION_DENIED
                        || refusal.getStatusCode() == StatusCode.WRITE_PROTECT
                        || refusal.getStatusCode() == StatusCode.OP_UNSUPPORTED);
    }

    private RuntimeException unavailable(String operation, IOException cause) {
        Details details = Details.of(client.connection(), operation);
        String message = client.connection() + ": cannot " + operation + ": " + reason(cause);
        return denied(cause)
                ? new AuthenticationException(message, details, cause)
                : new UnavailableException(message, details, cause);
    }

    static String reason(IOException cause) {
        String code = cause instanceof SFTPException refusal ? refusal.getStatusCode() + " " : "";
        return code + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    @Override
    public void close() {
        try (ssh) {
            sftp.close();
        } catch (IOException e) {
            // the work of the session is done, and its socket is closed all the same
            SftpClient.LOG.debug("closing a session: {}", reason(e));
        }
    }
}
