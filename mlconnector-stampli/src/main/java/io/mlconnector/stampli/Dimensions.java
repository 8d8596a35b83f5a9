package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Row;
import java.util.LinkedHashMap;
import java.util.Map;

/** Accounting dimensions with names of the user's own, put into one slot of a row. */
final class Dimensions {

    private static final char END = '\u001e';
    private static final char IS = '\u001f';

    static final Conversion<Map<String, String>> CONVERSION = new Conversion<>() {
        @Override
        public String name() {
            return "dimensions";
        }

        @Override
        public Map<String, String> convert(String text, Row.Kind kind) {
            var dimensions = new LinkedHashMap<String, String>();
            int from = 0;
            for (int end = text.indexOf(END); end >= 0; end = text.indexOf(END, from)) {
                int is = text.indexOf(IS, from);
                dimensions.put(text.substring(from, is), text.substring(is + 1, end));
                from = end + 1;
            }
            return dimensions;
        }
    };

    private Dimensions() {}

    static void append(StringBuilder text, String name, String value) {
        String plain = value.replace(END, ' ').replace(IS, ' ').strip();
        if (!plain.isEmpty()) {
            text.append(name).append(IS).append(plain).append(END);
        }
    }
}
