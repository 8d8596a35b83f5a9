package io.mlconnector.stampli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes one text of texts that repeat: of short ones such as codes, wherever they stand, and of longer ones such as names if the
 * column had the same text last time. For one thread.
 */
final class TextMemory {

    private static final int SHORT = 8; // as many letters as a long has bytes
    private static final int LONGEST = 48;
    private static final int PLACES = 512;
    private static final int SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(PLACES);
    private static final long SPREAD = 0x9E3779B97F4A7C15L; // 2^64 divided by the golden ratio

    private final long[] shortLetters = new long[PLACES];
    private final @Nullable String[] shortTexts = new String[PLACES];
    private final char[] lastLetters;
    private final @Nullable String[] lastTexts;
    private final long[] lastShorts;

    TextMemory(int columns) {
        this.lastLetters = new char[columns * LONGEST];
        this.lastTexts = new String[columns];
        this.lastShorts = new long[columns];
    }

    String text(int column, char[] letters, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return new String(letters, from, length);
        }
        return length > SHORT ? lastText(column, letters, from, to) : shortText(column, letters, from, to);
    }

    private String shortText(int column, char[] letters, int from, int to) {
        long packed = 0;
        int all = 0;
        for (int at = from; at < to; at++) {
            packed = (packed << Byte.SIZE) | letters[at];
            all |= letters[at];
        }
        if (all > 0xFF) {
            return new String(letters, from, to - from);
        }
        String last = lastTexts[column];
        if (last != null && lastShorts[column] == packed && last.length() == to - from) {
            return last;
        }
        int place = (int) ((packed * SPREAD) >>> SHIFT);
        String text = shortTexts[place];
        if (text == null || shortLetters[place] != packed || text.length() != to - from) {
            text = new String(letters, from, to - from);
            shortTexts[place] = text;
            shortLetters[place] = packed;
        }
        lastTexts[column] = text;
        lastShorts[column] = packed;
        return text;
    }

    private String lastText(int column, char[] letters, int from, int to) {
        int length = to - from;
        int own = column * LONGEST;
        String text = lastTexts[column];
        if (text == null
                || text.length() != length
                || !Arrays.equals(lastLetters, own, own + length, letters, from, to)) {
            text = new String(letters, from, length);
            lastTexts[column] = text;
            System.arraycopy(letters, from, lastLetters, own, length);
        }
        return text;
    }
}
