package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.spi.WebhookReading;
import io.mlconnector.spi.WebhookReading.Accepted;
import io.mlconnector.spi.WebhookReading.Ignored;
import io.mlconnector.spi.WebhookReading.Refused;
import io.mlconnector.webhook.HmacSignature;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Stripe's webhooks and takes ids out of them. Reads the JSON itself: the SDK accepts a time that lies ahead, takes one
 * secret, and throws whatever comes to it on what is not an event.
 */
final class StripeWebhookParser implements WebhookParser {

    private static final String SIGNATURE = "stripe-signature";
    private static final int LONGEST_NAME = 255;
    private static final long LATEST = 32_503_680_000L;

    private final String connection;
    private final WebhookSecrets secrets;
    private final Duration tolerance;
    private final boolean live;
    private final Set<String> wanted;

    /** A tolerance of zero takes events of any time. */
    StripeWebhookParser(
            String connection, WebhookSecrets secrets, Duration tolerance, boolean live, Set<String> wanted) {
        this.connection = connection;
        this.secrets = secrets;
        this.tolerance = tolerance;
        this.live = live;
        this.wanted = Set.copyOf(wanted);
    }

    @Override
    public WebhookReading read(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
        List<String> values = headers.getOrDefault(SIGNATURE, List.of());
        if (values.size() != 1) {
            return new Refused("it has " + values.size() + " headers Stripe-Signature");
        }
        SignatureHeader header = SignatureHeader.of(values.get(0)).orElse(null);
        if (header == null) {
            return new Refused("its Stripe-Signature cannot be read");
        }
        byte[] prefix = (header.time() + ".").getBytes(StandardCharsets.US_ASCII);
        if (!HmacSignature.matches(secrets.validAt(receivedAt), List.of(prefix, body), header.signatures())) {
            return new Refused("its signature is of none of our secrets");
        }
        long age = receivedAt.getEpochSecond() - header.seconds();
        if (!tolerance.isZero() && Math.abs(age) > tolerance.toSeconds()) {
            return new Refused("it was signed " + age + " s ago, which is more than " + tolerance + " away");
        }
        return read(body, receivedAt);
    }

    private WebhookReading read(byte[] body, Instant receivedAt) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return JsonParser.parseString(text) instanceof JsonObject event
                    ? event(event, receivedAt)
                    : new Refused("its body is no JSON object");
        } catch (CharacterCodingException e) {
            return new Refused("its body is not UTF-8");
        } catch (JsonParseException | StackOverflowError e) {
            return new Refused("its body is not JSON");
        } catch (IllegalArgumentException e) {
            return new Refused("its event cannot be kept: " + e.getMessage());
        }
    }

    private WebhookReading event(JsonObject event, Instant receivedAt) {
        String kind = String.valueOf(Wire.text(event, "object"));
        String id = Wire.text(event, "id");
        String type = Wire.text(event, "type");
        if (!named(id) || !named(type)) {
            return new Refused("it has no id or no type");
        }
        boolean thin = kind.equals("v2.core.event");
        if (!thin && !kind.equals("event")) {
            return new Refused("it is no event");
        }
        String mode = Wire.text(event, "livemode");
        if (!String.valueOf(live).equals(mode)) {
            return new Refused(
                    "its livemode is " + mode + ", and our key is of the " + (live ? "live" : "test") + " mode");
        }
        if (thin) {
            return new Ignored("event " + id + " is a thin one, which tells of no object's kind");
        }
        String account = Wire.text(event, "account");
        if (account != null) {
            return new Ignored("event " + id + " is of the connected account " + account);
        }
        Hint hint = Hint.of(event);
        if (!wanted.contains(type) || hint == null) {
            return new Ignored("nothing here reads what " + type + " tells of");
        }
        return new Accepted(List.of(InboxEvent.received(
                connection, String.valueOf(id), hint.type(), hint.key(connection), receivedAt, created(event))));
    }

    private static boolean named(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= LONGEST_NAME;
    }

    private static @Nullable Instant created(JsonObject event) {
        long seconds = Wire.number(event, "created");
        return seconds <= 0 || seconds > LATEST ? null : Instant.ofEpochSecond(seconds);
    }
}
