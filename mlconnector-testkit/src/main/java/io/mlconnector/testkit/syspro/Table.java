package io.mlconnector.testkit.syspro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table and its rows. Guarded by its own lock. */
final class Table {

    static final String VERSION = "TimeStamp";
    static final String MODIFIED = "LastModifiedDate";

    private final String name;
    private final List<String> keys;
    private final Map<String, EdmType> columns;
    private final Map<List<Object>, Map<String, Object>> rows = new LinkedHashMap<>();

    Table(String name, List<String> keys, Map<String, EdmType> columns) {
        this.name = name;
        this.keys = List.copyOf(keys);
        this.columns = columns;
    }

    String name() {
        return name;
    }

    List<String> keys() {
        return keys;
    }

    Map<String, EdmType> columns() {
        return columns;
    }

    EdmType type(String column) {
        EdmType type = columns.get(column);
        if (type == null) {
            throw new Refusal(400, "Could not find a property named '" + column + "' on type '" + name + "'.");
        }
        return type;
    }

    synchronized List<Map<String, Object>> rows() {
        var all = new ArrayList<Map<String, Object>>();
        rows.values().forEach(row -> all.add(new LinkedHashMap<>(row)));
        return all;
    }

    synchronized Optional<Map<String, Object>> row(Object... key) {
        return Optional.ofNullable(rows.get(List.of(key))).map(LinkedHashMap::new);
    }

    /** Creates or changes a row; a null value clears its column. */
    synchronized Map<String, Object> put(
            Map<String, ? extends @Nullable Object> values, long version, Object modified) {
        var typed = new LinkedHashMap<String, Object>();
        values.forEach((column, value) -> {
            EdmType type = columns.get(column);
            if (type == null) {
                throw new IllegalArgumentException(name + " has no column " + column + ": " + columns.keySet());
            }
            if (value != null) {
                typed.put(column, type.typed(value));
            }
        });
        var key = new ArrayList<Object>();
        for (String column : keys) {
            Object part = typed.get(column);
            if (part == null) {
                throw new IllegalArgumentException("a row of " + name + " needs " + keys + ": " + values);
            }
            key.add(part);
        }
        Map<String, Object> row = rows.computeIfAbsent(List.copyOf(key), ignored -> new LinkedHashMap<>());
        values.keySet().forEach(row::remove);
        row.putAll(typed);
        if (columns.containsKey(VERSION)) {
            row.put(VERSION, version);
        }
        if (columns.containsKey(MODIFIED) && !values.containsKey(MODIFIED)) {
            row.put(MODIFIED, modified);
        }
        return new LinkedHashMap<>(row);
    }

    synchronized void remove(Object... key) {
        rows.remove(List.of(key));
    }
}
