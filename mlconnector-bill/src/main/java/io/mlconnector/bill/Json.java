package io.mlconnector.bill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/** Reads and writes JSON with numbers as they stand. */
final class Json {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Json() {}

    static JsonNode readOrMissing(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance(); // a page of a gateway, which the caller shows
        }
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an object holds all that was written: numbers by their value, and nothing where null was written. */
    static boolean holds(JsonNode there, JsonNode written) {
        if (written.isObject()) {
            return written.properties().stream().allMatch(field -> holds(there.path(field.getKey()), field.getValue()));
        }
        if (written.isArray()) {
            return written.size() == there.size()
                    && IntStream.range(0, written.size()).allMatch(i -> holds(there.path(i), written.path(i)));
        }
        if (written.isNumber()) {
            return there.isNumber() && there.decimalValue().compareTo(written.decimalValue()) == 0;
        }
        return written.isNull() ? there.asText("").isEmpty() : written.asText().equals(there.asText());
    }
}
