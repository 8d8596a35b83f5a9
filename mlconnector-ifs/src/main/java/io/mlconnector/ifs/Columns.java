package io.mlconnector.ifs;

import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which column each part of a row is written to; parts without a column are left out.
 *
 * @param setting where the configuration names them
 * @param names part to column
 */
record Columns(String setting, Map<String, String> names) {

    static final String NONE = "none";

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_]\\w*");

    static Columns read(Settings section, String name, Map<String, String> usual) {
        Settings settings = section.section(name);
        var columns = new LinkedHashMap<String, String>();
        usual.forEach((part, otherwise) -> {
            String column = settings.text(part, otherwise);
            if (!COLUMN.matcher(column).matches()) {
                settings.fault(part, "must be a column, or " + NONE + ": '" + column + "'");
            } else if (!column.equals(NONE)) {
                columns.put(part, column);
            }
        });
        return new Columns(settings.path(), columns);
    }

    Optional<String> of(String part) {
        return Optional.ofNullable(names.get(part));
    }
}
