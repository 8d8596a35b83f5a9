package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Row;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;

/**
 * How dates are written: {@code 2026-01-31}, or by patterns that are tried in turn.
 *
 * @param patterns such as {@code dd.MM.uuuu}; empty for ISO 8601
 */
record DateStyle(List<String> patterns, List<DateTimeFormatter> formatters) implements Conversion<LocalDate> {

    /** Copies the lists. */
    DateStyle {
        patterns = List.copyOf(patterns);
        formatters = List.copyOf(formatters);
    }

    static final DateStyle ISO = of(List.of());

    /**
     * Returns the style.
     *
     * @throws IllegalArgumentException if a pattern is none
     */
    static DateStyle of(List<String> patterns) {
        return new DateStyle(
                patterns,
                patterns.stream()
                        .map(pattern -> DateTimeFormatter.ofPattern(pattern.replace("yyyy", "uuuu"), Locale.ROOT)
                                .withResolverStyle(ResolverStyle.STRICT))
                        .toList());
    }

    @Override
    public String name() {
        return "date";
    }

    @Override
    public LocalDate convert(String text, Row.Kind kind) {
        if (formatters.isEmpty()) {
            return Conversions.date().convert(text, kind);
        }
        DateTimeParseException last = null;
        for (DateTimeFormatter formatter : formatters) {
            try {
                return LocalDate.parse(text.strip(), formatter);
            } catch (DateTimeParseException e) {
                last = e;
            }
        }
        throw new IllegalArgumentException("must be a date written " + String.join(" or ", patterns), last);
    }
}
