package io.mlconnector.bill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.WebhookReading;
import io.mlconnector.testkit.bill.BillWebhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BillWebhookParserTest {

    private static final String KEY = "b7Yx0v0oZ2pQwS5rT8uVnA==";
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String BILL = "{\"metadata\":{\"eventId\":\"2b1f6a64\",\"organizationId\":\"008ours\","
            + "\"eventType\":\"bill.updated\",\"version\":\"1\"},\"bill\":{\"id\":\"00n02WQKZLTRMPVX7b5e\",\"amount\":1342.80}}";

    private final SigningKeys keys =
            new SigningKeys("bill", List.of(Secret.of(KEY)), ConnectorContext.ofDefaults("bill"));
    private final BillWebhookParser parser = new BillWebhookParser("bill", "008ours", keys);

    private WebhookReading read(String body, String signature) {
        return parser.read(
                Map.of("x-bill-sha-signature", List.of(signature)), body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static String sign(String text) {
        return BillWebhooks.sign(KEY, text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<InboxEvent> events(WebhookReading reading) {
        assertThat(reading).isInstanceOf(WebhookReading.Accepted.class);
        return ((WebhookReading.Accepted) reading).events();
    }

    @Test
    void signsAsBillDoes() {
        assertThat(sign("{\"metadata\":{\"eventType\":\"bill.updated\"}}"))
                .isEqualTo("wl2pK5a99Xwf10FdlWpufPMTKt1VoGIc/IzQW2YnrK0=");
    }

    @Test
    void acceptsTheBytesAsTheyCame() {
        assertThat(events(read(BILL, sign(BILL)))).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo("2b1f6a64");
            assertThat(event.object()).hasToString("bill/bills/00n02WQKZLTRMPVX7b5e");
        });
    }

    @Test
    void acceptsABodyThatIsATextAndOneThatWasSignedWithoutBlanks() {
        String escaped = TextNode.valueOf(BILL).toString();
        String spaced = BILL.replace(",", " , ");

        assertThat(events(read(escaped, sign(BILL)))).hasSize(1);
        assertThat(events(read(escaped, sign(escaped)))).hasSize(1);
        assertThat(events(read(spaced, sign(BILL)))).hasSize(1);
    }

    @Test
    void refusesWhatIsForged() {
        assertThat(read(BILL.replace("1342.80", "1342.81"), sign(BILL))).isInstanceOf(WebhookReading.Refused.class);
        assertThat(read(BILL, BillWebhooks.sign("another key", BILL.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(WebhookReading.Refused.class);
        assertThat(read(BILL, "not base64!")).isInstanceOf(WebhookReading.Refused.class);
        assertThat(parser.read(Map.of(), BILL.getBytes(StandardCharsets.UTF_8), NOW))
                .isEqualTo(new WebhookReading.Refused("it has 0 headers x-bill-sha-signature"));
        assertThat(parser.read(
                        Map.of("x-bill-sha-signature", List.of(sign(BILL), sign(BILL))),
                        BILL.getBytes(StandardCharsets.UTF_8),
                        NOW))
                .isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void acceptsTheKeyBeforeForAWhileAfterARotation() {
        keys.replace(Secret.of("next key"), NOW.plus(SigningKeys.GRACE));

        assertThat(events(read(BILL, sign(BILL)))).hasSize(1);
        assertThat(parser.read(
                        Map.of("x-bill-sha-signature", List.of(sign(BILL))),
                        BILL.getBytes(StandardCharsets.UTF_8),
                        NOW.plus(SigningKeys.GRACE)))
                .isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void aFailedPaymentWithoutAnIdTellsOfItsBills() {
        String failed = "{\"metadata\":{\"eventId\":\"5de0\",\"eventType\":\"payment.failed\",\"version\":1},"
                + "\"payment\":{\"bills\":[{\"id\":\"00n1\"},{\"id\":\"00n2\"}]}}";

        assertThat(events(read(failed, sign(failed))))
                .extracting(InboxEvent::id, event -> String.valueOf(event.object()))
                .containsExactly(tuple("5de0#00n1", "bill/bills/00n1"), tuple("5de0#00n2", "bill/bills/00n2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metadata\":{\"eventId\":\"e\",\"eventType\":\"invoice.updated\"},\"invoice\":{\"id\":\"00e1\"}}",
                "{\"metadata\":{\"eventId\":\"e\",\"eventType\":\"bill.updated\",\"organizationId\":\"008other\"},\"bill\":{\"id\":\"00n1\"}}",
                "{\"metadata\":{\"eventId\":\"e\",\"eventType\":\"bill.updated\"},\"bill\":{\"id\":\"../../v3/payments\"}}"
            })
    void ignoresWhatDoesNotConcernUs(String body) {
        assertThat(read(body, sign(body))).isInstanceOf(WebhookReading.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "\"text\"", "{}", "{\"metadata\":7}", "<html>"})
    void refusesASignedBodyThatIsNoEvent(String body) {
        assertThat(read(body, sign(body))).isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void throwsNothingWhateverTheBodyHolds() {
        Random random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            byte[] body = BILL.getBytes(StandardCharsets.UTF_8);
            for (int change = 0; change < 4; change++) {
                body[random.nextInt(body.length)] = (byte) random.nextInt();
            }
            assertThat(parser.read(Map.of("x-bill-sha-signature", List.of(BillWebhooks.sign(KEY, body))), body, NOW))
                    .isNotNull();
        }
    }
}
