package io.mlconnector.stampli;

import org.jspecify.annotations.Nullable;

/** Makes one text of short texts that repeat, such as currencies and accounts. A place for each hash. For one thread. */
final class TextMemory {

    private static final int LONGEST = 24;
    private static final int SIZE = 4096;

    private final @Nullable String[] known = new String[SIZE];

    String text(char[] letters, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return new String(letters, from, length);
        }
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + letters[at];
        }
        int place = (hash ^ (hash >>> 12) ^ (hash >>> 24)) & (SIZE - 1);
        String text = known[place];
        if (text == null || !same(text, letters, from, length)) {
            text = new String(letters, from, length);
            known[place] = text;
        }
        return text;
    }

    private static boolean same(String text, char[] letters, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (text.charAt(at) != letters[from + at]) {
                return false;
            }
        }
        return true;
    }
}
