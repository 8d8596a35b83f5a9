package io.mlconnector.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads how long a server wants to be left alone. */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d+");

    private RetryAfter() {}

    /**
     * Returns the wait, from zero to {@code longest}. A date counts from the answer's own {@code Date}: the difference of two
     * readings of one clock holds even if that clock is wrong. Without a {@code Date} it says nothing.
     */
    static Optional<Duration> of(HttpAnswer answer, Duration longest) {
        String value = answer.header("Retry-After").orElse("").strip();
        Optional<Duration> wait =
                SECONDS.matcher(value).matches() ? Optional.of(seconds(value)) : untilDate(value, answer);
        return wait.map(it -> it.isNegative() ? Duration.ZERO : it.compareTo(longest) > 0 ? longest : it);
    }

    static Optional<Instant> date(String value) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip())));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Duration seconds(String digits) {
        // More than nine digits are over 30 years, whatever they are.
        return Duration.ofSeconds(digits.length() > 9 ? 999_999_999 : Long.parseLong(digits));
    }

    private static Optional<Duration> untilDate(String value, HttpAnswer answer) {
        return date(value)
                .flatMap(until ->
                        answer.header("Date").flatMap(RetryAfter::date).map(now -> Duration.between(now, until)));
    }
}
