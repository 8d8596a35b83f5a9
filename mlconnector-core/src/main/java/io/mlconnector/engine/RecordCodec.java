package io.mlconnector.engine;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.BusinessRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.function.Function;

/** Writes canonical records as JSON for the ledger, and reads them back. Safe for threads. */
final class RecordCodec {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(BigDecimal.class, new PlainDecimals())
                    .addSerializer(Attributes.class, new PlainAttributes())
                    .addDeserializer(Instant.class, parsed(Instant::parse))
                    .addDeserializer(LocalDate.class, parsed(LocalDate::parse))
                    .addDeserializer(BigDecimal.class, parsed(BigDecimal::new))
                    .addDeserializer(Attributes.class, new ParsedAttributes()))
            .build();

    private RecordCodec() {}

    static String encode(BusinessRecord record) {
        return write(record);
    }

    /** Returns the record that {@link #encode} wrote; fields that its class no longer has are left out. */
    static <T extends BusinessRecord> T decode(String payload, Class<T> type) {
        return read(payload, type);
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cannot encode a " + value.getClass().getSimpleName(), e);
        }
    }

    static <R> R read(String json, Class<R> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a stored " + type.getSimpleName() + " cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static <V> JsonDeserializer<V> parsed(Function<String, V> parser) {
        return new JsonDeserializer<>() {
            @Override
            public V deserialize(JsonParser json, DeserializationContext context) throws IOException {
                return parser.apply(json.getText());
            }
        };
    }

    private static final class PlainDecimals extends StdSerializer<BigDecimal> {

        private static final long serialVersionUID = 1L;

        PlainDecimals() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toPlainString());
        }
    }

    private static final class PlainAttributes extends StdSerializer<Attributes> {

        private static final long serialVersionUID = 1L;

        PlainAttributes() {
            super(Attributes.class);
        }

        @Override
        public void serialize(Attributes value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writePOJO(value.asMap());
        }
    }

    private static final class ParsedAttributes extends JsonDeserializer<Attributes> {

        @Override
        public Attributes deserialize(JsonParser json, DeserializationContext context) throws IOException {
            var map = new LinkedHashMap<String, String>();
            context.readTree(json)
                    .properties()
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
            return Attributes.of(map);
        }
    }
}
