package io.mlconnector.testkit.ifs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the body of a write, as strictly as the product: known columns, right types, no bookkeeping names. */
final class BodyReader {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private BodyReader() {}

    /** The columns of the body; an empty value is an explicit null. */
    static Map<String, Optional<Object>> read(EntitySetDefinition definition, WireRequest request) {
        checkContentType(request);
        JsonNode root;
        try {
            root = JSON.readTree(request.bodyText());
        } catch (JsonProcessingException e) {
            throw Refusal.deserialization("The content could not be read as JSON.");
        }
        if (!root.isObject()) {
            throw Refusal.deserialization("The content is not a JSON object.");
        }
        boolean numbersAsText = request.numbersAsText("Content-Type");
        Map<String, Optional<Object>> values = new LinkedHashMap<>();
        root.properties()
                .forEach(field ->
                        values.put(field.getKey(), value(definition, field.getKey(), field.getValue(), numbersAsText)));
        return values;
    }

    private static void checkContentType(WireRequest request) {
        String contentType = request.header("Content-Type")
                .orElseThrow(() -> Refusal.deserialization("The content type of the request is missing."));
        String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals("application/json")) {
            throw Refusal.of(415, null, "The content-type '" + contentType + "' is not supported.");
        }
    }

    private static Optional<Object> value(
            EntitySetDefinition definition, String name, JsonNode node, boolean numbersAsText) {
        Column column = definition
                .column(name)
                .filter(found -> found.use() != Column.Use.BOOKKEEPING)
                .orElseThrow(() ->
                        Refusal.deserialization("The property '" + name + "' is not known or cannot be written."));
        if (node.isNull()) {
            return Optional.empty();
        }
        Optional<Object> value = EdmValues.fromJson(column.type(), node, numbersAsText);
        boolean tooLong = column.length() > 0 && node.asText().length() > column.length();
        if (value.isEmpty() || tooLong) {
            throw Refusal.deserialization("Invalid value for property '" + name + "'.");
        }
        return value;
    }
}
