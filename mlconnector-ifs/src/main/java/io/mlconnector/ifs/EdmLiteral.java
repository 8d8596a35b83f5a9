package io.mlconnector.ifs;

import java.util.regex.Pattern;

/** Writes values as literals of their OData type, for filters and keys. What is no value of the type is refused. */
final class EdmLiteral {

    static final String STRING = "Edm.String";

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern TIME = Pattern.compile("[0-9T:.+Z-]{4,40}");
    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f-]{36}");

    private EdmLiteral() {}

    static String of(String value, String type) {
        return switch (type) {
            case STRING -> quoted(value);
            case "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64" -> matching(value, type, WHOLE);
            case "Edm.Decimal", "Edm.Double", "Edm.Single" -> matching(value, type, DECIMAL);
            case "Edm.Date", "Edm.DateTimeOffset", "Edm.TimeOfDay" -> matching(value, type, TIME);
            case "Edm.Guid" -> matching(value, type, GUID);
            case "Edm.Boolean" -> matching(value, type, Pattern.compile("true|false"));
            default -> type + quoted(value); // an enum is written with the full name of its type
        };
    }

    static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String matching(String value, String type, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException("must be " + type + ": '" + value + "'");
        }
        return value;
    }
}
