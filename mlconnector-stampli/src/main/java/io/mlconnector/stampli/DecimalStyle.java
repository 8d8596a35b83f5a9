package io.mlconnector.stampli;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Row;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How decimals are written. Nothing is guessed: what has another form is refused, such as {@code 1E+05}, which a spreadsheet
 * makes of a number.
 *
 * @param point the letter before the fraction
 * @param grouping the letter between thousands; 0 if there is none
 * @param accounting whether {@code (12.00)} and {@code 12.00-} are negative numbers
 */
record DecimalStyle(char point, char grouping, boolean accounting) implements Conversion<BigDecimal> {

    static final DecimalStyle DOT = new DecimalStyle('.', (char) 0, false);

    private static final int MOST_DIGITS_OF_A_LONG = 18;
    private static final int LONGEST = 60;

    @Override
    public String name() {
        return "decimal";
    }

    @Override
    public BigDecimal convert(String text, Row.Kind kind) {
        BigDecimal number = read(text);
        if (number == null) {
            throw new IllegalArgumentException("must be a number such as " + example());
        }
        return number;
    }

    private String example() {
        return grouping == 0 ? "1234" + point + "50" : "1" + grouping + "234" + point + "50";
    }

    /** Returns the number; null if the text is none in this style. */
    @Nullable BigDecimal read(String text) {
        BigDecimal usual = usual(text);
        return usual == null ? unusual(text.strip()) : usual;
    }

    /** Digits with a point and a sign, in one pass. */
    private @Nullable BigDecimal usual(String text) {
        int length = text.length();
        int start = length > 1 && text.charAt(0) == '-' ? 1 : 0;
        int at = start;
        int pointAt = -1;
        long value = 0;
        for (; at < length; at++) {
            char letter = text.charAt(at);
            if (letter >= '0' && letter <= '9') {
                value = value * 10 + (letter - '0');
            } else if (letter == point && pointAt < 0 && at > start && at < length - 1) {
                pointAt = at;
            } else {
                return null;
            }
        }
        if (length == start || length - start > MOST_DIGITS_OF_A_LONG) {
            return null;
        }
        return BigDecimal.valueOf(start == 1 ? -value : value, pointAt < 0 ? 0 : length - 1 - pointAt);
    }

    private @Nullable BigDecimal unusual(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        boolean negative = false;
        String number = text;
        if (accounting && text.startsWith("(") && text.endsWith(")")) {
            negative = true;
            number = text.substring(1, text.length() - 1);
        } else if (accounting && text.endsWith("-")) {
            negative = true;
            number = text.substring(0, text.length() - 1);
        } else if (text.startsWith("-")) {
            negative = true;
            number = text.substring(1);
        }
        int pointAt = number.indexOf(point);
        String whole = pointAt < 0 ? number : number.substring(0, pointAt);
        String fraction = pointAt < 0 ? "" : number.substring(pointAt + 1);
        if (grouping != 0 && whole.indexOf(grouping) >= 0) {
            if (!grouped(whole)) {
                return null;
            }
            whole = whole.replace(String.valueOf(grouping), "");
        }
        if (whole.isEmpty() || !digits(whole) || !digits(fraction) || (pointAt >= 0 && fraction.isEmpty())) {
            return null;
        }
        BigDecimal value = new BigDecimal(fraction.isEmpty() ? whole : whole + "." + fraction);
        return negative ? value.negate() : value;
    }

    private boolean grouped(String whole) {
        int firstGroup = whole.indexOf(grouping);
        if (firstGroup < 1 || firstGroup > 3) {
            return false;
        }
        for (int at = firstGroup; at < whole.length(); at += 4) {
            int end = at + 4;
            if (whole.charAt(at) != grouping || end > whole.length() || !digits(whole.substring(at + 1, end))) {
                return false;
            }
        }
        return true;
    }

    private static boolean digits(String text) {
        return text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }
}
