package io.mlconnector.testkit.ifs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Creates, changes and deletes rows. */
final class WriteHandler {

    private WriteHandler() {}

    static Reply create(Target target, WireRequest request, EntityStore store) {
        EntityTable table = target.table();
        EntitySetDefinition definition = table.definition();
        QueryOptions.ofEntity(definition, request.query());
        Map<String, Object> values = new LinkedHashMap<>();
        BodyReader.read(definition, request)
                .forEach((name, value) -> value.ifPresent(present -> values.put(name, present)));
        refuseReadOnly(definition, values);
        StoredRow stored;
        synchronized (table) {
            completeKey(table, values);
            if (!target.scope().test(new IfsRow(values))) {
                throw Refusal.badRequest("The parent key of the URI and the content differ.");
            }
            Optional<StoredRow> same = sameAs(table, values);
            if (same.isPresent()) {
                return json(target, request).entity(201, same.get());
            }
            List<Object> key = EntityStore.key(
                    definition, definition.keyNames().stream().map(values::get).toList());
            if (table.isLocked(key) || table.find(key).isPresent()) {
                throw Refusal.database(
                        "20112",
                        definition.luname() + ".FND_RECORD_EXIST: The " + definition.luname()
                                + " object already exists.");
            }
            definition.rules().forEach(rule -> rule.check(store, table, key, values));
            stored = table.store(values);
        }
        String location = target.serviceUrl() + "/" + definition.name() + KeyPredicate.render(definition, stored.key());
        if (prefersMinimal(request)) {
            return Reply.empty(204)
                    .with("Location", location)
                    .with("OData-EntityId", location)
                    .with("ETag", stored.etag())
                    .with("Preference-Applied", "return=minimal");
        }
        return json(target, request).entity(201, stored).with("Location", location);
    }

    /** The row that a create of a virtual set means. */
    private static Optional<StoredRow> sameAs(EntityTable table, Map<String, Object> values) {
        List<String> identity = table.definition().identity();
        return identity.isEmpty()
                ? Optional.empty()
                : table.sorted(Ordering.NONE).stream()
                        .filter(stored -> identity.stream()
                                .allMatch(column -> Objects.equals(stored.row().value(column), values.get(column))))
                        .findFirst();
    }

    /** PATCH keeps what the body leaves out; PUT clears it. */
    static Reply change(Target target, List<Object> key, WireRequest request, EntityStore store) {
        EntityTable table = target.table();
        EntitySetDefinition definition = table.definition();
        QueryOptions.ofEntity(definition, request.query());
        StoredRow stored;
        synchronized (table) {
            StoredRow known = checkPrecondition(target, key, request);
            Map<String, Optional<Object>> changes = BodyReader.read(definition, request);
            refuseReadOnly(definition, changes);
            Map<String, Object> values = new HashMap<>(
                    request.method().equals("PUT") ? Map.of() : known.row().values());
            changes.forEach((name, value) ->
                    value.ifPresentOrElse(present -> values.put(name, present), () -> values.remove(name)));
            definition.modifiedColumn().ifPresent(values::remove);
            for (Column column : definition.keys()) {
                Object before = known.row().values().get(column.name());
                Optional<Object> given = changes.getOrDefault(column.name(), Optional.ofNullable(before));
                if (before == null || !given.equals(Optional.of(before))) {
                    throw Refusal.badRequest("The key property '" + column.name() + "' cannot be changed.");
                }
                values.put(column.name(), before);
            }
            for (Column column : definition.columns()) {
                Object before = known.row().value(column.name());
                if (column.use() == Column.Use.READ_ONLY && before != null) {
                    values.put(column.name(), before);
                }
            }
            Object state = known.row().value(Column.STATE.name());
            if (state != null) {
                values.put(Column.STATE.name(), state);
            }
            definition.rules().forEach(rule -> rule.check(store, table, key, values));
            stored = table.store(values);
        }
        if (prefersMinimal(request)) {
            return Reply.empty(204).with("ETag", stored.etag()).with("Preference-Applied", "return=minimal");
        }
        return json(target, request).entity(200, stored);
    }

    static Reply delete(Target target, List<Object> key, WireRequest request) {
        synchronized (target.table()) {
            checkPrecondition(target, key, request);
            target.table().remove(key);
        }
        return Reply.empty(204);
    }

    private static StoredRow checkPrecondition(Target target, List<Object> key, WireRequest request) {
        EntityTable table = target.table();
        if (request.header("If-None-Match").isPresent()) {
            throw Refusal.notImplemented();
        }
        String ifMatch = request.header("If-Match")
                .orElseThrow(
                        () -> Refusal.of(428, "ODP_MISSING_PRECONDITION", "A precondition is missing in the request."));
        StoredRow known =
                table.find(key).filter(row -> target.scope().test(row.row())).orElseThrow(Refusal::notFound);
        boolean matches = Arrays.stream(ifMatch.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(known.etag()));
        if (!matches) {
            throw Refusal.of(412, "ODP_PRECONDITION_FAILED", "The If-Match precondition is not fulfilled.");
        }
        if (table.isLocked(key)) {
            String unit = table.definition().luname();
            throw Refusal.database("20113", "FND_LOCKED: The " + unit + " is currently locked.");
        }
        return known;
    }

    private static void refuseReadOnly(EntitySetDefinition definition, Map<String, ?> values) {
        for (Column column : definition.columns()) {
            boolean readOnly = column.use() == Column.Use.MODIFIED || column.use() == Column.Use.READ_ONLY;
            if (readOnly && values.containsKey(column.name())) {
                throw Refusal.database(
                        "20108",
                        definition.luname() + ".FND_FIELD_READONLY: Field [" + Column.databaseName(column.name())
                                + "] may not be specified.");
            }
        }
    }

    private static void completeKey(EntityTable table, Map<String, Object> values) {
        EntitySetDefinition definition = table.definition();
        for (Column column : definition.keys()) {
            Object value = values.get(column.name());
            if (value != null && !value.equals("")) {
                continue;
            }
            if (column.use() != Column.Use.ASSIGNED_KEY) {
                throw Refusal.database(
                        "20105",
                        definition.luname() + ".FND_FIELD_MANDATORY: Field [" + Column.databaseName(column.name())
                                + "] is mandatory and requires a value.");
            }
        }
        for (Column column : definition.keys()) {
            Object value = values.get(column.name());
            if (value == null || value.equals("")) {
                values.remove(column.name());
                values.put(column.name(), EntityTable.numberAs(column.type(), table.nextNumber(column, values)));
            }
        }
    }

    private static boolean prefersMinimal(WireRequest request) {
        return request.header("Prefer").orElse("").contains("return=minimal");
    }

    private static RowJson json(Target target, WireRequest request) {
        return new RowJson(
                target.table().definition(), target.serviceUrl(), Optional.empty(), request.numbersAsText("Accept"));
    }
}
