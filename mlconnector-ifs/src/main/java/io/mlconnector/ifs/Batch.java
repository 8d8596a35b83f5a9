package io.mlconnector.ifs;

import io.mlconnector.mapping.Row;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The records of one page in the making: a row that cannot become one is put aside with its faults. For one thread.
 *
 * @param <T> the kind of record
 */
final class Batch<T extends BusinessRecord> {

    private final Endpoint endpoint;
    private final RowShape shape;
    private final List<Change<T>> changes = new ArrayList<>();
    private final Map<RecordKey, Malformed> malformed = new LinkedHashMap<>();

    Batch(Endpoint endpoint, RowShape shape) {
        this.endpoint = endpoint;
        this.shape = shape;
    }

    void add(Row row, Function<Row, T> reading) {
        try {
            T record = reading.apply(row);
            changes.add(Change.upsert(record, shape.stamp(row), shape.version(row)));
        } catch (MappingException e) {
            refuse(row, row.raw(), e.faults());
        }
    }

    void remove(RecordKey key) {
        changes.add(Change.delete(key));
    }

    void refuse(Row row, String raw, List<String> faults) {
        refuse(endpoint.key(shape.id(row)), raw, faults);
    }

    void refuse(RecordKey key, String raw, List<String> faults) {
        malformed.put(key, new Malformed(key, raw, faults));
    }

    void refuseUnreadable(List<Row> rows) {
        String needed = String.join(", ", shape.keys())
                + (shape.modifiedField().isEmpty() ? "" : " and a valid time in " + shape.modifiedField());
        for (Row row : rows) {
            String fault = row.fault();
            refuse(row, row.raw(), List.of(fault == null ? "a row needs " + needed : fault));
        }
    }

    List<Change<T>> changes() {
        return changes;
    }

    List<Malformed> malformed() {
        return List.copyOf(malformed.values());
    }
}
