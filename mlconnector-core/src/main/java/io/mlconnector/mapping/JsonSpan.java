package io.mlconnector.mapping;

import java.util.Arrays;

/** The span of a JSON object in a body, found by its braces alone, because its content cannot be read. */
final class JsonSpan {

    private JsonSpan() {}

    /** Returns the offset of the value behind blanks and a comma. */
    static int start(byte[] body, int from) {
        int at = from;
        while (at < body.length && (body[at] == ',' || body[at] == ' ' || (body[at] >= '\t' && body[at] <= '\r'))) {
            at++;
        }
        return at;
    }

    /** Returns the offset behind the object that begins at {@code start}; -1 if the body ends before it does. */
    static int end(byte[] body, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int at = start; at < body.length; at++) {
            byte letter = body[at];
            if (quoted) {
                if (letter == '\\') {
                    at++;
                } else if (letter == '"') {
                    quoted = false;
                }
            } else if (letter == '"') {
                quoted = true;
            } else if (letter == '{' || letter == '[') {
                depth++;
            } else if (letter == '}' || letter == ']') {
                depth--;
                if (depth == 0) {
                    return at + 1;
                }
            }
        }
        return -1;
    }

    /** Writes a number and blanks over a span, so that nothing behind it moves. */
    static void blank(byte[] body, int start, int end) {
        Arrays.fill(body, start, end, (byte) ' ');
        body[start] = '0';
    }
}
