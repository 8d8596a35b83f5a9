package io.mlconnector.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of rows out of a JSON body, read in one pass: only the fields of the layout are materialised, everything else
 * is skipped. Depth, length of texts and length of numbers are bounded. A row that breaks these bounds or the rules of JSON
 * is delivered as a row with a {@linkplain Row#fault() fault}, and the others are read.
 */
public final class JsonPage {

    /** Each unreadable row costs another pass over the page. */
    private static final int MOST_UNREADABLE_ROWS = 100;

    private final Row page;
    private final int list;

    private JsonPage(Row page, int list) {
        this.page = page;
        this.list = list;
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
        return read(body, JsonShape.of(field), layout);
    }

    /**
     * Reads the rows of a page.
     *
     * @param body the whole body, UTF-8
     * @param shape where the page keeps its rows, and what else of it to read
     * @param layout which fields of a row to read
     * @return the page
     * @throws MalformedPageException if the body is no JSON object with such a list
     */
    public static JsonPage read(byte[] body, JsonShape shape, RowLayout layout) {
        RowLayout envelope = RowLayout.of(shape.envelope(), Map.of(shape.list(), layout));
        Row page = read(withoutMark(body), envelope, shape, new HashMap<>());
        int list = envelope.slot(shape.list());
        switch (page.kind(list)) {
            case LIST -> {}
            case ABSENT -> throw new MalformedPageException("the list '" + shape.list() + "' is missing", null);
            default -> throw new MalformedPageException("'" + shape.list() + "' must be one list", null);
        }
        return new JsonPage(page, list);
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
        return read(withoutMark(body), layout, JsonShape.of(""), new HashMap<>());
    }

    private static Row read(byte[] body, RowLayout layout, JsonShape shape, Map<Integer, JsonReader.Unreadable> rows) {
        byte[] text = body;
        while (true) {
            JsonReader reader = new JsonReader(text, body, shape, rows);
            try {
                return reader.read(layout);
            } catch (JsonProcessingException e) {
                int start = reader.rowStart();
                int end = start < 0 ? -1 : JsonSpan.end(text, start);
                if (end < 0 || rows.size() == MOST_UNREADABLE_ROWS) {
                    throw new MalformedPageException("the body is not valid JSON: " + e.getOriginalMessage(), e);
                }
                rows.put(start, new JsonReader.Unreadable(end, "is not valid JSON: " + e.getOriginalMessage()));
                text = text == body ? body.clone() : text;
                JsonSpan.blank(text, start, end);
            }
        }
    }

    private static byte[] withoutMark(byte[] body) {
        boolean marked = body.length > 2 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
    }

    /**
     * Returns the rows, in the order of the page.
     *
     * @return the rows
     */
    public List<Row> rows() {
        return page.rows(list);
    }

    /**
     * Returns a single value that stands beside the list, such as a link to the next page.
     *
     * @param path a path that the shape names
     * @return its text, if it is there and not null
     * @throws IllegalArgumentException if the shape does not name it
     */
    public Optional<String> envelope(String path) {
        return Optional.ofNullable(page.text(path));
    }
}
