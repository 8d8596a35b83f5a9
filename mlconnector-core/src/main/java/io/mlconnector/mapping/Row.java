package io.mlconnector.mapping;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wire row: the text of each field of its layout, unconverted until a rule needs the value. Valid as long as the page
 * it came from; for one thread.
 */
public final class Row {

    /** What a slot holds. */
    public enum Kind {
        /** The field was not there. */
        ABSENT(0),
        /** The field was null. */
        NULL(1),
        /** A text. */
        TEXT(2),
        /** A number, as written. */
        NUMBER(3),
        /** {@code true} or {@code false}. */
        FLAG(4),
        /** A list of rows. */
        LIST(5),
        /** An object or a list where a single value is expected, or a value that is no list of rows where one is. */
        STRUCTURE(6),
        /** Not there, because something else stands where the object around it is expected. */
        OUTSIDE(7),
        /** The field was there twice. */
        DOUBLE(8);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    private static final Kind[] KINDS = new Kind[9];

    static {
        for (Kind kind : Kind.values()) {
            KINDS[kind.code] = kind;
        }
    }

    private static final byte[] NOTHING = new byte[0];

    private final RowLayout layout;
    private final @Nullable Object[] values;
    private final byte[] kinds; // codes, because a row has many slots and a page many rows
    private byte[] page = NOTHING;
    private int start;
    private int end;
    private @Nullable String fault;

    Row(RowLayout layout) {
        this.layout = layout;
        this.values = new Object[layout.size()];
        this.kinds = new byte[layout.size()];
    }

    /**
     * Returns a row made of texts, for formats whose fields come in a fixed order.
     *
     * @param layout the layout
     * @param texts a text per slot, null where the field is empty
     * @return the row
     */
    public static Row ofTexts(RowLayout layout, @Nullable String[] texts) {
        Row row = new Row(layout);
        for (int slot = 0; slot < layout.size(); slot++) {
            String text = slot < texts.length ? texts[slot] : null;
            row.put(slot, text == null ? Kind.NULL : Kind.TEXT, text);
        }
        return row;
    }

    void put(int slot, Kind kind, @Nullable Object value) {
        kinds[slot] = kinds[slot] == Kind.ABSENT.code ? kind.code : Kind.DOUBLE.code;
        values[slot] = value;
    }

    /** Appends to the list of a slot that {@link Kind#LIST} was put into. */
    @SuppressWarnings("unchecked") // what was put with the kind
    void append(int slot, Row nested) {
        Object list = values[slot];
        if (list instanceof ArrayList<?>) {
            ((ArrayList<Row>) list).add(nested);
        }
    }

    void locate(byte[] text, int from, int to) {
        page = text;
        start = from;
        end = to;
    }

    /** Returns where the row ends in its page. */
    int end() {
        return end;
    }

    void refuse(String rule) {
        fault = rule;
    }

    /**
     * Returns what a slot holds.
     *
     * @param slot from 0
     * @return the kind
     */
    public Kind kind(int slot) {
        return KINDS[kinds[slot]];
    }

    boolean isAbsent(int slot) {
        return kinds[slot] == Kind.ABSENT.code;
    }

    /**
     * Returns the text of a slot, as written on the wire and unescaped.
     *
     * @param slot from 0
     * @return the text; null where there is none
     */
    public @Nullable String text(int slot) {
        Object value = values[slot];
        if (value instanceof String text) {
            return text;
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : null;
    }

    /** Returns the text of a slot whose kind is {@link Kind#TEXT}; null if it is of another kind. */
    @Nullable String plainText(int slot) {
        return kinds[slot] == Kind.TEXT.code && values[slot] instanceof String text ? text : null;
    }

    /** Returns the number of a slot that the decoder has read as one; null if there is none, or only its text. */
    @Nullable BigDecimal decimal(int slot) {
        return values[slot] instanceof BigDecimal decimal && kinds[slot] == Kind.NUMBER.code ? decimal : null;
    }

    /**
     * Returns the text of a field by its path. Looks the path up each time; rules use slots.
     *
     * @param path a path of the layout
     * @return the text; null where there is none
     */
    public @Nullable String text(String path) {
        return text(layout.slot(path));
    }

    /**
     * Returns the rows of a list.
     *
     * @param slot from 0
     * @return the rows in order; empty where there is no list
     */
    @SuppressWarnings("unchecked") // lists hold rows alone
    public List<Row> rows(int slot) {
        return values[slot] instanceof List<?> list ? (List<Row>) list : List.of();
    }

    /**
     * Returns why the row could not be read as a whole: it is no object, or its text breaks the rules of its format. None
     * of its fields can be relied on then.
     *
     * @return the rule it breaks; null if it could be read
     */
    public @Nullable String fault() {
        return fault;
    }

    /**
     * Returns the layout.
     *
     * @return the layout
     */
    public RowLayout layout() {
        return layout;
    }

    /**
     * Returns the whole row as it stood in its page, unread fields included.
     *
     * @return the row's text
     */
    public String raw() {
        if (end > start) {
            return new String(page, start, end - start, StandardCharsets.UTF_8);
        }
        var text = new StringBuilder("{");
        for (String path : layout.paths()) {
            text.append(text.length() == 1 ? "" : ",").append('"').append(path).append("\":");
            int slot = layout.slot(path);
            String value = text(slot);
            if (kind(slot) == Kind.LIST) {
                text.append(rows(slot).stream().map(Row::raw).toList());
            } else {
                text.append(
                        value == null
                                ? "null"
                                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
            }
        }
        return text.append('}').toString();
    }
}
