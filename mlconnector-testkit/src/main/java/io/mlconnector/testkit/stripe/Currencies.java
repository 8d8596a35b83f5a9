package io.mlconnector.testkit.stripe;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the sandbox knows about currencies: codes, minor units that must be zero, least amounts. */
final class Currencies {

    static final String OF_THE_ACCOUNT = "eur";

    /** Taken at a thousandth, of which the last digit must be 0. */
    private static final Set<String> THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");

    /** Without decimals in use, yet sent times one hundred. */
    private static final Set<String> WHOLE_UNITS_TIMES_HUNDRED = Set.of("isk", "ugx");

    /** Less than this cannot be charged and is carried to the customer's balance. */
    private static final Map<String, Long> LEAST_CHARGE = Map.of(
            "eur", 50L, "usd", 50L, "cad", 50L, "aud", 50L, "chf", 50L, "gbp", 30L, "jpy", 50L, "sek", 300L, "dkk",
            250L, "nok", 300L);

    private static final Set<String> KNOWN = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(currency -> currency.getCurrencyCode().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));

    private Currencies() {}

    static String known(String parameter, String code) {
        String lower = code.toLowerCase(Locale.ROOT);
        if (!KNOWN.contains(lower)) {
            throw StripeRefusal.parameter(null, parameter, "Invalid currency: " + code);
        }
        return lower;
    }

    static void checkAmount(String parameter, String currency, long amount) {
        long unit = THREE_DECIMALS.contains(currency) ? 10 : WHOLE_UNITS_TIMES_HUNDRED.contains(currency) ? 100 : 1;
        if (amount % unit != 0) {
            throw StripeRefusal.rule(
                    null, parameter, "Amounts in " + currency + " must be a multiple of " + unit + ": " + amount);
        }
    }

    static long leastCharge(String currency) {
        return LEAST_CHARGE.getOrDefault(currency, 0L);
    }
}
