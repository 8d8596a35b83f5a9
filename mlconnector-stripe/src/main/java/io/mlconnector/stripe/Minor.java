package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** Stripe's minor units. They differ from ISO 4217 and from the JDK's table, so they are listed here. */
final class Minor {

    private static final Set<String> WHOLE = Set.of(
            "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF");
    private static final Set<String> THOUSANDTHS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    /** Sent in hundredths that must be 00. */
    private static final Set<String> WHOLE_IN_HUNDREDTHS = Set.of("ISK", "UGX");

    private Minor() {}

    /** Returns the exact amount in Stripe's units; a remainder is a fault, never a rounding. */
    static long units(Money money) {
        String currency = money.currency();
        BigDecimal units = money.amount().movePointRight(digits(currency));
        long step = step(currency);
        try {
            long exact = units.longValueExact();
            if (exact % step == 0) {
                return exact;
            }
        } catch (ArithmeticException e) {
            // stated below
        }
        throw new IllegalArgumentException("must be a whole number of Stripe's smallest " + currency + " amount, "
                + BigDecimal.valueOf(step).movePointLeft(digits(currency)).toPlainString() + ": " + money);
    }

    /** Returns whether a unit price in minor units breaks no rule that amounts of the currency are under. */
    static boolean canBePrice(BigDecimal units, String currency) {
        long step = step(currency);
        return step == 1 || units.remainder(BigDecimal.valueOf(step)).signum() == 0;
    }

    private static long step(String currency) {
        return THOUSANDTHS.contains(currency) ? 10 : WHOLE_IN_HUNDREDTHS.contains(currency) ? 100 : 1;
    }

    /** Returns the amount for people. */
    static String text(long units, String currency) {
        String upper = currency.toUpperCase(Locale.ROOT);
        return BigDecimal.valueOf(units, digits(upper)).toPlainString() + " " + upper;
    }

    /** Returns the money that units are; the currency in upper case. */
    static Money money(BigDecimal units, String currency) {
        return new Money(units.movePointLeft(digits(currency)), currency);
    }

    /** Returns amounts of an object for people, by their names; those that it does not have are left out. */
    static JsonObject texts(JsonObject object, String... names) {
        String currency = Wire.text(object, "currency");
        var texts = new JsonObject();
        for (String name : names) {
            if (currency != null && Wire.text(object, name) != null) {
                texts.addProperty(name, text(Wire.number(object, name), currency));
            }
        }
        return texts;
    }

    static int digits(String currency) {
        return WHOLE.contains(currency) ? 0 : THOUSANDTHS.contains(currency) ? 3 : 2;
    }
}
