package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Copies parameters onto objects. */
final class Patch {

    static final Schema ADDRESS = Schema.of(
            Parameter.clearable("city", Types.text(5000)),
            Parameter.clearable("country", Types.country()),
            Parameter.clearable("line1", Types.text(5000)),
            Parameter.clearable("line2", Types.text(5000)),
            Parameter.clearable("postal_code", Types.text(5000)),
            Parameter.clearable("state", Types.text(5000)));

    private static final String[] ADDRESS_FIELDS = {"city", "country", "line1", "line2", "postal_code", "state"};

    private Patch() {}

    static void copy(ObjectNode target, ObjectNode params, String... fields) {
        for (String field : fields) {
            if (params.has(field)) {
                target.set(field, params.get(field));
            }
        }
    }

    static void copyAddress(ObjectNode target, ObjectNode params) {
        if (params.has("address")) {
            target.set("address", address(params.get("address")));
        }
    }

    /** An address is replaced as a whole: what was not sent becomes null. */
    static JsonNode address(JsonNode sent) {
        if (!(sent instanceof ObjectNode given)) {
            return sent;
        }
        ObjectNode address = given.objectNode();
        for (String field : ADDRESS_FIELDS) {
            JsonNode value = given.get(field);
            address.set(field, value == null ? given.nullNode() : value);
        }
        return address;
    }
}
