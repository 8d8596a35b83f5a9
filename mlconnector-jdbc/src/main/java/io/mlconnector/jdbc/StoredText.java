package io.mlconnector.jdbc;

/**
 * Text as a database can hold it. PostgreSQL refuses NUL, and UTF-8 has no half of a surrogate pair; both are written as
 * an escape, so that every Java string comes back as it was.
 */
final class StoredText {

    private static final char ESCAPE = '\u0010';

    private StoredText() {}

    static String encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (needsEscape(text, i)) {
                return escaped(text);
            }
            if (Character.isHighSurrogate(text.charAt(i))) {
                i++;
            }
        }
        return text;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (needsEscape(text, i)) {
                escaped.append(ESCAPE).append(String.format("%04x", (int) c));
            } else {
                escaped.append(c);
                if (Character.isHighSurrogate(c)) {
                    escaped.append(text.charAt(++i));
                }
            }
        }
        return escaped.toString();
    }

    /** The index is never that of the second half of a pair. */
    private static boolean needsEscape(String text, int index) {
        char c = text.charAt(index);
        if (c == 0 || c == ESCAPE) {
            return true;
        }
        if (!Character.isSurrogate(c)) {
            return false;
        }
        boolean pair = Character.isHighSurrogate(c)
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
        return !pair;
    }

    static String decode(String text) {
        int escape = text.indexOf(ESCAPE);
        if (escape < 0) {
            return text;
        }
        var decoded = new StringBuilder(text.length());
        int from = 0;
        while (escape >= 0) {
            if (escape + 5 > text.length()) {
                throw new IllegalArgumentException("a stored text ends within an escape");
            }
            decoded.append(text, from, escape)
                    .append((char) Integer.parseInt(text.substring(escape + 1, escape + 5), 16));
            from = escape + 5;
            escape = text.indexOf(ESCAPE, from);
        }
        return decoded.append(text, from, text.length()).toString();
    }
}
