package io.mlconnector.stampli;

import java.util.ArrayList;
import java.util.List;

/** Several texts in one, for positions and notes. */
final class Fields {

    private static final char SEPARATOR = '\t';

    private Fields() {}

    static String join(Object... fields) {
        var text = new StringBuilder();
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                text.append(SEPARATOR);
            }
            text.append(String.valueOf(fields[i])
                    .replace("\\", "\\\\")
                    .replace("\t", "\\t")
                    .replace("\n", "\\n"));
        }
        return text.toString();
    }

    static List<String> split(String text) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == SEPARATOR) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (letter == '\\' && at + 1 < text.length()) {
                char escaped = text.charAt(++at);
                field.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
            } else {
                field.append(letter);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
