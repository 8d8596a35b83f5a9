package io.mlconnector.testkit.ifs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Renders rows and pages of one request. */
final class RowJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final EntitySetDefinition definition;
    private final String serviceUrl;
    private final Optional<List<Column>> select;
    private final boolean numbersAsText;

    RowJson(EntitySetDefinition definition, String serviceUrl, Optional<List<Column>> select, boolean numbersAsText) {
        this.definition = definition;
        this.serviceUrl = serviceUrl;
        this.select = select;
        this.numbersAsText = numbersAsText;
    }

    Reply entity(int status, StoredRow stored) {
        Reply reply = render(status, json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", context() + "/$entity");
            writeColumns(json, stored);
            json.writeEndObject();
        });
        return reply.with("ETag", stored.etag());
    }

    Reply page(List<StoredRow> rows, Optional<Long> count, Optional<String> nextLink) {
        return render(200, json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", context());
            if (count.isPresent()) {
                json.writeNumberField("@odata.count", count.get());
            }
            json.writeArrayFieldStart("value");
            for (StoredRow row : rows) {
                json.writeStartObject();
                writeColumns(json, row);
                json.writeEndObject();
            }
            json.writeEndArray();
            if (nextLink.isPresent()) {
                json.writeStringField("@odata.nextLink", nextLink.get());
            }
            json.writeEndObject();
        });
    }

    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private Reply render(int status, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String contentType = numbersAsText ? Reply.JSON + ";IEEE754Compatible=true" : Reply.JSON;
        return Reply.of(status, contentType, bytes.toByteArray()).with("OData-Version", "4.0");
    }

    private String context() {
        String columns = select.map(chosen ->
                        "(" + String.join(",", chosen.stream().map(Column::name).toList()) + ")")
                .orElse("");
        return serviceUrl + "/$metadata#" + definition.name() + columns;
    }

    private void writeColumns(JsonGenerator json, StoredRow stored) throws IOException {
        json.writeStringField("@odata.etag", stored.etag());
        if (select.isEmpty()) {
            json.writeStringField("luname", definition.luname());
            json.writeStringField("keyref", definition.keyReference(stored.key()));
            json.writeNullField("Objgrants");
        }
        for (Column column : definition.columns()) {
            boolean shown = column.isKey() || select.isEmpty() || select.get().contains(column);
            if (shown) {
                writeColumn(json, column, stored.row());
            }
        }
    }

    private void writeColumn(JsonGenerator json, Column column, IfsRow row) throws IOException {
        json.writeFieldName(column.name());
        Object value = row.value(column.name());
        if (value == null) {
            json.writeNull();
        } else {
            EdmValues.writeJson(json, column.type(), value, numbersAsText);
        }
    }
}
