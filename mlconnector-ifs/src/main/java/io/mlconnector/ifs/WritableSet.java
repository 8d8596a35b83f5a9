package io.mlconnector.ifs;

import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.OutcomeUnknownException;
import io.mlconnector.http.Repeat;
import io.mlconnector.mapping.JsonPage;
import io.mlconnector.mapping.MalformedPageException;
import io.mlconnector.mapping.Row;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A set whose rows are looked up, created and changed, in any company. Safe for threads. */
final class WritableSet {

    private static final int MOST_ALIKE = 50;

    private final ODataClient client;
    private final MetadataCache metadata;
    private final EntitySet entity;
    private final SetPath path;
    private final Set<String> read;
    private final int pageSize;
    private final String connection;
    private final Map<String, SetReader> readers = new ConcurrentHashMap<>();
    private volatile @Nullable RowShape shape;

    /**
     * @param read the columns to read besides the key
     */
    WritableSet(
            ODataClient client,
            MetadataCache metadata,
            EntitySet entity,
            Collection<String> read,
            int pageSize,
            String connection) {
        this.client = client;
        this.metadata = metadata;
        this.entity = entity;
        this.path = entity.paths().get(0);
        this.pageSize = pageSize;
        this.connection = connection;
        this.read = new LinkedHashSet<>(read);
    }

    /**
     * A row of the set.
     *
     * @param key its values
     * @param row its columns
     * @param version its ETag; null if the answer had none
     * @param requestId the system's id of the call that wrote it; null if it was only read
     */
    record Stored(
            List<String> key,
            Row row,
            @Nullable String version,
            @Nullable String requestId) {

        String id() {
            return RecordIds.join(key);
        }

        @Nullable String text(String column) {
            return row.text(column);
        }
    }

    SetPath path() {
        return path;
    }

    EntitySet entity() {
        return entity;
    }

    boolean has(String column) {
        return metadata.of(path)
                .columns(path.set())
                .map(columns -> columns.containsKey(column))
                .orElse(false);
    }

    /** How many characters a column takes; empty if the service does not say. */
    OptionalInt length(String column) {
        return metadata.of(path).length(path.set(), column);
    }

    /** A value in the form that a column takes: yes and no are texts where it holds text. */
    @Nullable Object valueOf(String column, @Nullable Object value) {
        if (!(value instanceof Boolean flag)) {
            return value;
        }
        String type = metadata.of(path)
                .columns(path.set())
                .map(columns -> columns.get(column))
                .orElse("Edm.Boolean");
        return EdmLiteral.STRING.equals(type) ? (flag ? "TRUE" : null) : value;
    }

    /** The first rows whose columns have these values, in the order of the key. */
    List<Stored> alike(String company, Map<String, String> values) {
        var conditions = new ArrayList<String>();
        Map<String, String> types = metadata.of(path).columns(path.set()).orElse(Map.of());
        for (Map.Entry<String, String> value : values.entrySet()) {
            try {
                String type = types.getOrDefault(value.getKey(), EdmLiteral.STRING);
                conditions.add(value.getKey() + " eq " + EdmLiteral.of(value.getValue(), type));
            } catch (IllegalArgumentException e) {
                return List.of(); // no value of the column's type, so no row has it
            }
        }
        return reader(company).rows(conditions, entity.keyNames(), MOST_ALIKE, 0).stream()
                .flatMap(row -> stored(row).stream())
                .toList();
    }

    /** All rows whose key begins with a key. */
    List<Stored> parts(String company, List<String> parent) {
        var parts = new ArrayList<Stored>();
        List<KeyPart> columns = entity.keys().subList(0, parent.size());
        new BulkReader(reader(company), columns, pageSize, 1).read(List.of(parent), (wanted, page) -> {
            page.forEach(row -> stored(row).ifPresent(parts::add));
            return false;
        });
        return parts;
    }

