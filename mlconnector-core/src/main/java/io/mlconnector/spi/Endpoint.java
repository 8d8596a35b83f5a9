package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import io.mlconnector.model.RecordKey;

/**
 * One kind of record at one connection: where a flow starts or ends. Written {@code connection/entity}.
 *
 * @param connection the name of the connection
 * @param entity the kind of record there
 */
public record Endpoint(String connection, String entity) {

    /** Refuses nulls. */
    public Endpoint {
        requireNonNull(connection, "connection");
        requireNonNull(entity, "entity");
    }

    /**
     * Returns the endpoint that a text names.
     *
     * @param text {@code connection/entity}
     * @return the endpoint
     * @throws IllegalArgumentException if the text has another form
     */
    public static Endpoint parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("must be written connection/entity: '" + text + "'");
        }
        return new Endpoint(text.substring(0, slash), text.substring(slash + 1));
    }

    /**
     * Returns the key of a record here.
     *
     * @param id the record's id
     * @return the key
     */
    public RecordKey key(String id) {
        return new RecordKey(connection, entity, id);
    }

    @Override
    public String toString() {
        return connection + "/" + entity;
    }
}
