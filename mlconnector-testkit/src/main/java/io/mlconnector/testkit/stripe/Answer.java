package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/** A finished answer. */
@SuppressWarnings("ArrayRecordComponent") // answers are never compared
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    static Answer json(int status, JsonNode body) {
        return new Answer(status, "application/json", Journal.bytes(body), Map.of());
    }

    Answer withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, contentType, body, Map.copyOf(more));
    }
}
