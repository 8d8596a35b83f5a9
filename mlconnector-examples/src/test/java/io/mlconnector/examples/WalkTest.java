package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A newcomer follows docs/getting-started.md: every command of it is run in order, in a shell, as it stands there. Only the addresses
 * that it exports are those of sandboxes, and what the commands build is what runs this test.
 */
class WalkTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String BUILD = "./mvnw -q package -DskipTests";
    private static final int TERMINATED = 128 + 15; // as a shell tells it of SIGTERM
    private static final String DEMO = "./mvnw -q -Pdemo";

    private final IfsSandbox ifs = IfsSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> answers = Map.of(
            "mlconnector secret set books.json ifs-prod/clientSecret", ifs.clientSecret(),
            "mlconnector secret set books.json stripe-prod/apiKey", stripe.apiKey());
    private final Map<String, String> printed = new LinkedHashMap<>();

    @TempDir
    private Path folder = Path.of("");

    @Test
    @Timeout(180)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the page is written for a POSIX shell")
    void everyCommandOfGettingStartedWorksInItsOrder() throws Exception {
        try (ifs;
                stripe) {
            IfsDemoData.seeded(1, Instant.now(), 3, 5).loadInto(ifs);
            Files.createSymbolicLink(folder.resolve("mlconnector-examples"), PROJECT.resolve("mlconnector-examples"));
            Map<String, String> addresses = Map.of(
                    "IFS_BASE_URL", ifs.baseUrl().toString(),
                    "IFS_TOKEN_URL", ifs.tokenUrl().toString(),
                    "IFS_CLIENT_ID", ifs.clientId());
            environment.put("STRIPE_BASE_URL", stripe.baseUrl().toString());

            List<String> commands = commands();
            for (String command : commands) {
                if (command.startsWith("export ")) {
                    String name = command.substring("export ".length(), command.indexOf('='));
                    assertThat(addresses).containsKey(name);
                    environment.put(name, addresses.get(name));
                } else if (command.startsWith("alias ")) {
                    assertThat(command).endsWith("io.mlconnector.examples.Launcher'");
                } else if (!command.equals(BUILD) && !command.equals(DEMO)) {
                    walk(command);
                }
            }

            assertThat(commands).startsWith(DEMO, BUILD);
            assertThat(printed.get("mlconnector plan books.json customers")).contains("3 read, 3 to write");
            assertThat(printed.get("mlconnector run books.json")).contains("customers", "invoices");
            assertThat(new JsonMapper()
                            .readTree(folder.resolve("mlconnector.schema.json").toFile()))
                    .isNotEmpty();
            assertThat(folder.resolve("reconciliation.html")).content().contains("<html");
            assertThat(stripe.customers()).hasSize(3);
            assertThat(stripe.invoices()).hasSize(5);
        }
    }

    private void walk(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", "set -euo pipefail\n" + alias() + "\n" + command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            try (BufferedWriter typed = process.outputWriter(StandardCharsets.UTF_8)) {
                typed.write(answers.getOrDefault(command, ""));
            }
            boolean endless = command.startsWith("mlconnector watch ");
            var lines = new ArrayList<String>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (endless && line.contains("invoices")) {
                    process.toHandle().destroy(); // destroy() of the process would close its output
                }
            }
            printed.put(command, String.join("\n", lines));
            assertThat(process.waitFor())
                    .as("%s%n%s", command, printed.get(command))
                    .isEqualTo(endless ? TERMINATED : 0);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The alias of the page is a function here, because a shell that reads no terminal has no aliases. */
    private static String alias() {
        String classes = System.getProperty("java.class.path")
                + File.pathSeparator
                + System.getProperty("surefire.test.class.path", "");
        return "mlconnector() { exec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp '" + classes
                + "' io.mlconnector.examples.Launcher \"$@\"; }";
    }

    /** The lines of the fenced blocks. */
    private static List<String> commands() throws IOException {
        var commands = new ArrayList<String>();
        boolean inside = false;
        for (String line : Files.readAllLines(PROJECT.resolve("docs/getting-started.md"))) {
            if (line.startsWith("```")) {
                inside = !inside;
            } else if (inside && !line.isBlank()) {
                commands.add(line);
            }
        }
        return commands;
    }
}
