package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an event is about. Only ids are taken from it: its content is partial, and older than the object. */
final class Hints {

    private Hints() {}

    /** Returns the objects that an event names: vendors, bills, payments. */
    static List<RecordKey> of(String connection, JsonNode event) {
        var objects = new ArrayList<RecordKey>();
        add(objects, connection, BillConnector.VENDORS, event.path("vendor").path("id"));
        add(objects, connection, BillConnector.BILLS, event.path("bill").path("id"));
        JsonNode payment = event.path("payment");
        add(objects, connection, BillConnector.PAYMENTS, payment.path("id"));
        if (objects.isEmpty()) {
            // a payment that failed may have no id, only bills
            payment.path("bills").forEach(bill -> add(objects, connection, BillConnector.BILLS, bill.path("id")));
            payment.path("billIds").forEach(id -> add(objects, connection, BillConnector.BILLS, id));
        }
        return objects;
    }

    private static void add(List<RecordKey> objects, String connection, String entity, JsonNode id) {
        if (id.isTextual() && FeedSource.isPlausible(id.asText())) {
            objects.add(new RecordKey(connection, entity, id.asText()));
        }
    }

    /** Returns the event in a body, which is an object or a text that holds one. */
    static JsonNode event(JsonNode body) {
        return body.isTextual() ? Json.readOrMissing(body.asText().getBytes(StandardCharsets.UTF_8)) : body;
    }
}
