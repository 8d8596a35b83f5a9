package io.mlconnector.stampli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one document, all their letters in one buffer: a column that repeats in every row becomes a text once, or not
 * at all. For one thread; the buffers are used again and again.
 */
final class RowGroup {

    private char[] letters = new char[8192];
    private int length;
    private int[] ends = new int[512];
    private int fields;
    private int[] firsts = new int[16];
    private long[] lines = new long[16];
    private int rows;

    void clear() {
        length = 0;
        fields = 0;
        rows = 0;
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

    void addField(char[] from, int offset, int count) {
        if (length + count > letters.length) {
            letters = Arrays.copyOf(letters, Math.max(letters.length * 2, length + count));
        }
        System.arraycopy(from, offset, letters, length, count);
        length += count;
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, fields * 2);
        }
        ends[fields++] = length;
    }

    int rows() {
        return rows;
    }

    /** Returns how many letters all rows have. */
    int size() {
        return length;
    }

    long line(int row) {
        return lines[row];
    }

    int width(int row) {
        return (row + 1 == rows ? fields : firsts[row + 1]) - firsts[row];
    }

    boolean isEmpty(int row, int column) {
        int field = firsts[row] + column;
        return column >= width(row) || ends[field] == start(field);
    }

    String text(int row, int column) {
        int field = firsts[row] + column;
        int start = start(field);
        return new String(letters, start, ends[field] - start);
    }

    /** Returns the text of a column; null if it is empty, or the row lacks it. */
    @Nullable String text(int row, int column, TextMemory memory) {
        int field = firsts[row] + column;
        int start = start(field);
        return column >= width(row) || ends[field] == start ? null : memory.text(column, letters, start, ends[field]);
    }

    /** Returns whether two rows have the same letters in a column; a column that a row lacks is the same as no other. */
    boolean same(int row, int other, int column) {
        if (column >= width(row) || column >= width(other)) {
            return false;
        }
        int field = firsts[row] + column;
        int otherField = firsts[other] + column;
        return Arrays.equals(letters, start(field), ends[field], letters, start(otherField), ends[otherField]);
    }

    /** Returns whether two rows have the same letters in each column from {@code first} until before {@code end}. */
    boolean same(int row, int other, int first, int end) {
        if (end > width(row) || end > width(other)) {
            return false;
        }
        int field = firsts[row] + first;
        int otherField = firsts[other] + first;
        int start = start(field);
        int otherStart = start(otherField);
        for (int at = 0; at < end - first; at++) {
            if (ends[field + at] - start != ends[otherField + at] - otherStart) {
                return false;
            }
        }
        int length = ends[field + end - first - 1] - start;
        return Arrays.equals(letters, start, start + length, letters, otherStart, otherStart + length);
    }

    boolean equals(int row, int column, String text) {
        int field = firsts[row] + column;
        if (column >= width(row) || ends[field] - start(field) != text.length()) {
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
        int start = start(first);
        other.beginRow(lines[row]);
        other.fields = fields - first;
        other.length = length - start;
        if (other.ends.length < other.fields) {
            other.ends = new int[ends.length];
        }
        if (other.letters.length < other.length) {
            other.letters = new char[letters.length];
        }
        for (int field = first; field < fields; field++) {
            other.ends[field - first] = ends[field] - start;
        }
        System.arraycopy(letters, start, other.letters, 0, other.length);
        removeLastRow();
    }

    void removeLastRow() {
        rows--;
        fields = firsts[rows];
        length = fields == 0 ? 0 : ends[fields - 1];
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
        for (int at = start; at < ends[field] && !quote; at++) {
            char letter = letters[at];
            quote = letter == separator || letter == '"' || letter == '\n' || letter == '\r';
        }
        if (!quote) {
            text.append(letters, start, ends[field] - start);
            return;
        }
        String value = new String(letters, start, ends[field] - start);
        text.append('"').append(value.replace("\"", "\"\"")).append('"');
    }

    private int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }
}
