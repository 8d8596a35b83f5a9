package io.mlconnector.testkit.ifs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All sets of the sandbox, by path. */
final class EntityStore {

    private final Map<String, EntityTable> tables = new LinkedHashMap<>();

    EntityStore(List<EntitySetDefinition> definitions, ServerClock clock) {
        for (EntitySetDefinition definition : definitions) {
            if (tables.put(definition.path(), new EntityTable(definition, clock, tables.size())) != null) {
                throw new IllegalArgumentException("set " + definition + " is defined twice");
            }
        }
    }

    /** Has the changes of logical units noted in the log, which is one of the sets. */
    void logHistory(Set<String> units) {
        at(HistoryLog.SET.path()).ifPresent(log -> {
            HistoryLog history = new HistoryLog(log, units);
            tables.values().forEach(table -> table.logTo(history));
        });
    }

    /** The table of a set that a test names by its path, or by its name if only one service has it. */
    EntityTable table(String set) {
        List<EntityTable> found = tables.values().stream()
                .filter(table -> table.definition().path().equals(set)
                        || table.definition().name().equals(set))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    (found.isEmpty() ? "no set " : "more than one set ") + set + " among " + tables.keySet());
        }
        return found.get(0);
    }

    Optional<EntityTable> at(String path) {
        return Optional.ofNullable(tables.get(path));
    }

    List<EntitySetDefinition> definitions() {
        return tables.values().stream().map(EntityTable::definition).toList();
    }

    List<EntitySetDefinition> setsOf(String service) {
        return definitions().stream()
                .filter(definition -> definition.service().equals(service))
                .toList();
    }

    List<String> services() {
        return definitions().stream()
                .map(EntitySetDefinition::service)
                .distinct()
                .toList();
    }

    /** The values that a test hands in, in the types of the columns; null entries are dropped. */
    static Map<String, Object> typed(EntitySetDefinition definition, Map<String, ?> values) {
        Map<String, Object> typed = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            Column column = definition
                    .column(entry.getKey())
                    .orElseThrow(
                            () -> new IllegalArgumentException("no column " + entry.getKey() + " in " + definition));
            Object value = entry.getValue();
            if (value != null) {
                typed.put(column.name(), EdmValues.coerce(column, value));
            }
        }
        return typed;
    }

    /** The key that a test hands in as its values in the order of the definition. */
    static List<Object> key(EntitySetDefinition definition, List<?> values) {
        if (values.size() != definition.keys().size()) {
            throw new IllegalArgumentException("the key of " + definition + " is " + definition.keyNames());
        }
        List<Object> key = new ArrayList<>();
        for (int at = 0; at < values.size(); at++) {
            key.add(EdmValues.coerce(definition.keys().get(at), values.get(at)));
        }
        return List.copyOf(key);
    }
}
