package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the parameters of a statement from left to right. */
final class Parameters {

    private final PreparedStatement statement;
    private int index;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    Parameters text(@Nullable String text) throws SQLException {
        index++;
        if (text == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, StoredText.encode(text));
        }
        return this;
    }

    Parameters texts(List<String> texts) throws SQLException {
        Object[] encoded = texts.stream().map(StoredText::encode).toArray();
        statement.setArray(++index, statement.getConnection().createArrayOf("text", encoded));
        return this;
    }

    Parameters number(long number) throws SQLException {
        statement.setLong(++index, number);
        return this;
    }

    Parameters instant(Instant instant) throws SQLException {
        return number(instant.toEpochMilli());
    }

    Parameters instantOrNull(@Nullable Instant instant) throws SQLException {
        if (instant == null) {
            statement.setNull(++index, Types.BIGINT);
            return this;
        }
        return instant(instant);
    }

    Parameters key(@Nullable RecordKey key) throws SQLException {
        return text(key == null ? null : key.connection())
                .text(key == null ? null : key.entity())
                .text(key == null ? null : key.id());
    }
}
