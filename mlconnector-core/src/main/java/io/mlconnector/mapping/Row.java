package io.mlconnector.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A wire row: the text of each field of its layout, unconverted until a rule needs the value. Valid as long as the page
 * it came from; for one thread.
 */
public final class Row {

    /** What a slot holds. */
    public enum Kind {
        /** The field was not there. */
        ABSENT,
        /** The field was null. */
        NULL,
        /** A text. */
        TEXT,
        /** A number, as written. */
        NUMBER,
        /** {@code true} or {@code false}. */
        FLAG,
        /** An object or a list where a single value is expected. */
        STRUCTURE,
        /** The field was there twice. */
        DOUBLE
    }

    private final RowLayout layout;
    private final @Nullable String[] texts;
    private final Kind[] kinds;
    private byte[] page = new byte[0];
    private int start;
    private int end;

    Row(RowLayout layout) {
        this.layout = layout;
        this.texts = new String[layout.size()];
        this.kinds = new Kind[layout.size()];
        Arrays.fill(kinds, Kind.ABSENT);
    }

    /**
     * Returns a row made of texts, for formats other than JSON.
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

    void put(int slot, Kind kind, @Nullable String text) {
        kinds[slot] = kinds[slot] == Kind.ABSENT ? kind : Kind.DOUBLE;
        texts[slot] = text;
    }

    void locate(byte[] page, int start, int end) {
        this.page = page;
        this.start = start;
        this.end = end;
    }

    /**
     * Returns what a slot holds.
     *
     * @param slot from 0
     * @return the kind
     */
    public Kind kind(int slot) {
        return kinds[slot];
    }

    /**
     * Returns the text of a slot, as written on the wire and unescaped.
     *
     * @param slot from 0
     * @return the text; null where there is none
     */
    public @Nullable String text(int slot) {
        return texts[slot];
    }

    /**
     * Returns the text of a field by its path. Looks the path up each time; rules use slots.
     *
     * @param path a path of the layout
     * @return the text; null where there is none
     */
    public @Nullable String text(String path) {
        return texts[layout.slot(path)];
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
            String value = text(path);
            text.append(
                    value == null ? "null" : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return text.append('}').toString();
    }
}
