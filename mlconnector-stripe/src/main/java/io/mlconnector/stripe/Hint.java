package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.InboxEvent;
import org.jspecify.annotations.Nullable;

/**
 * What an event is good for: some object may have changed. Of a charge, and of what ties a payment to an invoice, the object is the
 * payment intent, so that all events of one payment come together. Only ids are taken from an event, because its content has the
 * shape of the account's version and is older than the object.
 */
record Hint(String type, String object, String id) {

    static final String INTENT = "payment_intent";

    private static final int LONGEST = 255;

    /** Returns the hint of a snapshot event; null if it shows no object with an id. */
    static @Nullable Hint of(JsonObject event) {
        String type = Wire.text(event, "type");
        JsonObject object = Wire.object(event, "data", "object");
        String kind = Wire.text(object, "object");
        String id = Wire.text(object, "id");
        if (type == null || kind == null || id == null || id.isEmpty()) {
            return null;
        }
        String intent = switch (kind) {
            case "charge" -> Wire.text(object, INTENT);
            case "invoice_payment" -> Wire.text(object, "payment", INTENT);
            default -> null;
        };
        if (type.length() > LONGEST || id.length() > LONGEST || kind.length() > LONGEST) {
            return null;
        }
        return intent == null || intent.isEmpty() ? new Hint(type, kind, id) : new Hint(type, INTENT, intent);
    }

    /** Returns the hint that an inbox keeps; null if it keeps no object. */
    static @Nullable Hint of(InboxEvent event) {
        RecordKey object = event.object();
        return object == null ? null : new Hint(event.type(), object.entity(), object.id());
    }

    RecordKey key(String connection) {
        return new RecordKey(connection, object, id);
    }
}
