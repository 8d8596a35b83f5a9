package io.mlconnector.stripe;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prices of mapped products. A price never changes: a new amount is a new price under the old look-up key, and the old is archived. */
final class Catalog {

    private static final int LONGEST_KEY = 200;

    private final StripeApi api;

    Catalog(StripeApi api) {
        this.api = api;
    }

    /** Returns the price of a product with exactly this amount. */
    String price(String sku, String product, String currency, BigDecimal unitAmount, Attempt attempt) {
        String code = currency.toLowerCase(Locale.ROOT);
        String lookupKey = sku + "|" + code;
        if (lookupKey.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("has a product whose look-up key is longer than " + LONGEST_KEY);
        }
        List<RemotePrice> known = api.activePrices(lookupKey);
        Optional<RemotePrice> fitting = known.stream()
                .filter(price -> product.equals(price.product()) && code.equals(price.currency()))
                .filter(price ->
                        price.unitAmount() != null && price.unitAmount().compareTo(unitAmount) == 0)
                .findFirst();
        if (fitting.isPresent()) {
            return fitting.get().id();
        }
        var parameters = new LinkedHashMap<String, Object>();
        parameters.put("currency", code);
        parameters.put("product", product);
        parameters.put("unit_amount_decimal", unitAmount.stripTrailingZeros().toPlainString());
        parameters.put("tax_behavior", "exclusive");
        parameters.put("lookup_key", lookupKey);
        parameters.put("transfer_lookup_key", true);
        RemotePrice created = api.createPrice(parameters, attempt.step("price", parameters, known));
        for (RemotePrice old : known) {
            api.archivePrice(old.id(), attempt.step("archive-price", old.id()));
        }
        return created.id();
    }
}
