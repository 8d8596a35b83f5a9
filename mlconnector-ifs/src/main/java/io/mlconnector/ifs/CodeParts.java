package io.mlconnector.ifs;

import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which of the code parts B to J is the cost centre, and what the others are called.
 *
 * @param costCenter the column of the cost centre
 * @param dimensions name of a dimension to its column, or to {@code none} for one that is left out
 */
record CodeParts(String costCenter, Map<String, String> dimensions) {

    static final String NONE = "none";

    private static final String USUAL = "CodeB";
    private static final Pattern PART = Pattern.compile("Code[B-J]");
    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_]\\w*");

    static CodeParts read(Settings connection) {
        String costCenter = connection.text("costCenterCodePart", USUAL);
        if (!PART.matcher(costCenter).matches()) {
            connection.fault("costCenterCodePart", "must be one of CodeB to CodeJ: '" + costCenter + "'");
            costCenter = USUAL;
        }
        Map<String, String> named = connection.table("dimensions");
        var dimensions = new LinkedHashMap<>(named);
        named.forEach((name, column) -> {
            if (!COLUMN.matcher(column).matches()) {
                connection.fault("dimensions." + name, "must be a column, or none: '" + column + "'");
            }
        });
        if (named.isEmpty()) {
            for (char letter = 'B'; letter <= 'J'; letter++) {
                String part = "Code" + letter;
                if (!part.equals(costCenter)) {
                    dimensions.put(part, part);
                }
            }
        }
        return new CodeParts(costCenter, dimensions);
    }

    /** The dimensions that have a column. */
    Map<String, String> columns() {
        var columns = new LinkedHashMap<>(dimensions);
        columns.values().removeIf(NONE::equals);
        return columns;
    }

    /** A path or a key of the set of cost centres, for the code part that they are. */
    String renamed(Role role, String name) {
        return role == Role.COST_CENTERS ? name.replace(USUAL, costCenter) : name;
    }
}
