package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.WebhookReading;
import io.mlconnector.webhook.HmacSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookParserTest {

    private static final Instant NOW = Instant.parse("2026-08-04T10:00:00Z");
    private static final String SECRET = "whsec_oneoneoneoneone";
    private static final String OTHER = "whsec_twotwotwotwotwo";

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private Connector connector = open(Map.of("webhookSecrets", List.of(SECRET)));

    @Test
    void takesTheIdsOutOfAGenuineEvent() {
        InboxEvent event = accepted(read(event("refund.created", "refund", "re_1")));

        assertThat(event.id()).isEqualTo("evt_1");
        assertThat(event.type()).isEqualTo("refund.created");
        assertThat(event.object()).isEqualTo(new RecordKey("stripe", "refund", "re_1"));
        assertThat(event.createdAt()).isEqualTo(Instant.ofEpochSecond(1_785_837_601L));
        assertThat(event.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void theEventsOfOnePaymentTellOfOneObject() {
        InboxEvent charge = accepted(read("""
                {"id":"evt_2","object":"event","type":"charge.updated","livemode":false,"data":{"object":
                {"id":"ch_1","object":"charge","payment_intent":"pi_1"}}}"""));
        InboxEvent row = accepted(read("""
                {"id":"evt_3","object":"event","type":"invoice_payment.paid","livemode":false,"data":{"object":
                {"id":"inpay_1","object":"invoice_payment","payment":{"payment_intent":"pi_1"}}}}"""));

        assertThat(charge.object())
                .isEqualTo(row.object())
                .isEqualTo(new RecordKey("stripe", "payment_intent", "pi_1"));
    }

    @Test
    void theSignatureIsWhatOpensslComputes(@TempDir Path folder) throws Exception {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond();
        String signature = openssl(folder, time + "." + body, SECRET);

        WebhookReading reading = read("t=" + time + ",v1=" + signature, body);

        assertThat(reading).isInstanceOf(WebhookReading.Accepted.class);
        assertThat(signature).isEqualTo(sign(SECRET, time, body));
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond();

        assertThat(read("t=" + time + ",v1=" + sign(OTHER, time, body) + ",v1=" + sign(SECRET, time, body), body))
                .isInstanceOf(WebhookReading.Accepted.class);
    }

    @Test
    void eachOfSeveralSecretsIsEnough() {
        connector = open(Map.of("webhookSecrets", List.of(SECRET, OTHER)));
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond();

        assertThat(read("t=" + time + ",v1=" + sign(OTHER, time, body), body))
                .isInstanceOf(WebhookReading.Accepted.class);
    }

    @Test
    void otherSchemesAreIgnored() {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond();
        String signature = sign(SECRET, time, body);

        assertThat(read("t=" + time + ",v0=" + "0".repeat(64) + ",v1=" + signature, body))
                .isInstanceOf(WebhookReading.Accepted.class);
        assertThat(refused(read("t=" + time + ",v0=" + signature, body))).contains("Stripe-Signature");
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 86_400, -86_400})
    void aTimeTooFarAwayIsRefused(long ago) {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond() - ago;

        assertThat(refused(read("t=" + time + ",v1=" + sign(SECRET, time, body), body)))
                .contains("s ago");
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void aTimeNearEnoughIsTaken(long ago) {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond() - ago;

        assertThat(read("t=" + time + ",v1=" + sign(SECRET, time, body), body))
                .isInstanceOf(WebhookReading.Accepted.class);
    }

    @Test
    void theToleranceIsASetting() {
        connector = open(Map.of("webhookSecrets", List.of(SECRET), "webhookTolerance", "PT1M"));
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond() - 61;

        assertThat(refused(read("t=" + time + ",v1=" + sign(SECRET, time, body), body)))
                .contains("61 s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "=",
                "t",
                "t=",
                "v1",
                "t=abc,v1=00",
                "t=1785837600",
                "t=1785837600,v1",
                "t=1785837600,v1=",
                "t=-1,v1=00",
                "t=99999999999999999999,v1=00",
                "t=1785837600,t=1785837600,v1=00",
                "v1=zz,t=1785837600",
                "\u0000"
            })
    void garbageInTheHeaderIsRefused(String header) {
        assertThat(read(header, event("refund.created", "refund", "re_1"))).isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void aSignatureInUpperCaseIsRefused() {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond();
        String upper = sign(SECRET, time, body).toUpperCase(Locale.ROOT);

        assertThat(read("t=" + time + ",v1=" + upper, body)).isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void oneHeaderIsNeededAndNoMore() {
        byte[] body = event("refund.created", "refund", "re_1").getBytes(StandardCharsets.UTF_8);
        var parser = connector.webhooks().orElseThrow();

        assertThat(parser.read(Map.of(), body, NOW)).isInstanceOf(WebhookReading.Refused.class);
        assertThat(parser.read(Map.of("stripe-signature", List.of("a", "b")), body, NOW))
                .isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void oneChangedByteIsRefused() {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond();
        String header = "t=" + time + ",v1=" + sign(SECRET, time, body);

        assertThat(refused(read(header, body.replace("re_1", "re_2")))).contains("none of our secrets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"event\"",
                "{",
                "{}",
                "{\"object\":\"event\"}",
                "{\"id\":[],\"object\":\"event\",\"type\":{},\"livemode\":false}",
                "{\"id\":\"evt_1\",\"object\":\"balloon\",\"type\":\"refund.created\",\"livemode\":false}"
            })
    void aSignedBodyThatIsNoEventIsRefused(String body) {
        assertThat(read(body)).isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void aDeeplyNestedBodyIsRefused() {
        assertThat(read("[".repeat(500_000))).isInstanceOf(WebhookReading.Refused.class);
        assertThat(read("{\"a\":".repeat(150_000))).isInstanceOf(WebhookReading.Refused.class);
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        byte[] body = {(byte) '{', (byte) 0xC3, (byte) 0x28, (byte) '}'};
        long time = NOW.getEpochSecond();
        String signature = HexFormat.of()
                .formatHex(HmacSignature.sign(
                        Secret.of(SECRET), List.of((time + ".").getBytes(StandardCharsets.US_ASCII), body)));

        WebhookReading reading = connector
                .webhooks()
                .orElseThrow()
                .read(Map.of("stripe-signature", List.of("t=" + time + ",v1=" + signature)), body, NOW);

        assertThat(refused(reading)).contains("UTF-8");
    }

    @Test
    void anEventOfTheOtherModeIsRefused() {
        String live = event("refund.created", "refund", "re_1").replace("\"livemode\":false", "\"livemode\":true");
        String none = event("refund.created", "refund", "re_1").replace("\"livemode\":false,", "");

        assertThat(refused(read(live))).contains("livemode is true");
        assertThat(refused(read(none))).contains("livemode is null");
    }

    @Test
    void whatNobodyReadsIsIgnored() {
        assertThat(ignored(read(event("customer.updated", "customer", "cus_1"))))
                .contains("customer.updated");
        assertThat(ignored(read(event("planet.discovered", "planet", "p_1")))).contains("planet.discovered");
    }

    @Test
    void aThinEventIsIgnored() {
        assertThat(ignored(read("""
                        {"id":"evt_9","object":"v2.core.event","type":"v1.invoice.paid","livemode":false,
                        "created":"2026-08-04T10:00:00Z","related_object":{"id":"in_1","type":"invoice","url":"/v1/invoices/in_1"}}"""))).contains("thin");
    }

    @Test
    void anEventOfAConnectedAccountIsIgnored() {
        String body = event("refund.created", "refund", "re_1")
                .replace("{\"id\":\"evt_1\"", "{\"account\":\"acct_2\",\"id\":\"evt_1\"");

        assertThat(ignored(read(body))).contains("acct_2");
    }

    @Test
    void anEventOfAnOldAccountIsTakenWhateverItsShape() {
        String body = event("invoice.paid", "invoice", "in_1")
                .replace("\"api_version\":\"2026-07-29.dahlia\"", "\"api_version\":null");

        assertThat(accepted(read(body)).object().id()).isEqualTo("in_1");
    }

    @Test
    void aReplacedSecretIsTakenUntilItsEnd() {
        String body = event("refund.created", "refund", "re_1");
        long time = NOW.getEpochSecond();
        var parser = connector.webhooks().orElseThrow();
        connector.replaceSecret("webhookSecret", Secret.of(OTHER), NOW.plusSeconds(60));
        var old = Map.of("stripe-signature", List.of("t=" + time + ",v1=" + sign(SECRET, time, body)));
        var next = Map.of("stripe-signature", List.of("t=" + time + ",v1=" + sign(OTHER, time, body)));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        assertThat(parser.read(old, bytes, NOW.plusSeconds(59))).isInstanceOf(WebhookReading.Accepted.class);
        assertThat(parser.read(old, bytes, NOW.plusSeconds(60))).isInstanceOf(WebhookReading.Refused.class);
        assertThat(parser.read(next, bytes, NOW.plusSeconds(60))).isInstanceOf(WebhookReading.Accepted.class);
    }

    @Test
    void refusesWhatCannotBeASecret() {
        assertThatThrownBy(() -> connector.replaceSecret("webhookSecret", Secret.of("sk_test_wrong"), NOW))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> connector.replaceSecret("password", Secret.of("x"), NOW))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("apiKey, webhookSecret");
        assertThatThrownBy(() -> open(Map.of("webhookSecrets", List.of("sk_live_nosecret"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("whsec_")
                .hasMessageNotContaining("nosecret");
        assertThatThrownBy(() -> connector.replaceSecret("apiKey", Secret.of("sk_live_otherMode"), NOW))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("test mode")
                .hasMessageNotContaining("otherMode");
    }

    @Test
    void withoutASecretNoWebhooksAreTaken() {
        assertThat(open(Map.of()).webhooks()).isEmpty();
    }

    private Connector open(Map<String, ?> more) {
        var values = new LinkedHashMap<String, Object>(Map.of("apiKey", "sk_test_key"));
        values.putAll(more);
        return new StripeConnectorProvider()
                .open(
                        Settings.of("connections.stripe", values),
                        new ConnectorContext("stripe", clock::get, wait -> {}, new Random(1)));
    }

    private WebhookReading read(String body) {
        long time = NOW.getEpochSecond();
        return read("t=" + time + ",v1=" + sign(SECRET, time, body), body);
    }

    private WebhookReading read(String header, String body) {
        return connector
                .webhooks()
                .orElseThrow()
                .read(Map.of("stripe-signature", List.of(header)), body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static InboxEvent accepted(WebhookReading reading) {
        assertThat(reading).isInstanceOf(WebhookReading.Accepted.class);
        return ((WebhookReading.Accepted) reading).events().get(0);
    }

    private static String refused(WebhookReading reading) {
        assertThat(reading).isInstanceOf(WebhookReading.Refused.class);
        return ((WebhookReading.Refused) reading).reason();
    }

    private static String ignored(WebhookReading reading) {
        assertThat(reading).isInstanceOf(WebhookReading.Ignored.class);
        return ((WebhookReading.Ignored) reading).reason();
    }

    static String event(String type, String object, String id) {
        return "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":\"2026-07-29.dahlia\",\"created\":1785837601,"
                + "\"livemode\":false,\"type\":\"" + type + "\",\"data\":{\"object\":{\"id\":\"" + id
                + "\",\"object\":\"" + object + "\"}}}";
    }

    static String sign(String secret, long time, String body) {
        return sign(secret, time, body.getBytes(StandardCharsets.UTF_8));
    }

    static String sign(String secret, long time, byte[] body) {
        byte[] prefix = (time + ".").getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(HmacSignature.sign(Secret.of(secret), List.of(prefix, body)));
    }

    private static String openssl(Path folder, String signed, String secret) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("signed"), signed);
        Path output = folder.resolve("signature");
        Process process;
        try {
            process = new ProcessBuilder("openssl", "dgst", "-sha256", "-hmac", secret, input.toString())
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "openssl is not installed: " + e.getMessage());
            throw e;
        }
        assertThat(process.waitFor()).isZero();
        return Files.readString(output).strip().replaceFirst(".*= ?", "");
    }
}
