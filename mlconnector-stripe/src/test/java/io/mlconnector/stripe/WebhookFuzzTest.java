package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.spi.WebhookReading;
import io.mlconnector.webhook.WebhookEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WebhookFuzzTest {

    private static final Instant NOW = Instant.parse("2026-08-04T10:00:00Z");
    private static final String SECRET = "whsec_oneoneoneoneone";
    private static final int REQUESTS = 100_000;
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "null",
        "true",
        "-",
        "1e999",
        "\\u0000",
        "\\",
        "\uD800",
        "event",
        "id",
        "",
        "  ",
        "v2.core.event",
        "\"livemode\":true",
        "\"id\":\"\"",
        "\"object\":null",
        "ä",
        "\n"
    };

    /** Keeps what a parser throws from being hidden by the endpoint. */
    private static final class Watched implements WebhookParser {

        private final WebhookParser parser;
        private final List<Throwable> thrown = new ArrayList<>();

        Watched(WebhookParser parser) {
            this.parser = parser;
        }

        @Override
        public WebhookReading read(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
            try {
                return parser.read(headers, body, receivedAt);
            } catch (RuntimeException | StackOverflowError e) {
                thrown.add(e);
                throw e;
            }
        }
    }

    @Test
    void aHundredThousandMutatedRequestsAreAnsweredAndNothingIsThrown() {
        Connector connector = new StripeConnectorProvider()
                .open(
                        Settings.of("stripe", Map.of("apiKey", "sk_test_key", "webhookSecrets", List.of(SECRET))),
                        new ConnectorContext("stripe", () -> NOW, wait -> {}, new Random(1)));
        var watched = new Watched(connector.webhooks().orElseThrow());
        var endpoint = new WebhookEndpoint("stripe", watched, new InMemoryLedger(), () -> NOW, () -> {});
        var random = new Random(20_260_804);
        long taken = 0;

        for (int i = 0; i < REQUESTS; i++) {
            byte[] body = mutated(random, WebhookParserTest.event("refund.created", "refund", "re_" + i % 50));
            String header = header(random, body);
            int status = endpoint.receive(Map.of("Stripe-Signature", List.of(header)), body)
                    .status();
            assertThat(status == 200 || (status >= 400 && status < 500)).isTrue();
            taken += status == 200 ? 1 : 0;
        }

        assertThat(watched.thrown).isEmpty();
        assertThat(taken).isBetween(1L, REQUESTS - 1L);
        assertThat(endpoint.stats().failed()).isZero();
    }

    private static byte[] mutated(Random random, String event) {
        String text = event;
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            text = text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(end);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    /** Half of the bodies are signed as they are, so that they get as far as the JSON. */
    private static String header(Random random, byte[] body) {
        long time = NOW.getEpochSecond() + (random.nextInt(10) == 0 ? random.nextInt(1000) - 500 : 0);
        String header = "t=" + time + ",v1="
                + WebhookParserTest.sign(SECRET, time, body)
                + (random.nextBoolean() ? ",v0=abc" : "");
        if (random.nextBoolean()) {
            return header;
        }
        var text = new StringBuilder(header);
        for (int i = random.nextInt(3); i > 0; i--) {
            text.setCharAt(
                    random.nextInt(text.length()), (char) (random.nextInt(4) == 0 ? random.nextInt(0x300) : ','));
        }
        return text.substring(0, random.nextInt(5) == 0 ? random.nextInt(text.length()) : text.length());
    }
}
