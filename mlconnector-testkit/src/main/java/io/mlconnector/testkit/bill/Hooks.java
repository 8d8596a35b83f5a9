package io.mlconnector.testkit.bill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhook subscriptions. Guarded by itself. */
final class Hooks {

    private static final int CAP = 10;

    private final Books books;
    private final String organization;
    private final MovableClock clock;
    private final Random random = new Random(8);
    private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Map<String, String> byCreationKey = new LinkedHashMap<>();

    Hooks(Books books, String organization, MovableClock clock) {
        this.books = books;
        this.organization = organization;
        this.clock = clock;
    }

    synchronized List<JsonNode> all() {
        return byId.values().stream().map(it -> (JsonNode) it.deepCopy()).toList();
    }

    synchronized @Nullable String key(String id) {
        return keys.get(id);
    }

    synchronized void disable(String id) {
        ObjectNode held = byId.get(id);
        if (held != null) {
            held.withObject("/status").put("enabled", false);
        }
    }

    synchronized JsonNode answer(
            String method, List<String> path, Map<String, String> query, JsonNode body, @Nullable String creationKey) {
        if (path.size() == 3 && path.get(0).equals("events") && path.get(1).equals("subscription")) {
            return events(path.get(2), query);
        }
        if (!path.get(0).equals("subscriptions")) {
            throw new BillRefusal(404, "BDC_1121", "API not supported: " + path);
        }
        if (path.size() == 1) {
            return method.equals("GET") ? list() : create(body, creationKey);
        }
        ObjectNode held = byId.get(path.get(1));
        if (held == null) {
            throw new BillRefusal(404, "BDC_1003", "The subscription is not found.");
        }
        if (path.size() == 3 && path.get(2).equals("security-key") && method.equals("POST")) {
            return JsonNodeFactory.instance.objectNode().put("securityKey", newKey(path.get(1)));
        }
        return switch (method) {
            case "GET" -> held.deepCopy();
            case "DELETE" -> {
                byId.remove(path.get(1));
                yield JsonNodeFactory.instance.objectNode();
            }
            case "PATCH", "PUT" -> {
                List.of("name", "status", "notificationUrl", "events").forEach(field -> {
                    if (body.has(field)) {
                        held.set(field, body.get(field));
                    }
                });
                yield held.deepCopy();
            }
            default -> throw new BillRefusal(404, "BDC_1121", "API not supported: " + method);
        };
    }

    private JsonNode list() {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        byId.values().forEach(page.putArray("results")::add);
        return page.deepCopy();
    }

    private JsonNode create(JsonNode body, @Nullable String creationKey) {
        if (creationKey == null || !isVersion4(creationKey)) {
            throw new BillRefusal(400, "BDC_1002", "X-Idempotent-Key: must be a UUID of version 4");
        }
        String before = byCreationKey.get(creationKey);
        if (before != null && byId.containsKey(before)) {
            return shown(before);
        }
        if (byId.size() >= CAP) {
            throw new BillRefusal(400, "BDC_1002", "An organization can have at most " + CAP + " subscriptions.");
        }
        body.path("events").forEach(event -> {
            if (!event.path("version").equals(JsonNodeFactory.instance.textNode("1"))) {
                throw BillRefusal.field("events.version: must be \"1\"");
            }
        });
        String id = uuid();
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("id", id);
        made.setAll((ObjectNode) body);
        made.put("organizationId", organization);
        made.put("createdTime", Times.text(clock.instant()));
        byId.put(id, made);
        byCreationKey.put(creationKey, id);
        newKey(id);
        return shown(id);
    }

    private JsonNode shown(String id) {
        return requireNonNull(byId.get(id)).deepCopy().put("securityKey", keys.get(id));
    }

    private static boolean isVersion4(String text) {
        try {
            return UUID.fromString(text).version() == 4;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String newKey(String id) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String key = Base64.getEncoder().encodeToString(bytes);
        keys.put(id, key);
        return key;
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private JsonNode events(String id, Map<String, String> query) {
        String text = query.getOrDefault("createdTimeFrom", "");
        Instant from = text.isEmpty() ? Instant.EPOCH : Times.instant(URLDecoder.decode(text, StandardCharsets.UTF_8));
        if (from == null) {
            throw BillRefusal.field("createdTimeFrom: not a time: " + text);
        }
        int offset = Integer.parseInt(query.getOrDefault("page", "0"));
        int max = Books.max(query);
        List<ObjectNode> all = books.eventsSince(query.containsKey("page") ? Instant.EPOCH : from);
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode results = page.putArray("results");
        int end = Math.min(all.size(), offset + max);
        for (ObjectNode event : all.subList(Math.min(offset, end), end)) {
            results.addObject().set("payload", notification(id, event));
        }
        if (end < all.size()) {
            int skipped = books.eventCount() - all.size();
            page.put("nextPage", String.valueOf(skipped + end));
        }
        return page;
    }

    /** The body of a delivery. */
    ObjectNode notification(String subscription, ObjectNode event) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = body.putObject("metadata");
        metadata.put("eventId", event.path("id").asText());
        metadata.put("subscriptionId", subscription);
        metadata.put("organizationId", organization);
        metadata.put("eventType", event.path("type").asText());
        metadata.put("version", "1");
        body.set(event.path("kind").asText(), event.path("object").deepCopy());
        return body;
    }
}
