package io.mlconnector.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Fills the parameters of a statement. */
final class StatementParameters extends Parameters {

    private final PreparedStatement statement;
    private int index;

    StatementParameters(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Begins with the first parameter again. */
    StatementParameters nextRow() {
        index = 0;
        return this;
    }

    @Override
    Parameters text(@Nullable String text) throws SQLException {
        index++;
        if (text == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, StoredText.encode(text));
        }
        return this;
    }

    @Override
    Parameters number(long number) throws SQLException {
        statement.setLong(++index, number);
        return this;
    }

    @Override
    Parameters noNumber() throws SQLException {
        statement.setNull(++index, Types.BIGINT);
        return this;
    }

    /** Takes values that are ready for the database as they are. */
    void array(String type, Object[] values) throws SQLException {
        statement.setArray(++index, statement.getConnection().createArrayOf(type, values));
    }
}
