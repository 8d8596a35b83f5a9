package io.mlconnector.testkit.ifs;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** A typed literal as it stands in a URL, in a filter or a key. */
record Literal(EdmType type, Object value) {

    static final String TEXT = "'(?:[^']++|'')*+'";
    static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,12})?)?(?:Z|[+-]\\d\\d:\\d\\d)";
    static final String DAY = "\\d{4}-\\d\\d-\\d\\d";
    static final String NUMBER = "-?\\d+(?:\\.\\d+)?";

    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    /** The literal that this token is, or empty if it is none. */
    static Optional<Literal> of(String token) {
        try {
            if (token.matches(TEXT)) {
                String inner = token.substring(1, token.length() - 1);
                return Optional.of(new Literal(EdmType.STRING, inner.replace("''", "'")));
            }
            if (token.matches(TIME)) {
                return Optional.of(new Literal(
                        EdmType.DATE_TIME_OFFSET, OffsetDateTime.parse(token).toInstant()));
            }
            if (token.matches(DAY)) {
                return Optional.of(new Literal(EdmType.DATE, LocalDate.parse(token)));
            }
            if (WHOLE.matcher(token).matches()) {
                long number = Long.parseLong(token);
                return number == (int) number
                        ? Optional.of(new Literal(EdmType.INT32, (int) number))
                        : Optional.of(new Literal(EdmType.INT64, number));
            }
            if (token.matches(NUMBER)) {
                return Optional.of(new Literal(EdmType.DECIMAL, new BigDecimal(token)));
            }
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
        return switch (token) {
            case "true" -> Optional.of(new Literal(EdmType.BOOLEAN, true));
            case "false" -> Optional.of(new Literal(EdmType.BOOLEAN, false));
            default -> Optional.empty();
        };
    }

    /** The value as a value of that type; empty if the literal is of another type. */
    Optional<Object> as(EdmType wanted) {
        if (type == wanted) {
            return Optional.of(value);
        }
        if (type == EdmType.INT32 && wanted == EdmType.INT64) {
            return Optional.of(((Integer) value).longValue());
        }
        if (type.isNumber() && wanted == EdmType.DECIMAL) {
            return Optional.of(new BigDecimal(value.toString()));
        }
        return Optional.empty();
    }
}
