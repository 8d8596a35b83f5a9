package io.mlconnector.stampli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes one text of short texts that repeat, such as currencies and accounts. A place for each hash. For one thread. */
final class TextMemory {

    private static final int LONGEST = 24;
    private static final int SIZE = 1024;

    private final @Nullable String[] known = new String[SIZE];
    private final char[] knownLetters = new char[SIZE * LONGEST];

    String text(char[] letters, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return new String(letters, from, length);
        }
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + letters[at];
        }
        int place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SIZE - 1);
        int start = place * LONGEST;
        String text = known[place];
        if (text == null
                || text.length() != length
                || !Arrays.equals(knownLetters, start, start + length, letters, from, to)) {
            text = new String(letters, from, length);
            known[place] = text;
            System.arraycopy(letters, from, knownLetters, start, length);
        }
        return text;
    }
}
