package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Row;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** How M3 writes values: everything is text, keys may be padded, dates are YYYYMMDD, no date is a zero. */
final class MiValues {

    private static final Set<String> NO_DATE = Set.of("", "0", "00000000", "99991231", "99999999");

    /** Stands for a date that is not given. */
    private static final LocalDate NONE = LocalDate.MIN;

    private static final Conversion<String> KEY = conversion("id, padding removed", (text, kind) -> text.strip());
    private static final Conversion<LocalDate> DATE = conversion(
            "date as YYYYMMDD, 0 is none", (text, kind) -> NO_DATE.contains(text.strip()) ? NONE : parsedDate(text));
    private static final Conversion<BigDecimal> DECIMAL =
            conversion("decimal, the minus on either side", (text, kind) -> parsedDecimal(text));
    private static final Conversion<String> CURRENCY = conversion(
            "currency, padding removed", (text, kind) -> Conversions.currency().convert(text.strip(), Row.Kind.TEXT));
    private static final Conversion<String> COUNTRY = conversion(
            "country, padding removed", (text, kind) -> Conversions.country().convert(text.strip(), Row.Kind.TEXT));

    private MiValues() {}

    static Conversion<String> key() {
        return KEY;
    }

    static Conversion<LocalDate> date() {
        return DATE;
    }

    static Conversion<BigDecimal> decimal() {
        return DECIMAL;
    }

    static Conversion<String> currency() {
        return CURRENCY;
    }

    static Conversion<String> country() {
        return COUNTRY;
    }

    /** A converted date; null for none. */
    static @Nullable LocalDate given(@Nullable LocalDate converted) {
        return NONE.equals(converted) ? null : converted;
    }

    /** The text of a column without its padding; empty if there is none. */
    static String text(Row row, String column) {
        String text = row.text(column);
        return text == null ? "" : text.strip();
    }

    /** A number of a column; zero if there is none. */
    static BigDecimal decimal(Row row, String column) {
        String text = text(row, column);
        return text.isEmpty() ? BigDecimal.ZERO : parsedDecimal(text);
    }

    /** A date of a column; null if there is none. */
    static @Nullable LocalDate date(Row row, String column) {
        String text = text(row, column);
        return NO_DATE.contains(text) ? null : parsedDate(text);
    }

    static String text(LocalDate date) {
        return date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static LocalDate parsedDate(String padded) {
        String text = padded.strip();
        try {
            return LocalDate.parse(text.replace("-", ""), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a date as YYYYMMDD", e);
        }
    }

    private static BigDecimal parsedDecimal(String padded) {
        String text = padded.strip();
        if (text.endsWith("-")) {
            text = "-" + text.substring(0, text.length() - 1).strip();
        }
        return Conversions.decimal().convert(text, Row.Kind.TEXT);
    }

    private static <V> Conversion<V> conversion(String name, BiFunction<String, Row.Kind, V> rule) {
        return new Conversion<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public V convert(String text, Row.Kind kind) {
                return rule.apply(text, kind);
            }
        };
    }
}
