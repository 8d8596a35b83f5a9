package io.mlconnector.mapping;

import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Settings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@link RecordMapping}.
 *
 * @param name the canonical field
 * @param from the wire field
 * @param conversion how its text becomes a value
 * @param required whether there must be a value
 * @param table a look-up from wire text to the text that is converted; empty if there is none
 * @param otherwise the text that stands in for a missing one; null if there is none
 */
record ReadRule(
        String name,
        String from,
        Conversion<?> conversion,
        boolean required,
        Map<String, String> table,
        @Nullable String otherwise) {

    static ReadRule of(
            String name, String from, Conversion<?> conversion, boolean required, @Nullable Settings override) {
        if (override == null) {
            return new ReadRule(name, from, conversion, required, Map.of(), null);
        }
        return new ReadRule(
                name,
                override.text("from", from),
                conversion,
                required,
                override.table("table"),
                override.optionalText("default").orElse(null));
    }

    @Nullable Object read(Row row, int slot) {
        String text = row.text(slot);
        Row.Kind kind = row.kind(slot);
        if (kind == Row.Kind.DOUBLE || kind == Row.Kind.STRUCTURE) {
            throw new MappingException(
                    kind == Row.Kind.DOUBLE ? label() + " is there twice" : label() + " must be a single value");
        }
        if (text == null || (text.isBlank() && kind == Row.Kind.TEXT)) {
            if (otherwise == null) {
                if (required) {
                    throw new MappingException(label() + " is missing");
                }
                return null;
            }
            text = otherwise;
            kind = Row.Kind.TEXT;
        } else if (!table.isEmpty()) {
            String found = table.get(text);
            if (found == null) {
                throw new MappingException(label() + " must be in the table " + table.keySet() + ": '" + text + "'");
            }
            text = found;
            kind = Row.Kind.TEXT;
        }
        try {
            return conversion.convert(text, kind);
        } catch (IllegalArgumentException e) {
            throw new MappingException(label() + " " + e.getMessage() + ": '" + shortened(text) + "'");
        }
    }

    String text() {
        return name + " <- " + from + ", " + remark();
    }

    String remark() {
        return conversion.name()
                + (required ? ", required" : "")
                + (table.isEmpty() ? "" : ", table " + table)
                + Optional.ofNullable(otherwise)
                        .map(text -> ", default '" + text + "'")
                        .orElse("");
    }

    private String label() {
        return name.equals(from) ? name : name + " (" + from + ")";
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
