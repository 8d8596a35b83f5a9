package io.mlconnector.examples;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mlconnector.config.Integration;
import io.mlconnector.engine.FlowReport;
import io.mlconnector.engine.SyncListener;
import io.mlconnector.engine.Tally;
import io.mlconnector.secret.CredentialFile;
import io.mlconnector.secret.CredentialVersion;
import io.mlconnector.secret.MasterKey;
import io.mlconnector.secret.MasterKeys;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import io.mlconnector.testkit.ifs.IfsDemoData;
import io.mlconnector.testkit.ifs.IfsSandbox;
import io.mlconnector.testkit.stripe.StripeSandbox;
import io.mlconnector.testkit.stripe.StripeWebhooks;
import io.mlconnector.testkit.stripe.StripeWebhooks.Delivery;
import io.mlconnector.webhook.WebhookHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that are renewed while they are in use. */
class RotationTest {

    /** 20,000 were tried with {@code -Drotation.records=20000}. */
    private static final int RECORDS = Integer.getInteger("rotation.records", 2_000);

    private static final String API_KEY = "stripe-prod/apiKey";
    private static final String SIGNING = "stripe-prod/webhooks";

    private final IfsSandbox ifs = IfsSandbox.start();
    private final StripeSandbox stripe = StripeSandbox.start();
    private final HttpServer web = server();
    private final StripeWebhooks webhooks = stripe.webhooks(
            URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/stripe"), "customer.created");

    @TempDir
    private Path folder = Path.of("");

    private Path keyFile() {
        return folder.resolve("master.key");
    }

    private Path credentialFile() {
        return folder.resolve("credentials.json");
    }

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("no port is free", e);
        }
    }

    @AfterEach
    void stop() {
        web.stop(0);
        stripe.close();
        ifs.close();
    }

    @Test
    void apiKeySigningSecretAndMasterKeyChangeInTheMiddleOfARunAndNoCallFails() throws IOException {
        IfsDemoData.seeded(5, Instant.now().minusSeconds(3_600), RECORDS, 0).loadInto(ifs);
        MasterKey firstKey = MasterKey.generate();
        Files.writeString(keyFile(), firstKey.toBase64());
        CredentialFile credentials = open();
        credentials.keep(API_KEY, Secret.of(stripe.apiKey()));
        credentials.keep(SIGNING, Secret.of(webhooks.secret()));
        credentials.keep("ifs-prod/clientSecret", Secret.of(ifs.clientSecret()));
        var deliveries = new ArrayList<Delivery>();
        var rotating = new Rotating(deliveries);

        try (Integration integration = Integration.builder()
                .environment(environment()::get)
                .addListener(rotating)
                .addRotation(SIGNING, Duration.ofDays(90), Duration.ofHours(1), old -> old)
                .parse(configuration())) {
            rotating.integration = integration;
            web.createContext("/stripe", new WebhookHandler(integration.engine().webhooks("stripe-prod")));
            FlowReport report = integration.engine().run("customers");

            assertThat(report.completed()).isTrue();
            assertThat(report.count(Tally.CREATED)).isEqualTo(RECORDS);
            assertThat(report.balanced()).isTrue();
            assertThat(rotating.done).containsExactly("keys", "old ended");
        }
        assertThat(stripe.customersByMetadata("mlc_key")).hasSize(RECORDS);
        assertThat(deliveries).isNotEmpty().allMatch(delivery -> delivery.status() == 200);
        assertThat(open().versions())
                .extracting(CredentialVersion::masterKey)
                .doesNotContain(firstKey.id())
                .isNotEmpty();
        try (var files = Files.list(folder)) {
            List<Path> kept = files.filter(file -> !file.equals(keyFile())).toList();
            assertThat(kept)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(stripe.apiKey())
                            .doesNotContain(webhooks.secret())
                            .doesNotContain(ifs.clientSecret()));
        }
    }

    @Test
    void aCredentialIsRenewedByItsAgeAndAHookThatFailsKeepsNoOtherFromItsTurn() throws IOException {
        IfsDemoData.seeded(5, Instant.now().minusSeconds(3_600), 3, 0).loadInto(ifs);
        Files.writeString(keyFile(), MasterKey.generate().toBase64());
        CredentialFile credentials = open();
        credentials.keep(API_KEY, Secret.of(stripe.apiKey()));
        credentials.keep(SIGNING, Secret.of(webhooks.secret()));
        credentials.keep("ifs-prod/clientSecret", Secret.of(ifs.clientSecret()));
        var age = new AtomicReference<>(Duration.ZERO);

        try (Integration integration = Integration.builder()
                .environment(environment()::get)
                .clock(() -> Instant.now().plus(age.get()))
                .addRotation(SIGNING, Duration.ofDays(30), Duration.ofHours(1), old -> {
                    throw new IllegalStateException("the other system is down");
                })
                .addRotation(API_KEY, Duration.ofDays(30), Duration.ofHours(1), old -> Secret.of(stripe.addKey()))
                .parse(configuration())) {
            integration.renewCredentials();
            String first = stripe.apiKey();
            age.set(Duration.ofDays(31));

            assertThatThrownBy(integration::renewCredentials).hasMessage("the other system is down");
            stripe.expireOldKeys();

            assertThat(stripe.apiKey()).isNotEqualTo(first);
            assertThat(integration.engine().run("customers").count(Tally.CREATED))
                    .isEqualTo(3);
        }
    }

    @Test
    void refusesToRotateACredentialThatIsNotThere() throws IOException {
        Files.writeString(keyFile(), MasterKey.generate().toBase64());

        assertThatThrownBy(() -> Integration.builder()
                        .environment(environment()::get)
                        .addRotation("nothing", Duration.ofDays(30), Duration.ZERO, old -> old)
                        .parse(configuration()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a rotation renews the credential 'nothing', which is not in the store")
                .hasMessageContaining("connections.stripe-prod.apiKey needs the credential 'stripe-prod/apiKey'");
    }

    /** Changes everything after the first page, and lets the old keys end after the next. */
    private final class Rotating implements SyncListener {

        private final List<Delivery> deliveries;
        private final List<String> done = new ArrayList<>();
        private @Nullable Integration integration;

        Rotating(List<Delivery> deliveries) {
            this.deliveries = deliveries;
        }

        @Override
        public void pageSettled(FlowReport soFar) {
            if (done.isEmpty()) {
                rotate();
                done.add("keys");
            } else if (done.size() == 1) {
                stripe.expireOldKeys();
                done.add("old ended");
            }
            deliveries.addAll(webhooks.deliver(StripeWebhooks.Plan.FAITHFUL));
        }

        private void rotate() {
            renewMasterKey();
            CredentialFile credentials = open();
            Instant now = Instant.now();
            credentials.add(API_KEY, Secret.of(stripe.addKey()), now, now.plusSeconds(60));
            credentials.add(SIGNING, Secret.of(webhooks.rollSecret(Duration.ofHours(1))), now, now.plusSeconds(3_600));
            requireNonNull(integration, "integration").renewCredentials();
        }

        private void renewMasterKey() {
            try {
                MasterKeys renewed = MasterKeys.ofFile(keyFile()).renewed(MasterKey.generate());
                Files.writeString(
                        keyFile(),
                        renewed.current().toBase64() + "\n"
                                + renewed.older().get(0).toBase64());
                open().reseal();
                Files.writeString(keyFile(), renewed.current().toBase64());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private CredentialFile open() {
        return CredentialFile.open(
                credentialFile(), () -> MasterKeys.ofFile(keyFile()), InstantSource.system(), access -> {});
    }

    private Map<String, String> environment() {
        return Map.of(
                "IFS_BASE_URL", ifs.baseUrl().toString(),
                "IFS_TOKEN_URL", ifs.tokenUrl().toString(),
                "IFS_CLIENT_ID", ifs.clientId(),
                "STRIPE_BASE_URL", stripe.baseUrl().toString(),
                "CREDENTIALS", credentialFile().toString(),
                "MASTER_KEY", keyFile().toString(),
                "LEDGER", folder.resolve("ledger.db").toString());
    }

    private static String configuration() {
        return """
                {
                  "ledger": {"type": "sqlite", "file": "${env:LEDGER}"},
                  "credentials": {"file": "${env:CREDENTIALS}", "masterKeyFile": "${env:MASTER_KEY}"},
                  "connections": {
                    "ifs-prod": {
                      "type": "ifs", "baseUrl": "${env:IFS_BASE_URL}", "tokenUrl": "${env:IFS_TOKEN_URL}",
                      "clientId": "${env:IFS_CLIENT_ID}", "clientSecret": "${secret:ifs-prod/clientSecret}",
                      "company": "10", "preset": "generic", "pageSize": 500
                    },
                    "stripe-prod": {
                      "type": "stripe", "apiKey": "${secret:stripe-prod/apiKey}", "baseUrl": "${env:STRIPE_BASE_URL}",
                      "requestsPerSecond": 1000, "webhookSecrets": ["${secret:stripe-prod/webhooks}"], "mode": "draft"
                    }
                  },
                  "flows": {"customers": {"from": "ifs-prod/customers", "to": "stripe-prod/customers"}}
                }""";
    }
}
