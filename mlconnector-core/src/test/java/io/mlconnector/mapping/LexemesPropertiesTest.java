package io.mlconnector.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The short ways accept what the JDK accepts, and make of it what the JDK makes of it. */
class LexemesPropertiesTest {

    private static final String LETTERS = "0123456789-+:.TZtz eE/,٣";

    @Property(tries = 5000)
    void readsDatesLikeTheJdk(@ForAll("dates") String text) {
        assertThat(result(Lexemes::date, text)).isEqualTo(result(LocalDate::parse, text));
    }

    @Property(tries = 10000)
    void readsInstantsLikeTheJdk(@ForAll("instants") String text) {
        assertThat(result(Lexemes::instant, text))
                .isEqualTo(result(it -> OffsetDateTime.parse(it).toInstant(), text));
    }

    @Property(tries = 10000)
    void writesInstantsLikeTheJdkWhateverTheyWereReadFrom(
            @ForAll("instants") String text, @ForAll("instants") String other) {
        if (result(it -> OffsetDateTime.parse(it).toInstant(), text) instanceof Instant instant) {
            assertThat(Lexemes.text(instant, text)).isEqualTo(instant.toString());
            assertThat(Lexemes.text(instant, other)).isEqualTo(instant.toString());
            assertThat(Lexemes.text(instant, null)).isEqualTo(instant.toString());
        }
    }

    @Property(tries = 10000)
    void readsDecimalsLikeTheJdk(@ForAll("decimals") String text) {
        assertThat(result(Lexemes::decimal, text)).isEqualTo(result(BigDecimal::new, text));
    }

    @Property(tries = 10000)
    void keepsADecimalForItsTextOnlyIfItWritesTheSameText(@ForAll("decimals") String text) {
        BigDecimal decimal = text.isEmpty() ? null : Lexemes.plainDecimal(("x" + text).toCharArray(), 1, text.length());

        if (decimal != null) {
            assertThat(decimal.toPlainString()).isEqualTo(text);
            assertThat(decimal).isEqualTo(new BigDecimal(text));
        }
    }

    @Property
    void readsAnyTextLikeTheJdk(@ForAll String text) {
        readsDatesLikeTheJdk(text);
        readsInstantsLikeTheJdk(text);
        readsDecimalsLikeTheJdk(text);
    }

    @Provide
    Arbitrary<String> dates() {
        return spoilt(Combinators.combine(number(-1, 10000, 4), number(0, 13, 2), number(0, 32, 2))
                .as((year, month, day) -> year + "-" + month + "-" + day));
    }

    @Provide
    Arbitrary<String> instants() {
        Arbitrary<String> written = Combinators.combine(
                        number(1899, 2201, 4),
                        number(1, 12, 2),
                        number(1, 31, 2),
                        number(0, 24, 2),
                        number(0, 60, 2),
                        Arbitraries.oneOf(Arbitraries.just(""), number(0, 60, 2).map(second -> ":" + second)),
                        Arbitraries.oneOf(
                                Arbitraries.just(""),
                                Arbitraries.just("."),
                                Arbitraries.strings().numeric().ofMaxLength(11).map(digits -> "." + digits)),
                        offsets())
                .as((year, month, day, hour, minute, second, fraction, offset) ->
                        year + "-" + month + "-" + day + "T" + hour + ":" + minute + second + fraction + offset);
        Arbitrary<String> valid = Combinators.combine(
                        Arbitraries.longs().between(-4_000_000_000L, 8_000_000_000L),
                        Arbitraries.integers().between(0, 999_999_999),
                        Arbitraries.integers().between(-18 * 3600, 18 * 3600))
                .as((second, nano, offset) -> OffsetDateTime.ofInstant(
                                Instant.ofEpochSecond(second, nano), ZoneOffset.ofTotalSeconds(offset))
                        .toString());
        return spoilt(Arbitraries.oneOf(written, valid));
    }

    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<String> plain = Arbitraries.bigDecimals().ofScale(4).map(BigDecimal::toPlainString);
        Arbitrary<String> parts = Combinators.combine(
                        Arbitraries.of("", "-", "+", "--"),
                        Arbitraries.strings().numeric().ofMaxLength(22),
                        Arbitraries.of("", ".", "..", "e"),
                        Arbitraries.strings().numeric().ofMaxLength(22),
                        Arbitraries.of("", "E3", "e-3", "E", " "))
                .as((sign, whole, point, fraction, exponent) -> sign + whole + point + fraction + exponent);
        return spoilt(Arbitraries.oneOf(plain, parts));
    }

    private static Arbitrary<String> offsets() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "Z", "z", "", "+00:00", "-00:00", "+18:00", "-18:00", "+18:01", "+01", "+0100", "+01:00:30"),
                Combinators.combine(Arbitraries.of("+", "-", " "), number(0, 19, 2), number(0, 61, 2))
                        .as((sign, hours, minutes) -> sign + hours + ":" + minutes));
    }

    private static Arbitrary<String> number(int least, int most, int digits) {
        return Arbitraries.integers().between(least, most).map(number -> String.format("%0" + digits + "d", number));
    }

    /** Mostly the text itself, now and then with one letter replaced, left out or put in. */
    private static Arbitrary<String> spoilt(Arbitrary<String> texts) {
        return Combinators.combine(
                        texts,
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.chars().with(LETTERS.toCharArray()),
                        Arbitraries.integers().between(0, 5))
                .as((text, at, letter, what) -> {
                    if (at >= text.length()) {
                        return text;
                    }
                    String before = text.substring(0, at);
                    return switch (what) {
                        case 0 -> before + letter + text.substring(at + 1);
                        case 1 -> before + text.substring(at + 1);
                        case 2 -> before + letter + text.substring(at);
                        default -> text;
                    };
                });
    }

    private static Object result(Function<String, Object> reading, String text) {
        try {
            return reading.apply(text);
        } catch (DateTimeException | NumberFormatException e) {
            return "refused";
        }
    }
}
