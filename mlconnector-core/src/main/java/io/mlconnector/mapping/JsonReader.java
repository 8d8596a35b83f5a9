package io.mlconnector.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pass over a JSON body, which fills the slots of a layout and skips everything else. For one thread, once. */
final class JsonReader {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(4 << 20)
                    .maxNumberLength(200)
                    .maxNameLength(1000)
                    .build())
            .build();

    /**
     * A row that an earlier pass could not read.
     *
     * @param end behind its last byte
     * @param rule the rule it breaks
     */
    record Unreadable(int end, String rule) {}

    private final byte[] text;
    private final byte[] body;
    private final JsonShape.@Nullable Pairs pairs;
    private final Map<Integer, Unreadable> unreadable;
    private final TextCache texts = new TextCache();
    private final Map<RowLayout.Level, MemberOrder> orders = new HashMap<>();
    private int rowStart = -1;
    private int listDepth;
    private boolean listsJoined;

    /**
     * Creates a reader.
     *
     * @param text the body with unreadable rows blanked out
     * @param body the body as it came
     * @param unreadable the unreadable rows, by the offset of their first byte
     */
    JsonReader(byte[] text, byte[] body, JsonShape shape, Map<Integer, Unreadable> unreadable) {
        this.text = text;
        this.body = body;
        this.pairs = shape.pairs();
        this.unreadable = unreadable;
    }

    /** Reads a body that is one object. */
    Row read(RowLayout layout) throws JsonProcessingException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedPageException("a JSON object is expected", null);
            }
            Row row = new Row(layout);
            members(parser, layout.root(), row);
            row.locate(body, 0, (int) parser.currentLocation().getByteOffset());
            if (parser.nextToken() != null) {
                throw new MalformedPageException("there is text behind the JSON object", null);
            }
            return row;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedPageException("the body cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns where the row begins that was being read when the pass broke; -1 if it was none. */
    int rowStart() {
        return rowStart;
    }

    private void members(JsonParser parser, RowLayout.Level level, Row row) throws IOException {
        MemberOrder order = orders.computeIfAbsent(level, MemberOrder::new);
        int place = 0;
        String name;
        while ((name = parser.nextFieldName()) != null) {
            RowLayout.Level child = order.child(place++, name);
            JsonToken token = parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else {
                member(parser, token, child, row);
            }
        }
    }

    private void member(JsonParser parser, JsonToken token, RowLayout.Level level, Row row) throws IOException {
        RowLayout list = level.list();
        if (list != null && token == JsonToken.START_ARRAY) {
            rows(parser, level.slot(), list, row);
            return;
        }
        if (level.hasChildren()) {
            if (token == JsonToken.START_OBJECT) {
                members(parser, level, row);
                return;
            }
            if (level.slot() < 0) {
                if (token == JsonToken.START_ARRAY && level.leadsToList()) {
                    objects(parser, level, row);
                    return;
                }
                if (token != JsonToken.VALUE_NULL) {
                    RowBuilder.outside(row, level);
                }
                parser.skipChildren();
                return;
            }
        }
        if (list != null && token != JsonToken.VALUE_NULL) {
            parser.skipChildren();
            row.put(level.slot(), Row.Kind.STRUCTURE, null);
        } else {
            value(parser, token, level, row);
        }
    }

    private void value(JsonParser parser, JsonToken token, RowLayout.Level level, Row row) throws IOException {
        int slot = level.slot();
        switch (token) {
            case VALUE_NULL -> row.put(slot, Row.Kind.NULL, null);
            case VALUE_STRING -> row.put(slot, Row.Kind.TEXT, texts.of(parser));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                row.put(slot, Row.Kind.NUMBER, level.decimal() ? texts.decimalOf(parser) : texts.of(parser));
            case VALUE_TRUE -> row.put(slot, Row.Kind.FLAG, "true");
            case VALUE_FALSE -> row.put(slot, Row.Kind.FLAG, "false");
            default -> {
                parser.skipChildren();
                row.put(slot, Row.Kind.STRUCTURE, null);
            }
        }
    }

    /** A list on the way to the list of rows: what its objects hold is read as if it were one. */
    private void objects(JsonParser parser, RowLayout.Level level, Row row) throws IOException {
        listsJoined = true;
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                members(parser, level, row);
            } else {
                parser.skipChildren();
                RowBuilder.outside(row, level);
            }
        }
        listsJoined = false;
    }

    private void rows(JsonParser parser, int slot, RowLayout layout, Row row) throws IOException {
        if (!listsJoined || row.kind(slot) != Row.Kind.LIST) {
            RowBuilder.beginList(row, slot);
        }
        listDepth++;
        int end = listDepth == 1 ? (int) parser.currentLocation().getByteOffset() : 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (listDepth == 1) {
                Row next = row(parser, layout, JsonSpan.start(text, end));
                end = next.end();
                row.append(slot, next);
            } else {
                row.append(slot, nestedRow(parser, layout));
            }
        }
        listDepth--;
    }

    private Row row(JsonParser parser, RowLayout layout, int start) throws IOException {
        Unreadable known = unreadable.get(start);
        rowStart = start;
        Row row = nestedRow(parser, layout);
        rowStart = -1;
        if (known == null) {
            row.locate(body, start, (int) parser.currentLocation().getByteOffset());
        } else {
            row.refuse(known.rule());
            row.locate(body, start, known.end());
        }
        return row;
    }

    /** A row within a row is a part of it: if it cannot be read, the row around it cannot. */
    private Row nestedRow(JsonParser parser, RowLayout layout) throws IOException {
        Row row = new Row(layout);
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            row.refuse("a row must be a JSON object");
            parser.skipChildren();
            parser.finishToken();
        } else if (pairs == null) {
            members(parser, layout.root(), row);
        } else {
            pairs(parser, layout.root(), row, pairs);
        }
        return row;
    }

    private void pairs(JsonParser parser, RowLayout.Level level, Row row, JsonShape.Pairs form) throws IOException {
        String member;
        while ((member = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            if (!member.equals(form.list()) || token != JsonToken.START_ARRAY) {
                parser.skipChildren();
                continue;
            }
            while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
                if (token == JsonToken.START_OBJECT) {
                    pair(parser, level, row, form);
                } else {
                    parser.skipChildren();
                    row.refuse("'" + form.list() + "' must be a list of objects with " + form.name() + " and "
                            + form.value());
                }
            }
        }
    }

    private void pair(JsonParser parser, RowLayout.Level level, Row row, JsonShape.Pairs form) throws IOException {
        RowLayout.Level field = null;
        Row.Kind kind = Row.Kind.NULL;
        String value = null;
        String member;
        while ((member = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            if (member.equals(form.name()) && token == JsonToken.VALUE_STRING) {
                field = level.child(texts.of(parser));
            } else if (member.equals(form.value()) && token.isScalarValue()) {
                kind = switch (token) {
                    case VALUE_NULL -> Row.Kind.NULL;
                    case VALUE_STRING -> Row.Kind.TEXT;
                    case VALUE_TRUE, VALUE_FALSE -> Row.Kind.FLAG;
                    default -> Row.Kind.NUMBER;
                };
                value = kind == Row.Kind.NULL ? null : texts.of(parser).stripTrailing();
            } else if (member.equals(form.value())) {
                parser.skipChildren();
                kind = Row.Kind.STRUCTURE;
            } else {
                parser.skipChildren();
            }
        }
        if (field != null && field.slot() >= 0) {
            row.put(field.slot(), kind, value);
        }
    }
}
