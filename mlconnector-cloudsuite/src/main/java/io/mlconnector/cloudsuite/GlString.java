package io.mlconnector.cloudsuite;

import io.mlconnector.spi.Settings;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An account string: values of the dimensions AIT1, the account, to AIT7. Possibly empty, and M3 then takes the account
 * from its own rules.
 *
 * @param dimensions by name, in order
 */
record GlString(Map<String, String> dimensions) {

    static final GlString NONE = new GlString(Map.of());

    private static final Pattern DIMENSION = Pattern.compile("AIT[1-7]");
    private static final int LONGEST = 10;

    GlString {
        dimensions = Collections.unmodifiableMap(new TreeMap<>(dimensions));
    }

    static GlString read(Settings settings, String name, GlString otherwise) {
        Map<String, String> table = settings.table(name);
        if (table.isEmpty()) {
            return otherwise;
        }
        table.forEach((dimension, value) -> {
            if (!DIMENSION.matcher(dimension).matches()) {
                settings.fault(name + "." + dimension, "is no dimension; there are AIT1 to AIT7");
            }
            if (value.isBlank() || value.length() > LONGEST) {
                settings.fault(name + "." + dimension, "must have 1 to " + LONGEST + " characters: '" + value + "'");
            }
        });
        if (!table.containsKey("AIT1")) {
            settings.fault(name, "must name AIT1, the account");
        }
        return new GlString(table);
    }

    @Override
    public String toString() {
        return dimensions.entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(" "));
    }
}
