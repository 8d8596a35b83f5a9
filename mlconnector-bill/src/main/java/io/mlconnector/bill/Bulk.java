package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.spi.MlConnectorException;
import java.util.List;
import java.util.Optional;

/**
 * Creates many objects in as few calls as can be. BILL takes all of a call or none, so a call that was refused is sent again in halves,
 * until what is refused stands alone.
 */
final class Bulk {

    private final BillApi api;
    private final String resource;
    private final String answerList;

    /**
     * Makes a bulk.
     *
     * @param answerList under which name the answer lists what was created, unless it is the list itself
     */
    Bulk(BillApi api, String resource, String answerList) {
        this.api = api;
        this.resource = resource;
        this.answerList = answerList;
    }

    /** One object to create, and who is told what became of it. */
    interface Item {

        ObjectNode body();

        /** Returns whether an object of the answer is this one. */
        boolean is(JsonNode created);

        void created(JsonNode created, BillApi.Written written);

        void refused(BillRefusedException refusal);

        void unknown(String evidence);
    }

    /**
     * Creates.
     *
     * @throws MlConnectorException if a call was not possible; items that were told nothing were not written
     */
    void create(List<? extends Item> items) {
        if (items.isEmpty()) {
            return;
        }
        if (items.size() == 1) {
            createOne(items.get(0));
            return;
        }
        BillApi.Written written;
        try {
            written = api.write("POST", "/v3/" + resource + "/bulk", Json.bytes(array(items)), "create " + resource);
        } catch (BillRefusedException e) {
            int half = items.size() / 2;
            create(items.subList(0, half));
            create(items.subList(half, items.size()));
            return;
        } catch (OutcomeUnknownException e) {
            items.forEach(
                    item -> item.unknown(e.evidence() + ", with " + items.size() + " " + resource + " in one call"));
            return;
        }
        assign(items, written);
    }

    private void createOne(Item item) {
        try {
            BillApi.Written written =
                    api.write("POST", "/v3/" + resource, Json.bytes(item.body()), "create " + resource);
            tell(item, written.body(), written);
        } catch (BillRefusedException e) {
            item.refused(e);
        } catch (OutcomeUnknownException e) {
            item.unknown(e.evidence());
        }
    }

    private void assign(List<? extends Item> items, BillApi.Written written) {
        JsonNode list =
                written.body().isArray() ? written.body() : written.body().path(answerList);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            JsonNode at = list.path(i);
            if (item.is(at)) {
                tell(item, at, written);
            } else {
                tell(item, elsewhere(item, list).orElse(at), written);
            }
        }
    }

    /** The order of the answer is not promised. */
    private static Optional<JsonNode> elsewhere(Item item, JsonNode list) {
        for (JsonNode created : list) {
            if (item.is(created)) {
                return Optional.of(created);
            }
        }
        return Optional.empty();
    }

    private void tell(Item item, JsonNode created, BillApi.Written written) {
        if (item.is(created) && created.path("id").isTextual()) {
            item.created(created, written);
        } else {
            item.unknown("the answer to create " + resource + " does not show what was created");
        }
    }

    private static ArrayNode array(List<? extends Item> items) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> array.add(item.body()));
        return array;
    }
}
