package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.spi.MappingException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The currency of each vendor, which BILL fixes once and for all: neither a bill nor a payment names one. */
final class VendorCurrencies {

    private static final String DEFAULT = "USD";

    private final BillApi api;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    VendorCurrencies(BillApi api) {
        this.api = api;
    }

    void load(Set<String> vendors) {
        var missing = new LinkedHashSet<>(vendors);
        missing.removeAll(known.keySet());
        for (List<String> some : FollowingFeed.parts(missing)) {
            for (boolean archived : new boolean[] {false, true}) {
                api.each(
                        BillConnector.VENDORS,
                        ListQuery.all().in("id", some).is("archived", String.valueOf(archived)),
                        this::add);
            }
        }
    }

    private void add(JsonNode vendor) {
        known.put(vendor.path("id").asText(), vendor.path("billCurrency").asText(DEFAULT));
    }

    String of(String vendor) {
        String currency = known.get(vendor);
        if (currency == null) {
            throw new MappingException("the vendor '" + vendor + "', whose currency counts, is not found");
        }
        return currency;
    }
}
