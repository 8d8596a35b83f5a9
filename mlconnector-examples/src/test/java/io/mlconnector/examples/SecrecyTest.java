package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Searches everything that a process leaves behind, at the most talkative level of its log, for the secrets it was given. */
class SecrecyTest {

    private static final String SIGNING = "whsec_plantedSigningSecret0123456789";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void noLogReportOrLedgerShowsASecret() throws Exception {
        try (IfsSandbox ifs = IfsSandbox.start();
                StripeSandbox stripe = StripeSandbox.start()) {
            IfsDemoData.seeded(3, Instant.now(), 8, 20).loadInto(ifs);
            stripe.failNext(1, StripeFault.droppedAnswer());
            stripe.failNext(1, StripeFault.serverError());
            List<String> secrets = List.of(ifs.clientSecret(), stripe.apiKey(), SIGNING);

            assertThat(launch(ifs, stripe, secrets, "run")).isZero();
            assertThat(launch(ifs, stripe, secrets, "check")).isZero();
            assertThat(stripe.invoices()).hasSize(20);
            assertNothingShows(secrets);
        }
    }

    @Test
    void noRefusalShowsTheSecretThatWasRefused() throws Exception {
        try (IfsSandbox ifs = IfsSandbox.start();
                StripeSandbox stripe = StripeSandbox.start()) {
            List<String> wrong =
                    List.of("planted-wrong-client-secret", "sk_test_plantedWrongApiKey0123456789", SIGNING);

            assertThat(launch(ifs, stripe, wrong, "run")).isEqualTo(1);
            assertThat(launch(ifs, stripe, wrong, "check")).isEqualTo(1);
            assertNothingShows(wrong);
        }
    }

    @ParameterizedTest
    @MethodSource("integrations")
    void noOtherIntegrationShowsASecretEither(Supplier<DemoSystems> start) throws Exception {
        try (DemoSystems systems = start.get()) {
            Map<String, String> environment = new LinkedHashMap<>(systems.environment());
            environment.put("MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString());
            Path configuration =
                    DemoConfiguration.write(folder.resolve(systems.name() + ".json"), systems.name(), Map.of());
            List<String> secrets = secrets(environment);

            assertThat(launch("run", configuration, environment)).isZero();
            assertThat(secrets).hasSizeGreaterThan(1);
            assertNothingShows(secrets);
        }
    }

    private static Stream<Supplier<DemoSystems>> integrations() {
        return Stream.of(
                () -> new StampliIfsSystems(5, 50),
                () -> new IfsBillSystems(5, 10),
                () -> new CloudSuiteStripeSystems(5, 10),
                () -> new SysproStripeSystems(5, 10));
    }

    /** The values that are named as secrets, and those inside of an .ionapi file. */
    private static List<String> secrets(Map<String, String> environment) throws IOException {
        var secrets = new ArrayList<String>();
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            String name = entry.getKey();
            if (name.endsWith("_IONAPI_FILE")) {
                JsonNode ionapi = new JsonMapper().readTree(new File(entry.getValue()));
                secrets.add(ionapi.get("cs").textValue());
                secrets.add(ionapi.get("sask").textValue());
            } else if (name.matches(".*_(PASSWORD|SECRET|API_KEY|DEV_KEY)")) {
                secrets.add(entry.getValue());
            }
        }
        return secrets;
    }

    private void assertNothingShows(List<String> secrets) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> kept = files.filter(Files::isRegularFile).toList();
            assertThat(kept).hasSizeGreaterThan(3);
            for (Path file : kept) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (int i = 0; i < secrets.size(); i++) {
                    String secret = secrets.get(i);
                    assertThat(bytes)
                            .as("%s shows secret %d", file, i)
                            .doesNotContain(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8));
                }
            }
        }
    }

    private int launch(IfsSandbox ifs, StripeSandbox stripe, List<String> secrets, String command)
            throws IOException, InterruptedException {
        Path configuration = folder.resolve("ifs-stripe.json");
        Files.copy(
                Path.of("src/main/resources/io/mlconnector/examples/ifs-stripe.json"),
                configuration,
                StandardCopyOption.REPLACE_EXISTING);
        String json = Files.readString(configuration)
                .replace(
                        "// \"webhookSecrets\": [\"${env:STRIPE_WEBHOOK_SECRET}\"],",
                        "\"webhookSecrets\": [\"${env:STRIPE_WEBHOOK_SECRET}\"],");
        assertThat(json).contains("\n      \"webhookSecrets\"");
        Files.writeString(configuration, json);
        return launch(
                command,
                configuration,
                Map.of(
                        "IFS_BASE_URL", ifs.baseUrl().toString(),
                        "IFS_TOKEN_URL", ifs.tokenUrl().toString(),
                        "IFS_CLIENT_ID", ifs.clientId(),
                        "IFS_CLIENT_SECRET", secrets.get(0),
                        "STRIPE_BASE_URL", stripe.baseUrl().toString(),
                        "STRIPE_API_KEY", secrets.get(1),
                        "STRIPE_WEBHOOK_SECRET", secrets.get(2),
                        "MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString()));
    }

    private int launch(String command, Path configuration, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.mlconnector.examples.Launcher",
                        command,
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), command + ".log"));
        process.environment().putAll(environment);
        Process started = process.start();
        assertThat(started.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.resolve(command + ".log")).isNotEmptyFile();
        return started.exitValue();
    }
}
