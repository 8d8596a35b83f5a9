package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeFault;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private void assertNothingShows(List<String> secrets) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> kept = files.filter(Files::isRegularFile).toList();
            assertThat(kept).hasSizeGreaterThan(3);
            for (Path file : kept) {
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(secrets)
                        .allSatisfy(secret -> assertThat(bytes)
                                .as("%s shows the secret that begins with %s", file, secret.substring(0, 8))
                                .doesNotContain(secret));
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
        process.environment().put("IFS_BASE_URL", ifs.baseUrl().toString());
        process.environment().put("IFS_TOKEN_URL", ifs.tokenUrl().toString());
        process.environment().put("IFS_CLIENT_ID", ifs.clientId());
        process.environment().put("IFS_CLIENT_SECRET", secrets.get(0));
        process.environment().put("STRIPE_BASE_URL", stripe.baseUrl().toString());
        process.environment().put("STRIPE_API_KEY", secrets.get(1));
        process.environment().put("STRIPE_WEBHOOK_SECRET", secrets.get(2));
        process.environment()
                .put("MLCONNECTOR_LEDGER", folder.resolve("ledger.db").toString());
        Process started = process.start();
        assertThat(started.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.resolve(command + ".log")).isNotEmptyFile();
        return started.exitValue();
    }
}
