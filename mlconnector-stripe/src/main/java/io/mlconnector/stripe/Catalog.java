package io.mlconnector.stripe;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prices of mapped products. A price never changes: a new amount is a new price under the old look-up key, and the old is archived. */
final class Catalog {
    private static final int LONGEST_KEY = 200;

    private final StripeApi api;

    Catalog(StripeApi api) {
        this.api = api;
    }

    Prices prices(Attempt attempt) {
        return new Prices(api, attempt);
    }

    /** The prices of one invoice. A replaced price is archived last: a line of the same invoice may need it. */
    static final class Prices {
        private final StripeApi api;
        private final Attempt attempt;
        private final Map<String, String> chosen = new HashMap<>();
        private final Set<String> replaced = new LinkedHashSet<>();

        private Prices(StripeApi api, Attempt attempt) {
            this.api = api;
            this.attempt = attempt;
        }

        /** Returns the price of a product with exactly this amount. */
        String price(String sku, String product, String currency, BigDecimal unitAmount) {
            String code = currency.toLowerCase(Locale.ROOT);
            String lookupKey = sku + "|" + code;
            if (lookupKey.length() > LONGEST_KEY) {
                throw new IllegalArgumentException("has a product whose look-up key is longer than " + LONGEST_KEY);
            }
            String amount = unitAmount.stripTrailingZeros().toPlainString();
            String known = chosen.get(lookupKey + "|" + amount);
            if (known != null) {
                return known;
            }
            String price = findOrCreate(lookupKey, product, code, amount);
            chosen.put(lookupKey + "|" + amount, price);
            return price;
        }

        /** Archives what was replaced, now that the lines are there. */
        void archiveReplaced() {
            replaced.forEach(price -> api.archivePrice(price, attempt.step("archive-price", price)));
        }

        private String findOrCreate(String lookupKey, String product, String currency, String amount) {
            List<RemotePrice> there = api.activePrices(lookupKey);
            Optional<RemotePrice> fitting = there.stream()
                    .filter(price -> product.equals(price.product()) && currency.equals(price.currency()))
                    .filter(price ->
                            price.unitAmount() != null && price.unitAmount().compareTo(new BigDecimal(amount)) == 0)
                    .findFirst();
            if (fitting.isPresent()) {
                return fitting.get().id();
            }
            var parameters = new LinkedHashMap<String, Object>();
            parameters.put("currency", currency);
            parameters.put("product", product);
            parameters.put("unit_amount_decimal", amount);
            parameters.put("tax_behavior", "exclusive");
            parameters.put("lookup_key", lookupKey);
            parameters.put("transfer_lookup_key", true);
            RemotePrice created = api.createPrice(parameters, attempt.step("price", parameters, there));
            there.forEach(price -> replaced.add(price.id()));
            return created.id();
        }
    }
}
