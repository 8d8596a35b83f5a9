package io.mlconnector.syspro;

import io.mlconnector.mapping.Row;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The records of one page in the making: a row that cannot become one is put aside with its faults. For one thread. */
final class Batch<T extends BusinessRecord> {

    private final Endpoint endpoint;
    private final TableReader reader;
    private final List<Change<T>> changes = new ArrayList<>();
    private final Map<RecordKey, Malformed> malformed = new LinkedHashMap<>();

    Batch(Endpoint endpoint, TableReader reader) {
        this.endpoint = endpoint;
        this.reader = reader;
    }

    void add(Row row, Function<Row, T> reading) {
        try {
            changes.add(Change.upsert(reading.apply(row), null, null));
        } catch (MappingException e) {
            refuse(row, row.raw(), e.faults());
        }
    }

    void refuse(Row row, String raw, List<String> faults) {
        RecordKey key =
                endpoint.key(reader.key(row).map(RecordIds::join).orElseGet(() -> "unreadable-" + digest(row.raw())));
        malformed.put(key, new Malformed(key, raw, faults));
    }

    void refuseUnreadable(List<Row> rows) {
        for (Row row : rows) {
            String fault = row.fault();
            refuse(
                    row,
                    row.raw(),
                    List.of(
                            fault == null
                                    ? "a row needs "
                                            + String.join(", ", reader.table().keys())
                                    : fault));
        }
    }

    List<Change<T>> changes() {
        return changes;
    }

    List<Malformed> malformed() {
        return List.copyOf(malformed.values());
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
