package io.mlconnector.testkit.stampli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;

/**
 * An SFTP server in this process, on a loopback port, with a temporary directory as its root and Stampli's directories in it.
 * Times of files are set by the sandbox, a second apart, so that no test depends on the machine's clock. Safe for threads.
 */
public final class StampliSandbox implements AutoCloseable {

    private static final Instant FIRST = Instant.parse("2026-03-05T14:00:00Z");
    private static final List<String> DIRECTORIES = List.of(
            "/outbound/invoices", "/outbound/vendors", "/outbound/purchase_orders", "/outbound/payments", "/inbound");

    private final Path root;
    private final SshServer server;
    private final Faults faults = new Faults();
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicLong seconds = new AtomicLong(FIRST.getEpochSecond());
    private volatile String password = "sandbox-secret";
    private volatile KeyPair hostKey;

    private StampliSandbox() {
        try {
            root = Files.createTempDirectory("stampli-sandbox-");
            for (String directory : DIRECTORIES) {
                Files.createDirectories(local(directory));
            }
            hostKey = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
            server = SshServer.setUpDefaultServer();
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
            server.setPasswordAuthenticator((user, given, session) -> user.equals(user()) && given.equals(password));
            server.setPublickeyAuthenticator(
                    (user, key, session) -> user.equals(user()) && keys.contains(fingerprint(key)));
            server.setFileSystemFactory(new VirtualFileSystemFactory(root));
            SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder()
                    .withFileSystemAccessor(faults)
                    .build();
            sftp.addSftpEventListener(faults);
            server.setSubsystemFactories(List.of(sftp));
            server.addSessionListener(new SessionListener() {
                @Override
                public void sessionEvent(Session session, Event event) {
                    if (event == Event.Authenticated) {
                        logins.incrementAndGet();
                    }
                }
            });
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox does not start", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has elliptic curves", e);
        }
    }

    /**
     * Starts a sandbox with empty directories.
     *
     * @return a running sandbox
     * @throws UncheckedIOException if no port can be opened
     */
    public static StampliSandbox start() {
        return new StampliSandbox();
    }

    /**
     * Returns the address of the server.
     *
     * @return the loopback address
     */
    public String host() {
        return "127.0.0.1";
    }

    /**
     * Returns the port of the server.
     *
     * @return the port
     */
    public int port() {
        return server.getPort();
    }

    /**
     * Returns the only account.
     *
     * @return its name
     */
    public String user() {
        return "mlconnector";
    }

    /**
     * Returns the password of the account.
     *
     * @return the password
     */
    public String password() {
        return password;
    }

    /**
     * Changes the password of the account.
     *
     * @param next the new one
     */
    public void password(String next) {
        password = requireNonNull(next, "next");
    }

    /**
     * Lets the account in with a key.
     *
     * @param key the public key
     */
    public void authorize(PublicKey key) {
        keys.add(fingerprint(key));
    }

    /**
     * Returns the fingerprint of the server's key.
     *
     * @return {@code SHA256:} and 43 letters
     */
    public String hostKey() {
        return fingerprint(hostKey.getPublic());
    }

    /**
     * Returns the server's public key, as for a {@code known_hosts} file.
     *
     * @return the key
     */
    public PublicKey hostPublicKey() {
        return hostKey.getPublic();
    }

    /** Gives the server another key. */
    public void changeHostKey() {
        try {
            hostKey = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has elliptic curves", e);
        }
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    }

    /**
     * Puts a whole file.
     *
     * @param path such as {@code /outbound/invoices/x.csv}
     * @param text its content, in UTF-8
     */
    public void put(String path, String text) {
        put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Puts a whole file, a second after the one before.
     *
     * @param path such as {@code /outbound/invoices/x.csv}
     * @param content its content
     */
    public void put(String path, byte[] content) {
        Path file = local(path);
        try {
            Files.createDirectories(requireNonNull(file.getParent()));
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stamp(file);
    }

    /**
     * Begins a file that grows under its own name.
     *
     * @param path of the file
     * @return the upload
     */
    public StampliUpload begin(String path) {
        return new StampliUpload(this, path, path);
    }

    /**
     * Begins a file that grows under a temporary name and is renamed in the end.
     *
     * @param path of the file
     * @param suffix of the temporary name, such as {@code .part}
     * @return the upload
     */
    public StampliUpload begin(String path, String suffix) {
        return new StampliUpload(this, path + suffix, path);
    }

    /**
     * Puts a symbolic link.
     *
     * @param path of the link
     * @param target where it leads, as written into it
     */
    public void link(String path, String target) {
        try {
            Files.createSymbolicLink(local(path), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Removes a file.
     *
     * @param path of the file
     */
    public void remove(String path) {
        try {
            Files.delete(local(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns what lies below a directory, directories left out.
     *
     * @param directory such as {@code /outbound}
     * @return paths, sorted
     */
    public List<String> files(String directory) {
        Path start = local(directory);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> "/" + root.relativize(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the content of a file.
     *
     * @param path of the file
     * @return its text, from UTF-8
     */
    public String text(String path) {
        try {
            return Files.readString(local(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Loses the connection while a file is read.
     *
     * @param times how often
     * @param offset how many bytes come through at most before
     */
    public void dropConnections(int times, long offset) {
        faults.drop(times, offset);
    }

    /**
     * Says whether the account may only read.
     *
     * @param only true if every change is refused
     */
    public void readOnly(boolean only) {
        faults.readOnly(only);
    }

    /**
     * Returns how often somebody logged in.
     *
     * @return the number of logins
     */
    public int logins() {
        return logins.get();
    }

    /**
     * Returns how often a file was opened.
     *
     * @return the number of times
     */
    public int opened() {
        return faults.opened();
    }

    /**
     * Returns where a path lies on this machine.
     *
     * @param path such as {@code /outbound}
     * @return the local path
     */
    public Path local(String path) {
        return root.resolve(path.substring(1));
    }

    void stamp(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(seconds.incrementAndGet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    }

    /** Stops the server and removes its files. May be called again. */
    @Override
    public void close() {
        try {
            server.stop(true);
            if (!Files.exists(root)) {
                return;
            }
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException fault)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox does not stop", e);
        }
    }
}
