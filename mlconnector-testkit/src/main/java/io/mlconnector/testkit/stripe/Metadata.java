package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Merges metadata key by key, as an update does. */
final class Metadata {

    static final int MOST_KEYS = 50;

    private Metadata() {}

    static void merge(ObjectNode object, ObjectNode params) {
        if (!params.has("metadata")) {
            return;
        }
        JsonNode changes = params.get("metadata");
        ObjectNode merged = object.path("metadata").isObject()
                ? object.withObjectProperty("metadata").deepCopy()
                : object.objectNode();
        if (changes.isNull()) {
            merged.removeAll();
        }
        changes.properties().forEach(entry -> {
            if (entry.getValue().asText().isEmpty()) {
                merged.remove(entry.getKey());
            } else {
                merged.set(entry.getKey(), entry.getValue());
            }
        });
        if (merged.size() > MOST_KEYS) {
            throw tooManyKeys("metadata");
        }
        object.set("metadata", merged);
    }

    static StripeRefusal tooManyKeys(String name) {
        return StripeRefusal.parameter(
                null, name, "An object holds at most " + MOST_KEYS + " metadata keys; this call would exceed them.");
    }
}
