package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a result's current row from left to right. */
final class Row {

    private final ResultSet result;
    private int column;

    Row(ResultSet result) {
        this.result = result;
    }

    boolean next() throws SQLException {
        column = 0;
        return result.next();
    }

    String text() throws SQLException {
        String text = textOrNull();
        if (text == null) {
            throw new IllegalArgumentException("a stored row lacks a value");
        }
        return text;
    }

    @Nullable String textOrNull() throws SQLException {
        String text = result.getString(++column);
        return text == null ? null : StoredText.decode(text);
    }

    long number() throws SQLException {
        return result.getLong(++column);
    }

    Instant instant() throws SQLException {
        return Instant.ofEpochMilli(number());
    }

    @Nullable Instant instantOrNull() throws SQLException {
        long millis = number();
        return result.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    RecordKey key() throws SQLException {
        return new RecordKey(text(), text(), text());
    }

    @Nullable RecordKey keyOrNull() throws SQLException {
        String connection = textOrNull();
        String entity = textOrNull();
        String id = textOrNull();
        return connection == null || entity == null || id == null ? null : new RecordKey(connection, entity, id);
    }
}
