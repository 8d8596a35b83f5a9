package io.mlconnector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void checksAndRunsAConfigurationFile() throws IOException {
        try (IfsSandbox ifs = IfsSandbox.start();
                StripeSandbox stripe = StripeSandbox.start()) {
            IfsDemoData.seeded(1, Instant.now(), 3, 5).loadInto(ifs);
            Path file = configuration(ifs, stripe, ifs.clientSecret());

            assertThat(launch("check", file.toString())).isZero();
            assertThat(output()).contains("ifs-prod", "stripe-prod").doesNotContain("FAILED");
            assertThat(stripe.invoices()).isEmpty();
            assertThat(launch("run", file.toString())).isZero();
            assertThat(stripe.invoices()).hasSize(5);
        }
    }

    @Test
    void saysSoAndFailsWhenCredentialsAreWrong() throws IOException {
        try (IfsSandbox ifs = IfsSandbox.start();
                StripeSandbox stripe = StripeSandbox.start()) {
            Path file = configuration(ifs, stripe, "wrong-s3cret");

            assertThat(launch("check", file.toString())).isEqualTo(1);
            assertThat(output()).contains("FAILED").doesNotContain("s3cret");
            assertThat(launch("run", file.toString())).isEqualTo(1);
            assertThat(output()).contains("customers stopped: AuthenticationException");
        }
    }

    @Test
    void namesAllFaultsOfAConfigurationAndExitsWith2() throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.json"), "{\"connections\":{\"a\":{\"type\":\"ifs\"}},\"flow\":{}}");

        assertThat(launch("run", file.toString())).isEqualTo(2);
        assertThat(output())
                .contains("flows is empty or missing")
                .contains("flow is not a setting")
                .contains("connections.a.baseUrl is missing")
                .contains("connections.a.clientSecret is missing");
    }

    @Test
    void saysWhatIsWrongWithAnyOtherCall() {
        assertThat(launch("chek")).isEqualTo(2);
        assertThat(launch("demo", "sap-paypal")).isEqualTo(2);
        assertThat(output())
                .contains("did you mean")
                .contains("there is no integration 'sap-paypal'; known: cloudsuite-stripe");
    }

    private Path configuration(IfsSandbox ifs, StripeSandbox stripe, String secret) throws IOException {
        String json = Files.readString(Path.of("src/main/resources/io/mlconnector/examples/ifs-stripe.json"))
                .replace(
                        "${env:MLCONNECTOR_LEDGER:-mlconnector.db}",
                        folder.resolve("ledger.db").toString())
                .replace("${env:IFS_BASE_URL}", ifs.baseUrl().toString())
                .replace("${env:IFS_TOKEN_URL}", ifs.tokenUrl().toString())
                .replace("${env:IFS_CLIENT_ID}", ifs.clientId())
                .replace("${env:IFS_CLIENT_SECRET}", secret)
                .replace("${env:STRIPE_API_KEY}", stripe.apiKey())
                .replace(
                        "${env:STRIPE_BASE_URL:-https://api.stripe.com}",
                        stripe.baseUrl().toString());
        return Files.writeString(folder.resolve("ifs-stripe.json"), json);
    }

    private int launch(String... arguments) {
        return new Launcher(InputStream.nullInputStream(), new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
