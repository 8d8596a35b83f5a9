package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.spi.WebhookReading;
import io.mlconnector.webhook.HmacSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Verifies BILL's webhooks. Its pages do not agree on what is signed, so the signature may be of the bytes as they came, of the text in
 * them, or of the object without blanks; each needs the key. No time is signed: what comes again is known by its id.
 */
final class BillWebhookParser implements WebhookParser {

    private static final String SIGNATURE = "x-bill-sha-signature";
    private static final int LONGEST_NAME = 255;

    private final String connection;
    private final String organization;
    private final SigningKeys keys;

    BillWebhookParser(String connection, String organization, SigningKeys keys) {
        this.connection = connection;
        this.organization = organization;
        this.keys = keys;
    }

    @Override
    public WebhookReading read(Map<String, List<String>> headers, byte[] body, Instant receivedAt) {
        List<String> values = headers.getOrDefault(SIGNATURE, List.of());
        if (values.size() != 1) {
            return new WebhookReading.Refused("it has " + values.size() + " headers " + SIGNATURE);
        }
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(values.get(0).strip());
        } catch (IllegalArgumentException e) {
            return new WebhookReading.Refused("its " + SIGNATURE + " is not Base64");
        }
        List<Secret> secrets = keys.validAt(receivedAt);
        if (secrets.isEmpty()) {
            return new WebhookReading.Refused("we have no signing key");
        }
        if (!HmacSignature.matches(secrets, List.of(body), List.of(signature))
                && !matchesOtherForms(secrets, body, signature)) {
            return new WebhookReading.Refused("its signature is of none of our keys");
        }
        return event(Hints.event(Json.readOrMissing(body)), receivedAt);
    }

    private static boolean matchesOtherForms(List<Secret> secrets, byte[] body, byte[] signature) {
        JsonNode json = Json.readOrMissing(body);
        if (json.isMissingNode()) {
            return false;
        }
        byte[] other = json.isTextual() ? json.asText().getBytes(StandardCharsets.UTF_8) : Json.bytes(json);
        return HmacSignature.matches(secrets, List.of(other), List.of(signature));
    }

    private WebhookReading event(JsonNode event, Instant receivedAt) {
        JsonNode metadata = event.path("metadata");
        String id = metadata.path("eventId").asText("");
        String type = metadata.path("eventType").asText("");
        if (!named(id) || !named(type)) {
            return new WebhookReading.Refused("it has no eventId or no eventType");
        }
        String of = metadata.path("organizationId").asText("");
        if (!of.isEmpty() && !of.equals(organization)) {
            return new WebhookReading.Ignored("event " + id + " is of the organisation " + of);
        }
        List<RecordKey> objects = Hints.of(connection, event);
        if (objects.isEmpty()) {
            return new WebhookReading.Ignored("nothing here reads what " + type + " tells of");
        }
        var events = new ArrayList<InboxEvent>();
        for (RecordKey object : objects) {
            String one = objects.size() == 1 ? id : id + "#" + object.id();
            events.add(InboxEvent.received(connection, one, type, object, receivedAt, null));
        }
        return new WebhookReading.Accepted(events);
    }

    private static boolean named(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME;
    }
}
