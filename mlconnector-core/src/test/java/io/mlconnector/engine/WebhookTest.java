package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Secret;
import io.mlconnector.webhook.HmacSignature;
import io.mlconnector.webhook.WebhookEndpoint;
import io.mlconnector.webhook.WebhookHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookTest {

    private final MovedTime time = new MovedTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakeTwin shop = new FakeTwin("shop", time);
    private final FakeTwin erp = new FakeTwin("erp", time);
    private final SyncEngine engine = engine();
    private final WebhookEndpoint endpoint = engine.webhooks("shop");

    private SyncEngine engine() {
        return SyncEngine.builder()
                .ledger(ledger)
                .addConnection(shop)
                .addConnection(erp)
                .addFlow(Flow.of("vendors", Vendor.class)
                        .from("shop/vendors")
                        .to("erp/vendors")
                        .build())
                .clock(time)
                .sleeper(time)
                .random(new Random(7))
                .build();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private int send(String body) {
        return endpoint.receive(Map.of("X-Signature", List.of(signature(body))), body.getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private static String signature(String body) {
        return HexFormat.of()
                .formatHex(HmacSignature.sign(Secret.of("whsec"), List.of(body.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void bringsWhatAnEventTellsOfIntoStep() {
        String id = shop.add("Acme");

        assertThat(send("evt_1 " + id)).isEqualTo(200);
        engine.processWebhooks();

        assertThat(erp.vendors())
                .singleElement()
                .satisfies(vendor -> assertThat(vendor.name()).isEqualTo("Acme"));
        assertThat(ledger.<Long>read(tx -> tx.inbox().pending("shop"))).isZero();
    }

    @Test
    void writesOnceWhatComesByWebhookTwiceAndByPolling() {
        String id = shop.add("Acme");
        send("evt_1 " + id);
        send("evt_1 " + id);
        send("evt_2 " + id);
        engine.processWebhooks();

        FlowReport polled = engine.run("vendors");

        assertThat(polled.count(Tally.UNCHANGED)).isEqualTo(1);
        assertThat(erp.vendors()).hasSize(1);
        assertThat(endpoint.stats().stored()).isEqualTo(2);
        assertThat(endpoint.stats().repeated()).isEqualTo(1);
    }

    @Test
    void processesAfterACrashWhatWasAnswered() {
        String id = shop.add("Acme");
        WebhookEndpoint other = new WebhookEndpoint("shop", shop.webhooks().orElseThrow(), ledger, time, () -> {});
        String body = "evt_1 " + id;
        other.receive(Map.of("x-signature", List.of(signature(body))), body.getBytes(StandardCharsets.UTF_8));

        try (SyncEngine restarted = engine()) {
            restarted.processWebhooks();
        }

        assertThat(erp.vendors()).hasSize(1);
    }

    @Test
    void keepsAnEventWhoseProcessingFailsAndTriesItLater() {
        String id = shop.add("Acme");
        shop.fetchFails = true;
        send("evt_1 " + id);
        engine.processWebhooks();
        assertThat(ledger.<Long>read(tx -> tx.inbox().pending("shop"))).isEqualTo(1);

        shop.fetchFails = false;
        engine.processWebhooks();
        assertThat(erp.vendors()).isEmpty();
        time.sleep(Duration.ofMinutes(2));
        engine.processWebhooks();

        assertThat(erp.vendors()).hasSize(1);
        assertThat(ledger.<Long>read(tx -> tx.inbox().pending("shop"))).isZero();
    }

    @Test
    void setsAsideEventsThatNoFlowWants() {
        send("evt_1 nothing-of-ours");

        engine.processWebhooks();

        assertThat(ledger.read(tx -> tx.inbox().find("shop", "evt_1"))
                        .orElseThrow()
                        .state())
                .isEqualTo(io.mlconnector.spi.InboxEvent.State.IGNORED);
    }

    @Test
    void refusesWhatIsForgedTooLargeOrNotSigned() {
        byte[] body = "evt_1 s-1".getBytes(StandardCharsets.UTF_8);

        assertThat(endpoint.receive(Map.of(), body).status()).isEqualTo(400);
        assertThat(endpoint.receive(Map.of("X-Signature", List.of(signature("other"))), body)
                        .status())
                .isEqualTo(400);
        assertThat(endpoint.receive(Map.of(), new byte[WebhookEndpoint.LARGEST_BODY + 1])
                        .status())
                .isEqualTo(413);
        assertThat(endpoint.receive(Map.of("X-Other", List.of("x".repeat(100_000))), body)
                        .status())
                .isEqualTo(413);
        assertThat(endpoint.stats().refused()).isEqualTo(4);
        assertThat(ledger.<Long>read(tx -> tx.inbox().pending("shop"))).isZero();
    }

    @Test
    void asksForTheEventAgainIfItCannotBeStored() {
        ledger.close();

        assertThat(send("evt_1 s-1")).isEqualTo(503);
        assertThat(endpoint.stats().failed()).isEqualTo(1);
    }

    @Test
    void servesTheEndpointByTheHttpServerOfTheJdk() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/shop", new WebhookHandler(endpoint));
        server.start();
        try {
            String id = shop.add("Acme");
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/shop");
            HttpClient client = HttpClient.newHttpClient();
            String body = "evt_1 " + id;

            int accepted = client.send(
                            HttpRequest.newBuilder(uri)
                                    .header("X-Signature", signature(body))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
            int read = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
            engine.processWebhooks();

            assertThat(accepted).isEqualTo(200);
            assertThat(read).isEqualTo(405);
            assertThat(erp.vendors()).hasSize(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tellsThatAConnectionTakesNoWebhooks() {
        erp.takesWebhooks = false;

        assertThatThrownBy(() -> engine.webhooks("erp"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("connection erp takes no webhooks");
        assertThatThrownBy(() -> engine.webhooks("bank"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("there is no connection 'bank'; known: [erp, shop]");
    }
}
