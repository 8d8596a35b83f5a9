package io.mlconnector.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads values straight from their usual form, without the JDK's formatters. Whatever does not have that form is left to the
 * JDK, so that acceptance and value are the same as its own.
 */
final class Lexemes {

    private static final int MOST_DIGITS_OF_A_LONG = 18;
    private static final String WHOLE_SECONDS = "0000-00-00T00:00:00Z";
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Lexemes() {}

    /** Returns what {@link LocalDate#parse(CharSequence)} returns. */
    static LocalDate date(String text) {
        if (text.length() == 10 && startsWithDate(text)) {
            return LocalDate.of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
        }
        return LocalDate.parse(text);
    }

    /** Returns what the first ten letters are as a date; null if they are none in the usual form. */
    static @Nullable LocalDate datePart(String text) {
        return startsWithDate(text) ? LocalDate.of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)) : null;
    }

    /** Returns what {@link OffsetDateTime#parse(CharSequence)} returns, as an instant. */
    static Instant instant(String text) {
        Instant instant = usualInstant(text);
        return instant == null ? OffsetDateTime.parse(text).toInstant() : instant;
    }

    /** Returns what {@link Instant#toString()} returns: the text that it was read from, if that is the same to the letter. */
    static String text(Instant instant, @Nullable String from) {
        if (from != null
                && from.length() == WHOLE_SECONDS.length()
                && from.charAt(from.length() - 1) == 'Z'
                && instant.equals(usualInstant(from))) {
            return from;
        }
        return instant.toString();
    }

    /** Returns what {@link BigDecimal#BigDecimal(String)} makes. */
    static BigDecimal decimal(String text) {
        int length = text.length();
        boolean negative = length > 0 && text.charAt(0) == '-';
        int digits = 0;
        int scale = -1;
        long value = 0;
        for (int at = negative ? 1 : 0; at < length; at++) {
            char letter = text.charAt(at);
            if (letter >= '0' && letter <= '9') {
                value = value * 10 + (letter - '0');
                digits++;
            } else if (letter == '.' && scale < 0) {
                scale = digits;
            } else {
                return new BigDecimal(text);
            }
        }
        if (digits == 0 || digits > MOST_DIGITS_OF_A_LONG) {
            return new BigDecimal(text);
        }
        return BigDecimal.valueOf(negative ? -value : value, scale < 0 ? 0 : digits - scale);
    }

    /**
     * Returns the decimal that letters make, if {@link BigDecimal#toPlainString()} writes the same letters; else null, because
     * the text must be kept.
     */
    static @Nullable BigDecimal plainDecimal(char[] letters, int from, int length) {
        int start = length > 1 && letters[from] == '-' ? from + 1 : from;
        int end = from + length;
        int point = -1;
        long value = 0;
        if (end - start > MOST_DIGITS_OF_A_LONG
                || (letters[start] == '0' && end > start + 1 && letters[start + 1] != '.')) {
            return null;
        }
        for (int at = start; at < end; at++) {
            char letter = letters[at];
            if (letter >= '0' && letter <= '9') {
                value = value * 10 + (letter - '0');
            } else if (letter == '.' && point < 0 && at > start && at < end - 1) {
                point = at;
            } else {
                return null;
            }
        }
        if (value == 0 && start > from) {
            return null;
        }
        return BigDecimal.valueOf(start > from ? -value : value, point < 0 ? 0 : end - point - 1);
    }

    private static @Nullable Instant usualInstant(String text) {
        int length = text.length();
        if (length < 17 || !startsWithDate(text) || text.charAt(10) != 'T' || text.charAt(13) != ':') {
            return null;
        }
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = 0;
        int nano = 0;
        int at = 16;
        if (text.charAt(16) == ':') {
            second = length < 19 ? -1 : digits(text, 17, 2);
            at = 19;
            if (at < length && text.charAt(at) == '.') {
                int end = at + 1;
                while (end < length && end <= at + NANO_DIGITS && digit(text, end) >= 0) {
                    nano = nano * 10 + digit(text, end);
                    end++;
                }
                int fraction = end - at - 1;
                if (fraction == 0) {
                    return null;
                }
                for (int zeros = fraction; zeros < NANO_DIGITS; zeros++) {
                    nano *= 10;
                }
                at = end;
            }
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return null;
        }
        int offset = offset(text, at);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))
                .toEpochDay();
        return Instant.ofEpochSecond(day * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second - offset, nano);
    }

    /** Returns the seconds of an offset that ends the text; the least number if it has another form than Z or +01:00. */
    private static int offset(String text, int at) {
        int length = text.length();
        if (at == length - 1) {
            return text.charAt(at) == 'Z' ? 0 : Integer.MIN_VALUE;
        }
        if (at != length - 6 || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return switch (text.charAt(at)) {
            case '+' -> seconds;
            case '-' -> -seconds;
            default -> Integer.MIN_VALUE;
        };
    }

    /** Returns whether the text starts with a day of the calendar such as 2026-01-31. */
    private static boolean startsWithDate(String text) {
        if (text.length() < 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        return year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= DAYS[month - 1] || (day == 29 && month == 2 && leap(year)));
    }

    private static boolean leap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Returns the number that some digits make; a negative one if they are not all digits. */
    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int at = from; at < from + count; at++) {
            int digit = digit(text, at);
            if (digit < 0) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int digit(String text, int at) {
        int digit = text.charAt(at) - '0';
        return digit <= 9 ? digit : -1;
    }
}