    /** A row, and when the server answered. */
    Optional<ODataClient.AnsweredRow> read(String company, String id) {
        return encoded(company, id).flatMap(key -> client.answeredRow(path, key, shape().layout()));
    }

    /** What is read of a row: its stamp too where it has one, because versions count seconds. */
    RowShape shape() {
        RowShape known = shape;
        if (known == null) {
            var columns = new LinkedHashSet<>(entity.keyNames());
            columns.add(RowShape.ETAG);
            columns.addAll(read);
            String stamp = entity.modifiedField();
            boolean stamped = metadata.of(path)
                    .columns(path.set())
                    .map(types -> "Edm.DateTimeOffset".equals(types.get(stamp)))
                    .orElse(false);
            if (stamped) {
                columns.add(stamp);
            }
            known = RowShape.of(entity, RowLayout.of(columns));
            shape = known;
        }
        return known;
    }

    /** Changes columns of a row under a version. The answer may be a refusal. */
    HttpAnswer change(String company, String id, String version, Map<String, @Nullable Object> columns) {
        String key = encoded(company, id)
                .orElseThrow(() -> EndedException.rejected(id + " is no key of " + path + ": " + entity.keyNames()));
        return client.change(path, key, version, JsonText.of(columns));
    }

    private Optional<String> encoded(String company, String id) {
        List<String> values = RecordIds.split(id, entity.keys().size());
        boolean fits = values.size() == entity.keys().size() && values.stream().noneMatch(String::isEmpty);
        return fits ? KeyReader.encoded(reader(company), values) : Optional.empty();
    }

    /**
     * Creates a row.
     *
     * @param key the first columns of its key; those that are left out the system gives
     * @param columns its other columns; what is null is left out
     * @param record what the row is made of, for messages
     * @throws EndedException if it is refused, and nothing was written
     */
    Stored create(List<String> key, Map<String, @Nullable Object> columns, String record) {
        HttpAnswer answer;
        try {
            answer = client.create(path, JsonText.of(body(key, columns)), Repeat.ONCE);
        } catch (UnavailableException e) {
            if (IfsErrors.isHeld(e)) {
                throw EndedException.with(
                        WriteOutcome.Deferred.later(record + ": held by another user: " + e.getMessage()));
            }
            throw e;
        }
        if (!answer.success()) {
            throw EndedException.with(IfsErrors.refusedCreate(connection, path, record, answer));
        }
        Row row;
        try {
            row = JsonPage.readRow(answer.body(), shape().layout());
        } catch (MalformedPageException e) {
            throw unreadable(record, e);
        }
        Stored stored = stored(row).orElseThrow(() -> unreadable(record, null));
        String version = stored.version() == null ? answer.header("ETag").orElse(null) : stored.version();
        return new Stored(stored.key(), row, version, answer.requestId().orElse(null));
    }

    private OutcomeUnknownException unreadable(String record, @Nullable Exception cause) {
        return new OutcomeUnknownException(
                "the answer to create a row of " + path + " for " + record + " does not show its key",
                Details.of(connection, "create a row of " + path),
                cause);
    }

    private Map<String, @Nullable Object> body(List<String> key, Map<String, @Nullable Object> columns) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        for (int at = 0; at < key.size(); at++) {
            KeyPart part = entity.keys().get(at);
            body.put(part.name(), typed(metadata.typeOf(path, part), key.get(at)));
        }
        columns.forEach((column, value) -> {
            if (value != null) {
                body.putIfAbsent(column, value);
            }
        });
        return body;
    }

    private static Object typed(String type, String value) {
        return type.startsWith("Edm.Int") ? (Object) Long.valueOf(value) : value;
    }

    private Optional<Stored> stored(Row row) {
        return shape().key(row).map(key -> new Stored(key, row, shape().version(row), null));
    }

    private SetReader reader(String company) {
        return readers.computeIfAbsent(company, of -> new SetReader(client, metadata, entity, path, shape(), of));
    }
}
