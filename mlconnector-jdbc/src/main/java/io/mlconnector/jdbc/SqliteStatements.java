package io.mlconnector.jdbc;

import io.mlconnector.jdbc.Session.Binding;
import io.mlconnector.jdbc.Session.ItemBinding;
import io.mlconnector.jdbc.Session.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;

/** Every statement runs at once: the database is in this process. */
final class SqliteStatements implements Statements {

    private final Connection connection;

    SqliteStatements(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void query(String sql, int fetchSize, Binding binding, Reading reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(new StatementParameters(statement));
            try (ResultSet result = statement.executeQuery()) {
                var row = new Row(result);
                while (row.next()) {
                    reading.read(row);
                }
            }
        }
    }

    @Override
    public int update(String sql, Binding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(new StatementParameters(statement));
            return statement.executeUpdate();
        }
    }

    @Override
    public boolean write(String sql, Binding binding) throws SQLException {
        update(sql, binding);
        return true;
    }

    @Override
    public <T> boolean insert(Insert insert, Collection<T> items, Function<T, ?> identity, ItemBinding<T> binding)
            throws SQLException {
        String values = "?" + ", ?".repeat(insert.columns() - 1);
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO " + insert.into() + " VALUES (" + values + ") " + insert.conflict())) {
            var parameters = new StatementParameters(statement);
            for (T item : items) {
                binding.bind(parameters.nextRow(), item);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return true;
    }

    @Override
    public void commit() throws SQLException {
        SqliteDialect.execute(connection, "COMMIT");
    }
}
