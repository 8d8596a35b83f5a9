package io.mlconnector.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Collects the values of rows by column, to be sent as arrays. */
final class ColumnParameters extends Parameters {

    private static final String TEXT = "text";
    private static final String NUMBER = "bigint";

    private final List<Column> columns = new ArrayList<>();
    private int index;

    ColumnParameters nextRow() {
        index = 0;
        return this;
    }

    @Override
    Parameters text(@Nullable String text) {
        return add(TEXT, text == null ? null : StoredText.encode(text));
    }

    @Override
    Parameters number(long number) {
        return add(NUMBER, number);
    }

    @Override
    Parameters noNumber() {
        return add(NUMBER, null);
    }

    private Parameters add(String type, @Nullable Object value) {
        if (index == columns.size()) {
            columns.add(new Column(type, new ArrayList<>()));
        }
        columns.get(index++).values.add(value);
        return this;
    }

    /** Returns what stands for the rows in a statement. */
    String unnest() {
        var unnest = new StringJoiner(", ", "unnest(", ")");
        columns.forEach(column -> unnest.add("?::" + column.type + "[]"));
        return unnest.toString();
    }

    void bind(StatementParameters parameters) throws SQLException {
        for (Column column : columns) {
            parameters.array(column.type, column.values.toArray());
        }
    }

    private record Column(String type, List<@Nullable Object> values) {}
}
