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

    /** Returns the rule as it is carried out, for a field that is read into a slot. */
    ReadStep step(int slot) {
        return replaces() ? new ReadStep.Replacing(this, slot) : new ReadStep.Plain(this, slot, conversion);
    }

    /** Whether it makes something of an absent field: a default, or a fault. */
    boolean needsValue() {
        return required || otherwise != null;
    }

    boolean readsDecimal() {
        return !replaces() && conversion == Conversions.decimal();
    }

    private boolean replaces() {
        return !table.isEmpty() || otherwise != null;
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

    String label() {
        return name.equals(from) ? name : name + " (" + from + ")";
    }

    MappingException missing() {
        return new MappingException(label() + " is missing");
    }

    MappingException broken(IllegalArgumentException fault, String value) {
        return new MappingException(label() + " " + fault.getMessage() + ": '" + shortened(value) + "'");
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
