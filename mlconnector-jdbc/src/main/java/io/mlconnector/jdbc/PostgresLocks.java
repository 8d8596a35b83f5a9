package io.mlconnector.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Advisory locks, each of a session of its own, which ends with its process or is ended by the server. */
final class PostgresLocks implements FlowLocks {

    private static final int SECONDS_TO_ANSWER = 5;

    private final Connections connections;

    PostgresLocks(Connections connections) {
        this.connections = connections;
    }

    @Override
    public @Nullable FlowLock tryLock(String flow) throws SQLException {
        Connection connection = connections.takeReader();
        boolean taken = false;
        boolean sound = false;
        try {
            connection.setAutoCommit(true);
            FlowLock lock = tryLock(connection, flow);
            taken = lock != null;
            sound = true;
            return lock;
        } finally {
            if (!taken) {
                connections.giveReader(connection, sound);
            }
        }
    }

    /** The key has the table in it: another schema of the database may hold another ledger. */
    private @Nullable FlowLock tryLock(Connection connection, String flow) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT key, pg_backend_pid(), pg_try_advisory_lock(key)
                FROM (SELECT hashtextextended(?::text COLLATE "C", 'ml_lease'::regclass::oid::bigint)) AS lock (key)
                """)) {
            new StatementParameters(statement).text(flow);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(3)
                        ? new SessionLock(connections, connection, result.getLong(1), result.getLong(2))
                        : null;
            }
        }
    }

    private record SessionLock(Connections connections, Connection connection, long key, long session)
            implements FlowLock {

        @Override
        public boolean isHeld() {
            try {
                return connection.isValid(SECONDS_TO_ANSWER);
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void release() {
            boolean sound = false;
            try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_unlock(?)")) {
                new StatementParameters(statement).number(key);
                statement.execute();
                sound = true;
            } catch (SQLException e) {
                abort();
            } finally {
                connections.giveReader(connection, sound);
            }
        }

        /** A pool must not lend a session that still holds the lock. */
        private void abort() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // The session has ended already, and its locks with it.
            }
        }
    }
}
