package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records an event for every change. The object is kept as bytes, as it was at that time. */
final class Journal {

    private final World world;
    private final SearchIndex searchIndex;
    private final Map<String, byte[]> documents = new HashMap<>();
    private final OldShape oldShape;
    private final @Nullable String apiVersion;
    private Origin origin = Origin.DASHBOARD;
    private int lateEvents;
    private Duration lateness = Duration.ZERO;
    private int doubledChanges;

    Journal(World world, SearchIndex searchIndex, @Nullable String apiVersion) {
        this.world = world;
        this.searchIndex = searchIndex;
        this.oldShape = new OldShape(world);
        this.apiVersion = apiVersion;
    }

    void late(int count, Duration by) {
        lateEvents = count;
        lateness = by;
    }

    void twice(int count) {
        doubledChanges = count;
    }

    void startCall(Origin caller) {
        origin = caller;
    }

    void endCall() {
        origin = Origin.DASHBOARD;
    }

    void record(String type, ObjectNode object) {
        record(type, object, null);
    }

    /** Records an update when anything but the lines differs from {@code before}. */
    void recordUpdate(String type, ObjectNode object, ObjectNode before) {
        ObjectNode previous = object.objectNode();
        before.properties().forEach(entry -> {
            if (!entry.getKey().equals("lines") && !entry.getValue().equals(object.get(entry.getKey()))) {
                previous.set(entry.getKey(), entry.getValue());
            }
        });
        if (!previous.isEmpty()) {
            record(type, object, previous);
        }
    }

    void record(String type, ObjectNode object, @Nullable ObjectNode previous) {
        boolean twice = doubledChanges-- > 0;
        add(type, object, previous);
        if (twice) {
            add(type, object, previous);
        }
        searchIndex.changed(object, type.endsWith(".deleted"));
    }

    private void add(String type, ObjectNode object, @Nullable ObjectNode previous) {
        ObjectNode event = world.shape(Kind.EVENT);
        event.put("type", type);
        ObjectNode data = event.putObject("data");
        event.put("api_version", apiVersion);
        data.set("object", OldShape.is(apiVersion) ? oldShape.of(object) : object);
        if (previous != null) {
            data.set("previous_attributes", previous);
        }
        ObjectNode request = event.putObject("request");
        request.put("id", origin.requestId());
        request.put("idempotency_key", origin.idempotencyKey());
        documents.put(event.path("id").asText(), bytes(event));

        ObjectNode row = event.objectNode();
        row.set("id", event.get("id"));
        row.set("type", event.get("type"));
        row.set("created", event.get("created"));
        row.put("visible", world.now() + (lateEvents-- > 0 ? lateness.toSeconds() : 0));
        world.table(Kind.EVENT).add(row);
    }

    ObjectNode document(JsonNode row) {
        byte[] document = documents.get(row.path("id").asText());
        if (document == null) {
            throw new IllegalStateException("event without document: " + row);
        }
        return parsed(document);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return Templates.JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode parsed(byte[] document) {
        try {
            return (ObjectNode) Templates.JSON.readTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
