package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AuthKeyboardInteractive;
import net.schmizz.sshj.userauth.method.AuthMethod;
import net.schmizz.sshj.userauth.method.AuthPassword;
import net.schmizz.sshj.userauth.method.AuthPublickey;
import net.schmizz.sshj.userauth.method.PasswordResponseProvider;
import net.schmizz.sshj.userauth.password.PasswordFinder;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions to the SFTP server. Safe for threads. */
final class SftpClient {

    static final Logger LOG = LoggerFactory.getLogger(SftpClient.class);

    private final String connection;
    private final StampliSettings settings;
    private final AtomicReference<Credentials> credentials;
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    SftpClient(String connection, StampliSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.credentials = new AtomicReference<>(
                new Credentials(settings.password(), settings.privateKey(), settings.passphrase()));
    }

    String connection() {
        return connection;
    }

    void replace(UnaryOperator<Credentials> change) {
        credentials.updateAndGet(change);
    }

    ConnectionStats stats() {
        return new ConnectionStats(sessions.get(), 0, 0, Duration.ZERO, 0, bytes.get());
    }

    /** Counts bytes of files that were read. */
    void received(long count) {
        bytes.addAndGet(count);
    }

    /**
     * Opens a session: one try, because servers lock accounts.
     *
     * @throws AuthenticationException if the key of the server is not the pinned one, or the account is refused
     * @throws UnavailableException if the server does not answer
     */
    SftpSession open() {
        sessions.incrementAndGet();
        HostKeys hostKeys = new HostKeys(settings.hostKeys(), settings.knownHosts());
        DefaultConfig config = new DefaultConfig();
        config.setKeepAliveProvider(KeepAliveProvider.KEEP_ALIVE);
        SSHClient client = new SSHClient(config);
        try {
            client.addHostKeyVerifier(hostKeys);
            client.setConnectTimeout(millis(settings.connectTimeout()));
            client.setTimeout(millis(settings.readTimeout()));
            // the thread that asks is started while connecting, and only if it has an interval by then
            client.getConnection().getKeepAlive().setKeepAliveInterval((int)
                    Math.max(1, settings.keepAlive().toSeconds()));
            client.connect(settings.host(), settings.port());
            client.auth(settings.user(), methods(client));
            return SftpSession.on(client, settings, this);
        } catch (IOException e) {
            RuntimeException fault = fault(e, hostKeys);
            close(client, fault);
            throw fault;
        } catch (RuntimeException e) {
            close(client, e);
            throw e;
        }
    }

    private static void close(SSHClient client, RuntimeException fault) {
        try {
            client.close();
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
    }

    private List<AuthMethod> methods(SSHClient client) throws IOException {
        Credentials current = requireNonNull(credentials.get());
        var methods = new ArrayList<AuthMethod>();
        Secret key = current.privateKey();
        if (key != null) {
            methods.add(new AuthPublickey(client.loadKeys(key.reveal(), null, finder(current.passphrase()))));
        }
        Secret password = current.password();
        if (password != null) {
            methods.add(new AuthPassword(finder(password)));
            methods.add(new AuthKeyboardInteractive(new PasswordResponseProvider(finder(password))));
        }
        return methods;
    }

    private static @Nullable PasswordFinder finder(@Nullable Secret secret) {
        return secret == null
                ? null
                : PasswordUtils.createOneOff(secret.reveal().toCharArray());
    }

    private RuntimeException fault(IOException cause, HostKeys hostKeys) {
        String server = settings.host() + ":" + settings.port();
        Details details = Details.of(connection, "connect to " + server);
        String refused = hostKeys.refused();
        if (refused != null) {
            return new AuthenticationException(
                    connection + ": " + server + " shows the host key " + refused
                            + ", which is none of the pinned ones: "
                            + hostKeys.pinned() + ". Nothing was sent. If the owner of the server has announced a new"
                            + " key, add it to hostKeys",
                    details,
                    cause);
        }
        if (cause instanceof UserAuthException) {
            return new AuthenticationException(
                    connection + ": " + server + " refuses the account '" + settings.user() + "': "
                            + cause.getMessage(),
                    details,
                    cause);
        }
        return new UnavailableException(
                connection + ": " + server + " cannot be reached: " + SftpSession.reason(cause), details, cause);
    }

    private static int millis(Duration duration) {
        return (int) duration.toMillis();
    }

    @Override
    public String toString() {
        return "SFTP " + settings.user() + "@" + settings.host() + ":" + settings.port();
    }
}
