package io.mlconnector.mapping;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes one text of the short texts that repeat in a page, such as companies, currencies and states. A place for each hash;
 * the last text of a hash stays. For one thread.
 */
final class TextCache {

    private static final int LONGEST = 24;
    private static final int SIZE = 1024;

    private final @Nullable String[] known = new String[SIZE];
    private final char[] knownLetters = new char[SIZE * LONGEST];

    /** Returns the decimal of the current token if it stands for its text; else the text. */
    Object decimalOf(JsonParser parser) throws IOException {
        BigDecimal decimal =
                Lexemes.plainDecimal(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        return decimal == null ? of(parser) : decimal;
    }

    /** Returns the text of the current token. */
    String of(JsonParser parser) throws IOException {
        int length = parser.getTextLength();
        char[] letters = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        if (length > LONGEST) {
            return new String(letters, offset, length);
        }
        int hash = 0;
        for (int at = offset; at < offset + length; at++) {
            hash = 31 * hash + letters[at];
        }
        int place = (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (SIZE - 1);
        int start = place * LONGEST;
        String text = known[place];
        if (text == null
                || text.length() != length
                || !Arrays.equals(knownLetters, start, start + length, letters, offset, offset + length)) {
            text = new String(letters, offset, length);
            known[place] = text;
            System.arraycopy(letters, offset, knownLetters, start, length);
        }
        return text;
    }
}
