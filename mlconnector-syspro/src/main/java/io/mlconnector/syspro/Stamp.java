package io.mlconnector.syspro;

import io.mlconnector.http.StampKind;
import io.mlconnector.mapping.Conversions;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column that tells when a row changed.
 *
 * @param column its name
 * @param kind what its values are
 * @param reading makes a stamp of a text; null where it is none
 * @param writing makes a literal of a stamp
 * @param <S> the type of a stamp
 */
record Stamp<S extends Comparable<? super S>>(
        String column, StampKind<S> kind, Function<String, @Nullable S> reading, Function<S, String> writing) {

    /** Row versions are given out before a change is committed; no transaction of SYSPRO takes that long. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(2);

    static Stamp<Long> version(String column, long overlap) {
        return new Stamp<>(column, StampKind.number(overlap, LONGEST_TRANSACTION), Stamp::number, String::valueOf);
    }

    static Stamp<Instant> time(String column, Duration overlap) {
        return new Stamp<>(column, StampKind.time(overlap), Stamp::instant, Instant::toString);
    }

    private static @Nullable Long number(String text) {
        try {
            return new BigDecimal(text.strip()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Conversions.instantOf(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
