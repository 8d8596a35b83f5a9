package io.mlconnector.jdbc;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException.Details;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * A ledger in a database: in one SQLite file for one machine, or in a PostgreSQL that several processes share. What a
 * transaction wrote is on the disk when it returns. Opening a ledger creates its tables, whose names begin with
 * {@code ml_}, or brings those of an earlier version up to date.
 *
 * <p>On SQLite one transaction writes at a time and readers do not wait for it; a second process on the same file is
 * waited for, up to ten seconds. Safe for threads. A transaction within a transaction of the same thread is refused with
 * {@link IllegalStateException}, and so are writes for another flow than the lease's, with
 * {@link IllegalArgumentException}.
 */
public final class JdbcLedger implements Ledger {

    private final Connections connections;
    private final Dialect dialect;
    private final ThreadLocal<Boolean> within = ThreadLocal.withInitial(() -> false);
    private volatile boolean closed;

    private JdbcLedger(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
    }

    /**
     * Opens the ledger in an SQLite file. A file that is missing is created, along with its directories; where the file
     * system knows owners, its owner alone may read it.
     *
     * @param file the file; beside it SQLite keeps two more, whose names add {@code -wal} and {@code -shm}
     * @return the ledger
     * @throws LedgerException if there is something else at that path, or if a newer version of this library wrote it
     */
    public static JdbcLedger sqlite(Path file) {
        Path absolute = requireNonNull(file, "file").toAbsolutePath().normalize();
        SqliteFile.prepare(absolute);
        return migrated(new SqliteConnections(absolute), new SqliteDialect(), "opening the ledger " + absolute);
    }

    /**
     * Opens the ledger in a PostgreSQL database. A pool is a good data source here: every transaction takes a connection
     * and gives it back.
     *
     * @param dataSource where connections come from; it stays the caller's, who closes it after the ledger
     * @return the ledger
     * @throws LedgerException if the database is another one, or if a newer version of this library wrote the ledger
     */
    public static JdbcLedger open(DataSource dataSource) {
        requireNonNull(dataSource, "dataSource");
        refuseOtherProducts(dataSource);
        return migrated(new DataSourceConnections(dataSource), new PostgresDialect(), "opening the ledger");
    }

    private static void refuseOtherProducts(DataSource dataSource) {
        String product;
        try (Connection connection = dataSource.getConnection()) {
            product = connection.getMetaData().getDatabaseProductName();
        } catch (SQLException | RuntimeException e) {
            throw Faults.of("connecting to the ledger's database", e);
        }
        if ("SQLite".equals(product)) {
            throw new LedgerException("a ledger in SQLite is opened with JdbcLedger.sqlite(file)", Details.NONE);
        }
        if (!"PostgreSQL".equals(product)) {
            throw new LedgerException(
                    "the ledger's database must be PostgreSQL, and this is '" + product + "'", Details.NONE);
        }
    }

    private static JdbcLedger migrated(Connections connections, Dialect dialect, String operation) {
        var ledger = new JdbcLedger(connections, dialect);
        boolean done = false;
        try {
            ledger.write(operation, connection -> {
                dialect.begin(connection, true);
                new Migrations(dialect, Migrations.SCRIPTS).run(connection);
                return ledger;
            });
            done = true;
            return ledger;
        } finally {
            if (!done) {
                ledger.close();
            }
        }
    }

    @Override
    public Lease acquire(String flow) {
        requireNonNull(flow, "flow");
        return write("acquiring the lease of flow '" + flow + "'", connection -> {
            dialect.begin(connection, true);
            var leases = new ArrayList<Lease>(1);
            new Session(connection, dialect, flow)
                    .query(
                            "raising the epoch of flow '" + flow + "'",
                            """
                    INSERT INTO ml_lease (flow, epoch) VALUES (?, 1)
                    ON CONFLICT (flow) DO UPDATE SET epoch = ml_lease.epoch + 1
                    RETURNING epoch
                    """,
                            parameters -> parameters.text(flow),
                            row -> leases.add(new Lease(flow, row.number())));
            return leases.get(0);
        });
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        requireNonNull(lease, "lease");
        requireNonNull(work, "work");
        return write("a transaction of flow '" + lease.flow() + "'", connection -> {
            refuseStale(lease, dialect.begin(connection, lease.flow()));
            var session = new Session(connection, dialect, lease.flow());
            R result = run(session, work);
            session.refuseFailed();
            return result;
        });
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        requireNonNull(work, "work");
        return write("a transaction without a lease", connection -> {
            dialect.begin(connection, true);
            var session = Session.withoutLease(connection, dialect);
            R result = run(session, work);
            session.refuseFailed();
            return result;
        });
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        requireNonNull(work, "work");
        return within("a read of the ledger", () -> {
            Connection connection = connections.takeReader();
            try {
                dialect.begin(connection, false);
                return run(new Session(connection, dialect, null), work);
            } finally {
                connections.giveReader(connection, rolledBack(connection));
            }
        });
    }

    @Override
    public void close() {
        if (within.get()) {
            throw nested();
        }
        closed = true;
        connections.close();
    }

    private static <R> R run(Session session, Function<LedgerTransaction, R> work) {
        try {
            return work.apply(new JdbcTransaction(session));
        } finally {
            session.end();
        }
    }

    private <R> R write(String operation, Work<R> work) {
        return within(operation, () -> {
            Connection connection = connections.takeWriter();
            boolean committed = false;
            boolean sound = true;
            try {
                R result = work.run(connection);
                dialect.commit(connection);
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    sound = rolledBack(connection);
                }
                connections.giveWriter(connection, sound);
            }
        });
    }

    /** Marks the thread as being within a transaction, and translates what the driver throws around the work. */
    private <R> R within(String operation, Step<R> step) {
        if (within.get()) {
            throw nested();
        }
        if (closed) {
            throw Faults.closed();
        }
        within.set(true);
        try {
            return step.run();
        } catch (SQLException e) {
            throw Faults.of(operation, e);
        } finally {
            within.remove();
        }
    }

    private static IllegalStateException nested() {
        return new IllegalStateException("this thread is already within a transaction of the ledger");
    }

    private boolean rolledBack(Connection connection) {
        try {
            dialect.rollBack(connection);
            return true;
        } catch (SQLException e) {
            // What was not committed is gone with the connection, which is not used again.
            return false;
        }
    }

    private static void refuseStale(Lease lease, long newest) {
        if (lease.epoch() != newest) {
            throw new LedgerException(
                    "flow '" + lease.flow() + "': the lease of epoch " + lease.epoch()
                            + " is refused, the newest epoch is " + newest,
                    Details.NONE);
        }
    }

    /** The work begins the transaction itself. */
    private interface Work<R> {
        R run(Connection connection) throws SQLException;
    }

    private interface Step<R> {
        R run() throws SQLException;
    }
}
