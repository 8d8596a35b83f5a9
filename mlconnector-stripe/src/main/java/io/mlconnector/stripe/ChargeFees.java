package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * Puts the movement on the balance, which tells the fee, into charges that only name it. Expanding it beside everything else would be
 * one level more than Stripe expands, so it comes from the list of charges of the same time, or one by one where few are wanted.
 */
final class ChargeFees {

    private static final String MOVEMENT = "balance_transaction";
    private static final int FEW = 3;
    private static final int WORTH_A_PAGE = 10;

    private final StripeApi api;

    ChargeFees(StripeApi api) {
        this.api = api;
    }

    void addTo(List<JsonObject> charges) {
        Map<String, List<JsonObject>> wanted = new LinkedHashMap<>();
        for (JsonObject charge : charges) {
            if (Wire.text(charge, MOVEMENT) != null) {
                wanted.computeIfAbsent(Wire.id(charge), id -> new ArrayList<>()).add(charge);
            }
        }
        if (wanted.size() > FEW) {
            takeFromList(wanted);
        }
        for (List<JsonObject> same : wanted.values()) {
            String movement = Wire.text(same.get(0), MOVEMENT);
            if (movement != null) {
                api.read(StripeApi.path("balance_transactions", movement), Map.of())
                        .ifPresent(found -> same.forEach(charge -> charge.add(MOVEMENT, found)));
            }
        }
    }

    private void takeFromList(Map<String, List<JsonObject>> wanted) {
        LongSummaryStatistics times = wanted.values().stream()
                .mapToLong(same -> Wire.number(same.get(0), "created"))
                .summaryStatistics();
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("created", Map.of("gte", times.getMin(), "lte", times.getMax()));
        query.put("expand", List.of("data." + MOVEMENT));
        query.put("limit", 100);
        int missing = wanted.size();
        for (int pages = 1 + missing / WORTH_A_PAGE; pages > 0 && missing > 0; pages--) {
            StripeApi.Slice slice = api.list("/v1/charges", query);
            for (JsonObject charge : slice.objects()) {
                List<JsonObject> same = wanted.get(Wire.id(charge));
                JsonObject movement = Wire.object(charge, MOVEMENT);
                if (same != null && movement != null) {
                    same.forEach(one -> one.add(MOVEMENT, movement));
                    missing--;
                }
            }
            if (!slice.more()) {
                return;
            }
            query.put(
                    "starting_after",
                    Wire.id(slice.objects().get(slice.objects().size() - 1)));
        }
    }
}
