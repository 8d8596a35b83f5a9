package io.mlconnector.stampli;

import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowBuilder;
import java.util.Arrays;

/**
 * The rows of one document, all their letters in one buffer: a column that repeats in every row becomes a text once, or not
 * at all. For one thread; the buffers are used again and again.
 *
 * <p>Letters are taken from the parser's buffer many at a time and ahead of the fields, with what stands between these: to
 * copy each field by itself costs as much as to find it.
 */
final class RowGroup {

    private static final int AHEAD = 512;
    private static final char[] NOTHING = {};

    private char[] letters = new char[8192];
    private int length;

    /** Where each field begins and ends. */
    private int[] bounds = new int[1024];

    private int fields;
    private int[] firsts = new int[16];
    private long[] lines = new long[16];
    private int rows;

    /** What was taken last: these letters, as they were after so many reads, until {@code takenEnd}, stand here {@code shift} further on. */
    private char[] taken = NOTHING;

    private int takenReads;
    private int takenEnd;
    private int shift;

    void clear() {
        length = 0;
        fields = 0;
        rows = 0;
        taken = NOTHING;
    }

    void beginRow(long line) {
        if (rows == lines.length) {
            lines = Arrays.copyOf(lines, rows * 2);
            firsts = Arrays.copyOf(firsts, rows * 2);
        }
        lines[rows] = line;
        firsts[rows] = fields;
        rows++;
    }

    /**
     * Adds a field to the last row.
     *
     * @param from the parser's buffer
     * @param offset where the field begins
     * @param count its letters
     * @param quoted whether the parser may have changed its letters since the field before
     * @param reads how often the buffer was filled; no other field that is still to come changes without that
     */
    void addField(char[] from, int offset, int count, boolean quoted, int reads) {
        if (from != taken || reads != takenReads || offset + shift < length) {
            takeFrom(from, offset, reads);
        }
        int end = offset + count;
        if (end > takenEnd) {
            takeUntil(Math.min(end + AHEAD, from.length));
        }
        if (quoted) {
            System.arraycopy(from, offset, letters, offset + shift, count);
        }
        length = end + shift;
        int bound = fields++ * 2;
        if (bound == bounds.length) {
            bounds = Arrays.copyOf(bounds, bound * 2);
        }
        bounds[bound] = offset + shift;
        bounds[bound + 1] = length;
    }

    private void takeFrom(char[] from, int offset, int reads) {
        taken = from;
        takenReads = reads;
        takenEnd = offset;
        shift = length - offset;
    }

    private void takeUntil(int end) {
        if (end + shift > letters.length) {
            letters = Arrays.copyOf(letters, Math.max(letters.length * 2, end + shift));
        }
        System.arraycopy(taken, takenEnd, letters, takenEnd + shift, end - takenEnd);
        takenEnd = end;
    }

    int rows() {
        return rows;
    }

    /** Returns how many letters the last row takes, those between its fields included. */
    int sizeOfLastRow() {
        int first = firsts[rows - 1];
        return first == fields ? 0 : length - start(first);
    }

    long line(int row) {
        return lines[row];
    }

    int width(int row) {
        return (row + 1 == rows ? fields : firsts[row + 1]) - firsts[row];
    }

    boolean isEmpty(int row, int column) {
        int field = firsts[row] + column;
        return column >= width(row) || end(field) == start(field);
    }

    String text(int row, int column) {
        int field = firsts[row] + column;
        int start = start(field);
        return new String(letters, start, end(field) - start);
    }

    /** Puts texts of a row into slots, as {@code places} says: column, slot, column, ...; what is empty stays absent. */
    void fill(int row, int[] places, TextMemory memory, RowBuilder builder) {
        int first = firsts[row];
        int width = width(row);
        for (int place = 0; place < places.length; place += 2) {
            int column = places[place];
            if (column < width) {
                int start = bounds[2 * (first + column)];
                int end = bounds[2 * (first + column) + 1];
                if (start < end) {
                    builder.put(places[place + 1], Row.Kind.TEXT, memory.text(column, letters, start, end));
                }
            }
        }
    }

    /** Returns whether two rows have the same letters in a column; a column that a row lacks is the same as no other. */
    boolean same(int row, int other, int column) {
        if (column >= width(row) || column >= width(other)) {
            return false;
        }
        int field = firsts[row] + column;
        int otherField = firsts[other] + column;
        return Arrays.equals(letters, start(field), end(field), letters, start(otherField), end(otherField));
    }

    /**
     * Returns whether two rows have the same letters in each column from {@code first} until before {@code end}, and between
     * them: {@code a,b} is not the same as {@code "a",b}.
     */
    boolean same(int row, int other, int first, int end) {
        if (end > width(row) || end > width(other)) {
            return false;
        }
        int bound = 2 * (firsts[row] + first);
        int otherBound = 2 * (firsts[other] + first);
        int start = bounds[bound];
        int otherStart = bounds[otherBound];
        int count = 2 * (end - first);
        for (int at = 1; at < count; at++) {
            if (bounds[bound + at] - start != bounds[otherBound + at] - otherStart) {
                return false;
            }
        }
        int letterCount = bounds[bound + count - 1] - start;
        return Arrays.equals(letters, start, start + letterCount, letters, otherStart, otherStart + letterCount);
    }

    boolean equals(int row, int column, String text) {
        int field = firsts[row] + column;
        if (column >= width(row) || end(field) - start(field) != text.length()) {
            return false;
        }
        int at = start(field);
        for (int i = 0; i < text.length(); i++) {
            if (letters[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the last row away and makes it the only one of another group. */
    void moveLastRowTo(RowGroup other) {
        other.clear();
        int row = rows - 1;
        int first = firsts[row];
        int size = sizeOfLastRow();
        other.beginRow(lines[row]);
        other.fields = fields - first;
        other.length = size;
        if (other.bounds.length < 2 * other.fields) {
            other.bounds = new int[bounds.length];
        }
        if (other.letters.length < size) {
            other.letters = new char[letters.length];
        }
        if (first < fields) {
            int start = start(first);
            for (int bound = 2 * first; bound < 2 * fields; bound++) {
                other.bounds[bound - 2 * first] = bounds[bound] - start;
            }
            System.arraycopy(letters, start, other.letters, 0, size);
        }
        removeLastRow();
    }

    void removeLastRow() {
        rows--;
        fields = firsts[rows];
        length = fields == 0 ? 0 : end(fields - 1);
    }

    /** Returns the rows as CSV, for a person to look at. */
    String csv(char separator) {
        var text = new StringBuilder(length + fields * 2);
        for (int row = 0; row < rows; row++) {
            int width = width(row);
            for (int column = 0; column < width; column++) {
                if (column > 0) {
                    text.append(separator);
                }
                appendQuoted(text, firsts[row] + column, separator);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private void appendQuoted(StringBuilder text, int field, char separator) {
        int start = start(field);
        boolean quote = false;
        for (int at = start; at < end(field) && !quote; at++) {
            char letter = letters[at];
            quote = letter == separator || letter == '"' || letter == '\n' || letter == '\r';
        }
        if (!quote) {
            text.append(letters, start, end(field) - start);
            return;
        }
        String value = new String(letters, start, end(field) - start);
        text.append('"').append(value.replace("\"", "\"\"")).append('"');
    }

    private int start(int field) {
        return bounds[2 * field];
    }

    private int end(int field) {
        return bounds[2 * field + 1];
    }
}
