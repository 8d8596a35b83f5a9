package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Values are hashed as the text that the JDK makes of them, though that text is not made. */
class HashFormPropertiesTest {

    private final Fingerprinter fingerprinter = new Fingerprinter();

    @Property
    void writesTextsInUtf8(@ForAll String text) {
        assertThat(fingerprinter.ofText(text)).isEqualTo(sha('t', text));
    }

    @Property
    void writesLettersOfAllLengths(@ForAll("letters") String text) {
        assertThat(fingerprinter.ofText(text)).isEqualTo(sha('t', text));
    }

    @Property
    void writesDecimalsByValue(@ForAll("decimals") BigDecimal decimal, @ForAll @IntRange(max = 5) int zeros) {
        String plain =
                decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();

        assertThat(hash(decimal)).isEqualTo(sha('d', plain));
        assertThat(hash(decimal.setScale(decimal.scale() + zeros))).isEqualTo(sha('d', plain));
    }

    @Property
    void writesDates(@ForAll("days") long day) {
        LocalDate date = LocalDate.ofEpochDay(day);

        assertThat(hash(date)).isEqualTo(sha('t', date.toString()));
    }

    @Property
    void writesInstants(@ForAll("instants") Instant instant) {
        assertThat(hash(instant)).isEqualTo(sha('t', instant.toString()));
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings()
                .withChars('a', 'ü', 'ß', '€', '中', '\u07ff', '\u0800', '\uffff', '\ud83d', '\ude00')
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<BigDecimal> decimals() {
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.bigIntegers(),
                                Arbitraries.longs()
                                        .between(-2_000_000, 2_000_000)
                                        .map(java.math.BigInteger::valueOf),
                                Arbitraries.longs()
                                        .between(-10_000_000_000_000_000L, 10_000_000_000_000_000L)
                                        .map(java.math.BigInteger::valueOf)),
                        Arbitraries.integers().between(-25, 25))
                .as(BigDecimal::new);
    }

    @Provide
    Arbitrary<Long> days() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(-20_000, 100_000),
                Arbitraries.longs()
                        .between(
                                LocalDate.of(-10_001, 1, 1).toEpochDay(),
                                LocalDate.of(10_001, 1, 1).toEpochDay()));
    }

    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Integer> nanos = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 999_999_999),
                Arbitraries.integers().between(0, 999_999).map(micros -> micros * 1000),
                Arbitraries.integers().between(0, 999).map(millis -> millis * 1_000_000));
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.longs().between(-4_000_000_000L, 8_000_000_000L),
                                Arbitraries.longs()
                                        .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())),
                        nanos)
                .as(Instant::ofEpochSecond);
    }

    private long hash(Object value) {
        return Long.parseUnsignedLong(fingerprinter.key(value).substring(0, 16), 16);
    }

    private static long sha(char tag, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer form = ByteBuffer.allocate(5 + bytes.length);
        form.put((byte) tag).putInt(bytes.length).put(bytes);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(form.array()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
