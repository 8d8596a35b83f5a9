package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes the parameters of a statement, or the values of a row, from left to right. */
abstract class Parameters {

    abstract Parameters text(@Nullable String text) throws SQLException;

    abstract Parameters number(long number) throws SQLException;

    abstract Parameters noNumber() throws SQLException;

    final Parameters instant(Instant instant) throws SQLException {
        return number(instant.toEpochMilli());
    }

    final Parameters instantOrNull(@Nullable Instant instant) throws SQLException {
        return instant == null ? noNumber() : instant(instant);
    }

    final Parameters key(@Nullable RecordKey key) throws SQLException {
        return key == null
                ? text(null).text(null).text(null)
                : text(key.connection()).text(key.entity()).text(key.id());
    }
}
