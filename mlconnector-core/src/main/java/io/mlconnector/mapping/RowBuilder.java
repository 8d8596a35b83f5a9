package io.mlconnector.mapping;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Fills rows, whatever format they come in. A decoder walks its input beside the {@linkplain RowLayout#root() levels of the
 * layout} and puts what it finds; a field that is put twice, or in the wrong place, is reported by the rule that needs it.
 * For one thread; {@link #build} begins the next row.
 */
public final class RowBuilder {

    private static final int LINES = 4;

    private final RowLayout layout;
    private Row row;

    /**
     * Creates a builder.
     *
     * @param layout of all rows to come
     */
    public RowBuilder(RowLayout layout) {
        this.layout = requireNonNull(layout, "layout");
        this.row = new Row(layout);
    }

    /**
     * Puts a single value.
     *
     * @param slot from 0
     * @param kind what it is
     * @param text the text as written and unescaped; null for kinds that have none
     * @return this builder
     */
    public RowBuilder put(int slot, Row.Kind kind, @Nullable String text) {
        row.put(slot, kind, text);
        return this;
    }

    /**
     * Puts a text, for formats that write all values as texts: rules convert it as they convert a JSON text.
     *
     * @param slot from 0
     * @param text the text as written and unescaped; null where the field has no value
     * @return this builder
     */
    public RowBuilder put(int slot, @Nullable String text) {
        return put(slot, text == null ? Row.Kind.NULL : Row.Kind.TEXT, text);
    }

    /**
     * Begins a list of rows, which may stay empty.
     *
     * @param slot a slot whose level has a list
     * @return this builder
     */
    public RowBuilder beginList(int slot) {
        beginList(row, slot);
        return this;
    }

    /**
     * Appends a row to a list, which begins with its first row if it was not begun before.
     *
     * @param slot the list's slot
     * @param nested the row
     * @return this builder
     */
    public RowBuilder append(int slot, Row nested) {
        append(row, slot, requireNonNull(nested, "nested"));
        return this;
    }

    /**
     * Says that something else stands where an object is expected.
     *
     * @param level the level of the object
     * @return this builder
     */
    public RowBuilder noObject(RowLayout.Level level) {
        outside(row, level);
        return this;
    }

    /**
     * Says that the row cannot be read as a whole.
     *
     * @param rule the rule that it breaks
     * @return this builder
     */
    public RowBuilder refuse(String rule) {
        row.refuse(requireNonNull(rule, "rule"));
        return this;
    }

    /**
     * Says where the text of the row stands, for a person to look at if the row cannot become a record.
     *
     * @param page UTF-8
     * @param start the row's first byte
     * @param end behind its last byte
     * @return this builder
     */
    public RowBuilder raw(byte[] page, int start, int end) {
        row.locate(page, start, end);
        return this;
    }

    /**
     * Gives the text of the row, for a person to look at if the row cannot become a record.
     *
     * @param text the row as it came
     * @return this builder
     */
    public RowBuilder raw(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return raw(bytes, 0, bytes.length);
    }

    /**
     * Returns the row, and begins the next one.
     *
     * @return the row
     */
    public Row build() {
        Row built = row;
        row = new Row(layout);
        return built;
    }

    static void beginList(Row row, int slot) {
        row.put(slot, Row.Kind.LIST, new ArrayList<Row>(LINES));
    }

    static void append(Row row, int slot, Row nested) {
        if (row.kind(slot) == Row.Kind.ABSENT) {
            beginList(row, slot);
        }
        row.append(slot, nested);
    }

    static void outside(Row row, RowLayout.Level level) {
        for (RowLayout.Level child : level.children()) {
            if (child.slot() >= 0) {
                row.put(child.slot(), Row.Kind.OUTSIDE, null);
            }
            outside(row, child);
        }
    }
}
