package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlconnector.model.Bill;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same against the server that most sites run, where it is installed and tests run as root. */
class OpenSshTest {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Path KEYGEN = Path.of("/usr/bin/ssh-keygen");

    @TempDir
    private Path directory = Path.of("");

    private final List<Process> servers = new ArrayList<>();
    private int port;
    private String hostKey = "";

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Files.isExecutable(SSHD) && Files.isExecutable(KEYGEN), "OpenSSH is not installed");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may start it");
        Files.createDirectories(Path.of("/run/sshd"));
        keygen("host", "");
        keygen("user", "pass phrase");
        hostKey = output("ssh-keygen", "-lf", directory.resolve("host.pub").toString()).split(" ", -1)[1];
        Files.copy(directory.resolve("user.pub"), directory.resolve("authorized"));
        Files.createDirectories(directory.resolve("out/archive"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(
                directory.resolve("sshd_config"),
                String.join(
                        "\n",
                        "Port " + port,
                        "ListenAddress 127.0.0.1",
                        "HostKey " + directory.resolve("host"),
                        "PidFile " + directory.resolve("pid"),
                        "UsePAM no",
                        "PasswordAuthentication no",
                        "PermitRootLogin prohibit-password",
                        "StrictModes no",
                        "AuthorizedKeysFile " + directory.resolve("authorized"),
                        "Subsystem sftp internal-sftp",
                        ""));
        servers.add(new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", config.toString())
                .redirectErrorStream(true)
                .start());
        String line = servers.get(0).inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).contains("Server listening");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process server : servers) {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void readsAndPutsAwayFiles() throws IOException {
        Files.writeString(directory.resolve("out").resolve(Invoices.name(1)), Invoices.file(1, 2));
        Files.writeString(directory.resolve("out/archive/taken"), "");

        assertThat(connection().<Bill>pass("bills").ids()).hasSize(2);

        assertThat(directory.resolve("out").resolve(Invoices.name(1))).doesNotExist();
    }

    @Test
    void claimsByARenameThatOnlyOneCanDo() throws IOException {
        Files.writeString(directory.resolve("out").resolve(Invoices.name(1)), Invoices.file(1));
        Source<Bill> first = connection().with("claim", "rename").with("node", "a").source("bills");
        Source<Bill> second = connection().with("claim", "rename").with("node", "b").source("bills");

        assertThat(first.poll(Position.START).changes()).hasSize(1);
        assertThat(second.poll(Position.START).changes()).isEmpty();
    }

    @Test
    void refusesAnotherHostKey() {
        TestConnection wrong = connection().with("hostKeys", List.of("SHA256:" + "A".repeat(43)));

        assertThatThrownBy(() -> wrong.open().source("bills", SourceContext.EMPTY).poll(Position.START))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining(hostKey + " (ssh-ed25519)");
    }

    private TestConnection connection() {
        return TestConnection.to(port, "root", hostKey)
                .with("privateKeyFile", directory.resolve("user").toString())
                .with("passphrase", "pass phrase")
                .with("archive", "archive")
                .entity("bills", Map.of("directory", directory.resolve("out").toString()));
    }

    private void keygen(String name, String passphrase) throws Exception {
        output("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", directory.resolve(name).toString());
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
