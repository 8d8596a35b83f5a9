package io.mlconnector.ifs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The id of a record: the value of its key; several values are joined by bars, with bars in values escaped. */
final class RecordIds {

    private RecordIds() {}

    static String join(List<String> values) {
        if (values.size() == 1) {
            return values.get(0);
        }
        return values.stream()
                .map(value -> value.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }

    /** The values again; fewer or more than {@code parts} if the id is none of ours. */
    static List<String> split(String id, int parts) {
        if (parts == 1) {
            return List.of(id);
        }
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
}
