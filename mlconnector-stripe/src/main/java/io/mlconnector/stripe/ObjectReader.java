package io.mlconnector.stripe;

import com.google.gson.JsonObject;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Lineage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads records that are one object of Stripe each. */
final class ObjectReader<T extends BusinessRecord> implements Reader<T> {

    private final String connection;
    private final StripeApi api;
    private final ObjectKind<T> kind;

    ObjectReader(String connection, StripeApi api, ObjectKind<T> kind) {
        this.connection = connection;
        this.api = api;
        this.kind = kind;
    }

    @Override
    public Class<T> type() {
        return kind.type();
    }

    @Override
    public List<String> events() {
        return kind.events();
    }

    @Override
    public List<Listing> lists() {
        return List.of(new Listing("/v1/" + kind.collection(), listQuery()));
    }

    @Override
    public Found<T> listed(Listing list, List<JsonObject> objects) {
        var rows = new InvoiceRows(api);
        var found = new Found<T>();
        objects.forEach(object -> add(object, rows, found));
        return found;
    }

    @Override
    public Found<T> hinted(List<Hint> hints) {
        var rows = new InvoiceRows(api);
        var found = new Found<T>();
        hints.stream()
                .filter(hint -> !itself(hint))
                .forEach(hint -> api.all("/v1/" + kind.collection(), ofPayment(hint))
                        .forEach(object -> add(object, rows, found)));
        for (Hint hint : hints) {
            if (itself(hint) && !found.has(key(hint.id()))) {
                api.read(StripeApi.path(kind.collection(), hint.id()), expanding(kind.expand()))
                        .ifPresentOrElse(
                                object -> add(object, rows, found), () -> found.add(Change.delete(key(hint.id()))));
            }
        }
        return found;
    }

    @Override
    public Optional<Change<T>> fetch(String id) {
        var found = new Found<T>();
        api.read(StripeApi.path(kind.collection(), id), expanding(kind.expand()))
                .ifPresent(object -> add(object, new InvoiceRows(api), found));
        return found.one(key(id));
    }

    @Override
    public Lineage lineage() {
        return kind.lineage();
    }

    private boolean itself(Hint hint) {
        return hint.object().equals(kind.object());
    }

    private Map<String, Object> ofPayment(Hint hint) {
        var query = new LinkedHashMap<>(listQuery());
        query.put(hint.object(), hint.id());
        return query;
    }

    private Map<String, Object> listQuery() {
        return expanding(kind.expand().stream().map(path -> "data." + path).toList());
    }

    /** An empty list would be sent as an empty text. */
    private static Map<String, Object> expanding(List<String> paths) {
        return paths.isEmpty() ? Map.of() : Map.of("expand", paths);
    }

    private void add(JsonObject object, InvoiceRows rows, Found<T> found) {
        RecordKey key = key(Wire.id(object));
        JsonObject document = kind.document(object, api, rows);
        Instant made = Instant.ofEpochSecond(Wire.number(object, "created"));
        found.add(key, document, () -> Change.upsert(kind.record(key, document), made, null));
    }

    private RecordKey key(String id) {
        return new RecordKey(connection, kind.entity(), id);
    }
}
