package io.mlconnector.mapping;

import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The conversions that adapters share. All of them are immutable and safe for threads. */
public final class Conversions {

    private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);

    private static final Conversion<String> TEXT = new Named<>("text") {
        @Override
        public String convert(String text, Row.Kind kind) {
            expect(kind == Row.Kind.TEXT, "must be a text");
            return text.strip();
        }
    };
    private static final Conversion<String> ID = new Named<>("id") {
        @Override
        public String convert(String text, Row.Kind kind) {
            expect(kind == Row.Kind.TEXT || kind == Row.Kind.NUMBER, "must be a text or a number");
            expect(!text.isBlank(), "must not be blank");
            return text;
        }
    };
    private static final Conversion<Boolean> FLAG = new Named<>("true or false") {
        @Override
        public Boolean convert(String text, Row.Kind kind) {
            expect(text.equals("true") || text.equals("false"), "must be true or false");
            return Boolean.valueOf(text);
        }
    };
    private static final Conversion<LocalDate> DATE = new Named<>("date") {
        @Override
        public LocalDate convert(String text, Row.Kind kind) {
            expect(kind == Row.Kind.TEXT, "must be a date such as 2026-01-31");
            try {
                return plausible(
                        Lexemes.date(text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("must be a date such as 2026-01-31", e);
            }
        }
    };
    private static final Conversion<Instant> INSTANT = new Named<>("instant") {
        @Override
        public Instant convert(String text, Row.Kind kind) {
            expect(kind == Row.Kind.TEXT, "must be an instant such as 2026-01-31T09:30:00Z");
            try {
                Instant instant = Lexemes.instant(text);
                plausible(writtenDate(text));
                return instant;
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("must be an instant such as 2026-01-31T09:30:00Z", e);
            }
        }
    };
    private static final Conversion<BigDecimal> DECIMAL = new Named<>("decimal") {
        @Override
        public BigDecimal convert(String text, Row.Kind kind) {
            expect(kind == Row.Kind.NUMBER || kind == Row.Kind.TEXT, "must be a number");
            expect(text.length() <= 60, "must be a number of at most 60 characters");
            BigDecimal number;
            try {
                number = Lexemes.decimal(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("must be a number", e);
            }
            expect(Math.abs(number.scale()) <= 60, "must be a number of reasonable size");
            return number;
        }
    };
    private static final Conversion<String> CURRENCY = new Named<>("currency") {
        @Override
        public String convert(String text, Row.Kind kind) {
            expect(kind == Row.Kind.TEXT, "must be an ISO 4217 code");
            try {
                Money.minorDigits(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("must be an ISO 4217 code in upper case", e);
            }
            return text;
        }
    };
    private static final Conversion<String> COUNTRY = new Named<>("country") {
        @Override
        public String convert(String text, Row.Kind kind) {
            expect(
                    kind == Row.Kind.TEXT && text.length() == 2 && upper(text.charAt(0)) && upper(text.charAt(1)),
                    "must be an ISO 3166 code of two letters");
            return text;
        }
    };

    private Conversions() {}

    /**
     * Returns the text itself, without blanks at its ends.
     *
     * @return the conversion
     */
    public static Conversion<String> text() {
        return TEXT;
    }

    /**
     * Returns an id that the wire may write as text or as number.
     *
     * @return the conversion
     */
    public static Conversion<String> id() {
        return ID;
    }

    /**
     * Returns a yes or no.
     *
     * @return the conversion
     */
    public static Conversion<Boolean> flag() {
        return FLAG;
    }

    /**
     * Returns a date between 1900 and 2199. Of an instant, its date as written.
     *
     * @return the conversion
     */
    public static Conversion<LocalDate> date() {
        return DATE;
    }

    /**
     * Returns an instant between 1900 and 2199.
     *
     * @return the conversion
     */
    public static Conversion<Instant> instant() {
        return INSTANT;
    }

    /**
     * Returns an exact decimal number of at most 60 characters, which the wire may write as number or as text.
     *
     * @return the conversion
     */
    public static Conversion<BigDecimal> decimal() {
        return DECIMAL;
    }

    /**
     * Returns an ISO 4217 code.
     *
     * @return the conversion
     */
    public static Conversion<String> currency() {
        return CURRENCY;
    }

    /**
     * Returns an ISO 3166 code of two letters.
     *
     * @return the conversion
     */
    public static Conversion<String> country() {
        return COUNTRY;
    }

    /** Names the rows of a list; a mapping of their own converts them. */
    static <L> Conversion<List<L>> list() {
        return new Named<>("rows") {
            @Override
            public List<L> convert(String text, Row.Kind kind) {
                throw new IllegalArgumentException("must be a list of rows");
            }
        };
    }

    /**
     * Returns the instant that a text such as {@code 2026-01-31T09:30:00+01:00} names, however far away.
     *
     * @param text an ISO 8601 date and time with an offset
     * @return the instant, the same as that of {@link OffsetDateTime#parse(CharSequence)}
     * @throws DateTimeParseException if it is no such text
     */
    public static Instant instantOf(String text) {
        return Lexemes.instant(text);
    }

    /**
     * Returns the value that a table has for the text.
     *
     * @param <V> the kind of value
     * @param name how the mapping table names it
     * @param table text to value
     * @return the conversion; a text that the table lacks breaks the rule
     */
    public static <V> Conversion<V> oneOf(String name, Map<String, V> table) {
        var copy = new TreeMap<>(table);
        return new Named<>(name) {
            @Override
            public V convert(String text, Row.Kind kind) {
                V value = copy.get(text);
                if (value == null) {
                    throw new IllegalArgumentException("must be one of " + copy.keySet());
                }
                return value;
            }
        };
    }

    /** The date of an instant as written, whatever date it is elsewhere. */
    private static LocalDate writtenDate(String text) {
        LocalDate date = Lexemes.datePart(text);
        return date == null ? OffsetDateTime.parse(text).toLocalDate() : date;
    }

    private static boolean upper(char letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    private static LocalDate plausible(LocalDate date) {
        expect(!date.isBefore(EARLIEST) && !date.isAfter(LATEST), "must lie between 1900 and 2199");
        return date;
    }

    private static void expect(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** Each conversion is a class of its own: a function inside of it would be one more call for every field. */
    private abstract static class Named<V> implements Conversion<V> {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
