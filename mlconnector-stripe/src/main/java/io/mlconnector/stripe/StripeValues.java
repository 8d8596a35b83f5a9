package io.mlconnector.stripe;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/** How Stripe writes amounts, currencies and times. */
final class StripeValues {

    private StripeValues() {}

    /** A whole number of the currency's smallest units. */
    static Conversion<BigDecimal> units() {
        return new Rule<>("minor units") {
            @Override
            public BigDecimal convert(String text, Row.Kind kind) {
                return BigDecimal.valueOf(whole(text));
            }
        };
    }

    static Conversion<Instant> epoch() {
        return new Rule<>("epoch seconds") {
            @Override
            public Instant convert(String text, Row.Kind kind) {
                return Instant.ofEpochSecond(whole(text));
            }
        };
    }

    /** An ISO 4217 code, which Stripe writes in lower case. */
    static Conversion<String> currency() {
        return new Rule<>("currency in upper case") {
            @Override
            public String convert(String text, Row.Kind kind) {
                if (!text.matches("[A-Za-z]{3}")) {
                    throw new IllegalArgumentException("must be a currency code of three letters");
                }
                return text.toUpperCase(Locale.ROOT);
            }
        };
    }

    private static long whole(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (text.length() <= 30) {
                return number.longValueExact();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // stated below
        }
        throw new IllegalArgumentException("must be a whole number");
    }

    private abstract static class Rule<V> implements Conversion<V> {

        private final String name;

        Rule(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
