package io.mlconnector.syspro;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The id of a record: the values of its key as SYSPRO stores them, joined by bars; bars in values are escaped. */
final class RecordIds {

    private RecordIds() {}

    static String join(List<String> values) {
        return values.stream()
                .map(value -> value.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }

    /** The values again. */
    static List<String> split(String id) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        for (int at = 0; at < id.length(); at++) {
            char letter = id.charAt(at);
            if (letter == '|') {
                values.add(value.toString());
                value.setLength(0);
            } else {
                boolean escape = letter == '\\' && at + 1 < id.length();
                value.append(escape ? id.charAt(++at) : letter);
            }
        }
        values.add(value.toString());
        return values;
    }

    /** A key as screens and business objects show it: SYSPRO stores numeric keys padded with zeros. */
    static String shown(String key) {
        return key.matches("0+[0-9]+") ? key.replaceFirst("^0+(?=.)", "") : key;
    }
}
