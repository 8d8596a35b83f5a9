package io.mlconnector.model;

import static java.util.Objects.requireNonNull;

/**
 * Identity of a record: where it lives, what it is, and which one.
 *
 * @param connection the name of the connection, such as {@code ifs-prod}
 * @param entity the kind of record there, such as {@code invoices}
 * @param id the id there; parts of a composite key are joined by the adapter
 */
public record RecordKey(String connection, String entity, String id) implements Comparable<RecordKey> {

    /** Refuses nulls and empty parts. */
    public RecordKey {
        if (requireNonNull(connection, "connection").isEmpty()
                || requireNonNull(entity, "entity").isEmpty()
                || requireNonNull(id, "id").isEmpty()) {
            throw new IllegalArgumentException(
                    "a record key needs connection, entity and id: '" + connection + "/" + entity + "/" + id + "'");
        }
    }

    @Override
    public int compareTo(RecordKey other) {
        int order = connection.compareTo(other.connection);
        if (order == 0) {
            order = entity.compareTo(other.entity);
        }
        return order == 0 ? id.compareTo(other.id) : order;
    }

    @Override
    public String toString() {
        return connection + "/" + entity + "/" + id;
    }
}
