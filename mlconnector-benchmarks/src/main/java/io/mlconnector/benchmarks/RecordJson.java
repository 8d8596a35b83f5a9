package io.mlconnector.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.BusinessRecord;
import java.io.IOException;
import java.time.LocalDate;

/** The JSON text of a record with its fields in alphabetical order, as Jackson's data binding writes it. */
final class RecordJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .addModule(new SimpleModule()
                    .addSerializer(LocalDate.class, new ToStringSerializer(LocalDate.class))
                    .addSerializer(new AttributesAsMap()))
            .build();

    private RecordJson() {}

    static byte[] of(BusinessRecord record) throws JsonProcessingException {
        return JSON.writeValueAsBytes(record);
    }

    private static final class AttributesAsMap extends StdSerializer<Attributes> {

        private static final long serialVersionUID = 1;

        private AttributesAsMap() {
            super(Attributes.class);
        }

        @Override
        public void serialize(Attributes attributes, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writePOJO(attributes.asMap());
        }
    }
}
