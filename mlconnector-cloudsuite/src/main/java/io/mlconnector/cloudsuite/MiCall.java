package io.mlconnector.cloudsuite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One transaction with its input. Blank fields are left out, because a blank asks M3 for its default.
 *
 * @param transaction what to execute
 * @param record its input
 * @param columns which output is wanted
 * @param mostRecords how many rows at most; 0 for all
 */
record MiCall(MiTransaction transaction, Map<String, String> record, List<String> columns, int mostRecords) {

    MiCall {
        var given = new LinkedHashMap<>(record);
        given.values().removeIf(String::isBlank);
        record = Collections.unmodifiableMap(given);
        columns = List.copyOf(columns);
    }

    static MiCall of(MiTransaction transaction, List<String> columns, String... fields) {
        return new MiCall(transaction, fields(fields), columns, 0);
    }

    MiCall atMost(int records) {
        return new MiCall(transaction, record, columns, records);
    }

    MiCall with(Map<String, String> more) {
        var all = new LinkedHashMap<>(record);
        all.putAll(more);
        return new MiCall(transaction, all, columns, mostRecords);
    }

    /** Names and values in turn; a value that is null is left out. */
    static Map<String, String> fields(@Nullable String... namesAndValues) {
        var fields = new LinkedHashMap<String, String>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            String name = namesAndValues[at];
            String value = namesAndValues[at + 1];
            if (name != null && value != null) {
                fields.put(name, value);
            }
        }
        return fields;
    }
}
