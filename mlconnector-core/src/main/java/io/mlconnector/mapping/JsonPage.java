package io.mlconnector.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of rows out of a JSON body, read in one pass: only the fields of the layout are materialised, everything else
 * is skipped. Depth, length of texts and length of numbers are bounded.
 */
public final class JsonPage {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(4 << 20)
                    .maxNumberLength(200)
                    .maxNameLength(1000)
                    .build())
            .build();

    private final List<Row> rows;
    private final Map<String, String> envelope;

    private JsonPage(List<Row> rows, Map<String, String> envelope) {
        this.rows = rows;
        this.envelope = envelope;
    }

    /**
     * Reads the rows of the list {@code field} of a JSON object.
     *
     * @param body the whole body, UTF-8
     * @param field name of the list, such as {@code value}
     * @param layout which fields of a row to read
     * @return the page
     * @throws MalformedPageException if the body is no JSON object with such a list
     */
    public static JsonPage read(byte[] body, String field, RowLayout layout) {
        var rows = new ArrayList<Row>();
        var envelope = new LinkedHashMap<String, String>();
        boolean found = false;
        try (JsonParser parser = JSON.createParser(body)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, "a JSON object is expected");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                require(token != null, "the body ends early");
                if (name.equals(field)) {
                    require(token == JsonToken.START_ARRAY && !found, "'" + field + "' must be one list");
                    found = true;
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        rows.add(row(parser, body, layout));
                    }
                } else if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    envelope.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            require(parser.nextToken() == null, "there is text behind the JSON object");
        } catch (IOException e) {
            throw new MalformedPageException("the body is not valid JSON: " + firstLine(e), e);
        }
        require(found, "the list '" + field + "' is missing");
        return new JsonPage(rows, envelope);
    }

    /**
     * Reads a JSON body that is itself one row.
     *
     * @param body the whole body, UTF-8
     * @param layout which fields of the row to read
     * @return the row
     * @throws MalformedPageException if the body is no JSON object
     */
    public static Row readRow(byte[] body, RowLayout layout) {
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            Row row = row(parser, body, layout);
            require(parser.nextToken() == null, "there is text behind the JSON object");
            return row;
        } catch (IOException e) {
            throw new MalformedPageException("the body is not valid JSON: " + firstLine(e), e);
        }
    }

    /**
     * Returns the rows, in the order of the page.
     *
     * @return the rows
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * Returns a single value that stands beside the list, such as a link to the next page.
     *
     * @param name the field's name
     * @return its text, if it is there and not null
     */
    public Optional<String> envelope(String name) {
        return Optional.ofNullable(envelope.get(name));
    }

    private static Row row(JsonParser parser, byte[] body, RowLayout layout) throws IOException {
        require(parser.currentToken() == JsonToken.START_OBJECT, "a row must be a JSON object");
        int start = (int) parser.currentTokenLocation().getByteOffset();
        Row row = new Row(layout);
        object(parser, layout.root(), row);
        row.locate(body, start, (int) parser.currentLocation().getByteOffset());
        return row;
    }

    private static void object(JsonParser parser, RowLayout.Node node, Row row) throws IOException {
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_OBJECT) {
            require(token == JsonToken.FIELD_NAME, "the body ends early");
            RowLayout.Node child = node.child(parser.currentName());
            token = parser.nextToken();
            if (child == null) {
                parser.skipChildren();
            } else if (token == JsonToken.START_OBJECT && child.hasChildren()) {
                object(parser, child, row);
            } else if (child.slot() >= 0) {
                value(parser, token, child.slot(), row);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void value(JsonParser parser, JsonToken token, int slot, Row row) throws IOException {
        switch (token) {
            case VALUE_STRING -> row.put(slot, Row.Kind.TEXT, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> row.put(slot, Row.Kind.NUMBER, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> row.put(slot, Row.Kind.FLAG, parser.getText());
            case VALUE_NULL -> row.put(slot, Row.Kind.NULL, null);
            default -> {
                parser.skipChildren();
                row.put(slot, Row.Kind.STRUCTURE, null);
            }
        }
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new MalformedPageException(rule, null);
        }
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
