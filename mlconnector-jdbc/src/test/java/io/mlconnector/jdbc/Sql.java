package io.mlconnector.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What anybody can do to a ledger's database. */
final class Sql {

    private Sql() {}

    static void execute(Path file, String... statements) {
        execute(() -> connect(file), statements);
    }

    static void execute(DataSource dataSource, String... statements) {
        execute(dataSource::getConnection, statements);
    }

    private static void execute(Connecting connecting, String... statements) {
        try (Connection connection = connecting.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static String query(Path file, String sql) {
        return query(() -> connect(file), sql);
    }

    static String query(DataSource dataSource, String sql) {
        return query(dataSource::getConnection, sql);
    }

    private static String query(Connecting connecting, String sql) {
        try (Connection connection = connecting.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "no row";
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    static Connection connect(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private interface Connecting {
        Connection connect() throws SQLException;
    }
}
