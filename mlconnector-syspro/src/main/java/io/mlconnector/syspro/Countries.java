package io.mlconnector.syspro;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Countries in address lines, which are free text in SYSPRO: codes of two or three letters, and English names. A text that is none
 * of these is no country, for lines have no fixed meaning.
 */
final class Countries {

    private static final Map<String, String> CODES = Arrays.stream(Locale.getISOCountries())
            .map(code -> new Locale("", code))
            .flatMap(country -> Stream.of(
                            country.getCountry(), country.getISO3Country(), country.getDisplayCountry(Locale.ENGLISH))
                    .map(name -> Map.entry(name.toUpperCase(Locale.ROOT), country.getCountry())))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one));

    private static final Map<String, String> COMMON = Map.of(
            "USA", "US", "U.S.A.", "US", "UK", "GB", "U.K.", "GB", "ENGLAND", "GB", "SCOTLAND", "GB", "RSA", "ZA");

    /** Reads a country; empty where the text names none. */
    static final Conversion<Optional<String>> CONVERSION = new Conversion<>() {
        @Override
        public String name() {
            return "country by code or English name, or none";
        }

        @Override
        public Optional<String> convert(String text, Row.Kind kind) {
            String name = text.strip().toUpperCase(Locale.ROOT);
            return Optional.ofNullable(CODES.getOrDefault(name, COMMON.get(name)));
        }
    };

    private Countries() {}

    /** A conversion of texts by a function that refuses some. */
    static <V> Conversion<V> conversion(String name, Function<String, V> reading) {
        return new Conversion<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public V convert(String text, Row.Kind kind) {
                return reading.apply(text);
            }
        };
    }
}
