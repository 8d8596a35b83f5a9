package io.mlconnector.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one SQLite file: one that writes, lent to one thread at a time, and as many that read as there are
 * readers. With a write-ahead log neither waits for the other.
 */
final class SqliteConnections implements Connections {

    private static final int IDLE_READERS = 4;

    private final Path file;
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable Connection writer;
    private final Deque<Connection> readers = new ArrayDeque<>();
    private volatile boolean closed;

    SqliteConnections(Path file) {
        this.file = file;
    }

    @Override
    public Connection takeWriter() throws SQLException {
        writing.lock();
        boolean taken = false;
        try {
            refuseClosed();
            if (writer == null) {
                writer = open();
            }
            taken = true;
            return writer;
        } finally {
            if (!taken) {
                writing.unlock();
            }
        }
    }

    @Override
    public void giveWriter(Connection connection, boolean sound) {
        try {
            if (!sound) {
                writer = null;
                closeQuietly(connection);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Connection takeReader() throws SQLException {
        refuseClosed();
        synchronized (readers) {
            if (!readers.isEmpty()) {
                return readers.pop();
            }
        }
        return open();
    }

    @Override
    public void giveReader(Connection connection, boolean sound) {
        synchronized (readers) {
            if (sound && !closed && readers.size() < IDLE_READERS) {
                readers.push(connection);
                return;
            }
        }
        closeQuietly(connection);
    }

    private void refuseClosed() {
        if (closed) {
            throw Faults.closed();
        }
    }

    private Connection open() throws SQLException {
        var settings = new Properties();
        settings.setProperty("busy_timeout", "10000");
        settings.setProperty("journal_mode", "WAL");
        settings.setProperty("synchronous", "FULL");
        settings.setProperty("foreign_keys", "true");
        return DriverManager.getConnection("jdbc:sqlite:" + file, settings);
    }

    @Override
    public void close() {
        writing.lock();
        try {
            synchronized (readers) {
                closed = true;
                readers.forEach(SqliteConnections::closeQuietly);
                readers.clear();
            }
            if (writer != null) {
                closeQuietly(writer);
                writer = null;
            }
        } finally {
            writing.unlock();
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // Nothing is left to save: what was committed is on the disk.
        }
    }
}
