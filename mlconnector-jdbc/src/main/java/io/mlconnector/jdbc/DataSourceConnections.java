package io.mlconnector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Connections of a data source, which stays its owner's. */
final class DataSourceConnections implements Connections {

    private final DataSource dataSource;

    DataSourceConnections(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Connection takeWriter() throws SQLException {
        return take();
    }

    @Override
    public void giveWriter(Connection connection, boolean sound) {
        give(connection, sound);
    }

    @Override
    public Connection takeReader() throws SQLException {
        return take();
    }

    @Override
    public void giveReader(Connection connection, boolean sound) {
        give(connection, sound);
    }

    /** Pools throw faults of their own. */
    private Connection take() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (RuntimeException e) {
            throw Faults.of("connecting to the ledger's database", e);
        }
    }

    private static void give(Connection connection, boolean sound) {
        try (connection) {
            if (sound) {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // The transaction has ended already, and a pool tests what it lends again.
        }
    }

    @Override
    public void close() {}
}
