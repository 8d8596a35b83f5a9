package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Lineage;
import java.util.List;

/** A kind of object that becomes a kind of record. */
interface ObjectKind<T extends BusinessRecord> {

    Class<T> type();

    /** The name among the connection's entities. */
    String entity();

    /** The name on the wire. */
    String object();

    /** The path after {@code /v1/}; its list takes {@code payment_intent} and {@code charge} where events of those count. */
    String collection();

    /** What is to be expanded. */
    List<String> expand();

    /** The types of events, at most twenty. */
    List<String> events();

    /** Adds to an object what else its record needs. */
    JsonObject document(JsonObject object, StripeApi api, InvoiceRows rows);

    T record(RecordKey key, JsonObject document);

    Lineage lineage();
}
