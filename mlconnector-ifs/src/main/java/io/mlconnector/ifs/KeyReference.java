package io.mlconnector.ifs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys as the database writes them: {@code ORDER_NO=P500123^LINE_NO=1^}. */
final class KeyReference {

    private static final Pattern PART = Pattern.compile("([A-Z][A-Z0-9_]*)=(.*)", Pattern.DOTALL);

    private KeyReference() {}

    /** The name in the database of a column: CustomerId is CUSTOMER_ID. */
    static String databaseName(String column) {
        return column.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** The values of the columns, in their order; empty if one of them is missing. */
    static Optional<List<String>> values(String reference, List<String> columns) {
        Map<String, String> parts = parts(reference);
        var values = new ArrayList<String>(columns.size());
        for (String column : columns) {
            String value = parts.get(column);
            if (value == null || value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(values);
    }

    private static Map<String, String> parts(String reference) {
        var parts = new LinkedHashMap<String, String>();
        String text = reference.endsWith("^") ? reference.substring(0, reference.length() - 1) : reference;
        String column = "";
        for (String piece : text.split("\\^", -1)) {
            Matcher part = PART.matcher(piece);
            if (part.matches()) {
                column = part.group(1);
                parts.putIfAbsent(column, part.group(2));
            } else if (!column.isEmpty()) {
                parts.merge(column, piece, (value, more) -> value + "^" + more); // the value itself had a caret
            }
        }
        return parts;
    }
}
