package io.mlconnector.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON body. A parameter such as {@code Address/City} lies in an object; those of one object must follow each other. */
final class JsonBody implements Body {

    private static final JsonFactory JSON = new JsonFactory().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private final JsonGenerator json;
    private List<String> path = List.of("");

    JsonBody() {
        try {
            json = JSON.createGenerator(bytes);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        try {
            json.close(); // ends the objects that are open
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void put(WriteRule<?> rule, @Nullable Object value) {
        List<String> next = rule.path();
        try {
            int common = 0;
            while (common < path.size() - 1
                    && common < next.size() - 1
                    && path.get(common).equals(next.get(common))) {
                common++;
            }
            for (int depth = path.size() - 1; depth > common; depth--) {
                json.writeEndObject();
            }
            for (int depth = common; depth < next.size() - 1; depth++) {
                json.writeObjectFieldStart(next.get(depth));
            }
            path = next;
            json.writeFieldName(next.get(next.size() - 1));
            write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(element);
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString()); // texts, dates, instants, constants
        }
    }
}
