package io.mlconnector.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.SealedEntry;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry as a line of JSON, with the hash of its predecessor, so that it can be verified alone. There is one way to write
 * an entry, in ASCII alone, so a line that is written in another way was altered.
 */
record AuditLine(String previous, SealedEntry sealed) {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    String text() {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new IllegalStateException("a string writer does not fail", e);
        }
        return text.toString();
    }

    private void write(JsonGenerator json) throws IOException {
        AuditEntry entry = sealed.entry();
        Action action = entry.action();
        json.writeStartObject();
        json.writeNumberField("sequence", sealed.sequence());
        json.writeStringField("previous", previous);
        json.writeStringField("hash", sealed.hash());
        json.writeStringField("at", entry.at().toString());
        json.writeStringField("flow", entry.flow());
        json.writeStringField("run", entry.run());
        write(json, "source", entry.source());
        json.writeStringField("sourceVersion", entry.sourceVersion());
        write(json, "target", entry.target());
        json.writeStringField("action", action == null ? null : action.name());
        json.writeArrayFieldStart("changes");
        for (Map.Entry<String, String> change : entry.changes().entrySet()) {
            json.writeStartObject();
            json.writeStringField("field", change.getKey());
            json.writeStringField("rules", change.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("mapping", entry.mapping());
        json.writeNumberField("attempts", entry.attempts());
        json.writeStringField("outcome", entry.outcome().name());
        json.writeStringField("detail", entry.detail());
        json.writeStringField("requestId", entry.requestId());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, @Nullable RecordKey key) throws IOException {
        if (key == null) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeStringField("connection", key.connection());
        json.writeStringField("entity", key.entity());
        json.writeStringField("id", key.id());
        json.writeEndObject();
    }

    /**
     * Returns the entry of a line.
     *
     * @throws IllegalArgumentException if the line is none that {@link #text} writes
     */
    static AuditLine parse(String text) {
        AuditLine line;
        try {
            line = line(JSON.readTree(text));
        } catch (JsonProcessingException | DateTimeException e) {
            throw new IllegalArgumentException("it is no exported audit entry", e);
        }
        if (!line.text().equals(text)) {
            throw new IllegalArgumentException("it is not written as it was exported");
        }
        return line;
    }

    private static AuditLine line(JsonNode json) {
        String action = textOrNull(json, "action");
        var entry = new AuditEntry(
                text(json, "flow"),
                text(json, "run"),
                key(json.path("source")),
                textOrNull(json, "sourceVersion"),
                json.path("target").isNull() ? null : key(json.path("target")),
                action == null ? null : Action.valueOf(action),
                changes(json.path("changes")),
                text(json, "mapping"),
                json.path("attempts").intValue(),
                Outcome.valueOf(text(json, "outcome")),
                textOrNull(json, "detail"),
                textOrNull(json, "requestId"),
                Instant.parse(text(json, "at")));
        return new AuditLine(
                text(json, "previous"), new SealedEntry(json.path("sequence").longValue(), text(json, "hash"), entry));
    }

    private static RecordKey key(JsonNode json) {
        return new RecordKey(text(json, "connection"), text(json, "entity"), text(json, "id"));
    }

    private static Map<String, String> changes(JsonNode json) {
        var changes = new TreeMap<String, String>();
        json.forEach(change -> changes.put(text(change, "field"), text(change, "rules")));
        return changes;
    }

    private static String text(JsonNode json, String name) {
        String text = textOrNull(json, name);
        if (text == null) {
            throw new IllegalArgumentException("it lacks " + name);
        }
        return text;
    }

    private static @Nullable String textOrNull(JsonNode json, String name) {
        return json.path(name).textValue();
    }
}
