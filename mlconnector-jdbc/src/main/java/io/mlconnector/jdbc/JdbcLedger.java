package io.mlconnector.jdbc;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Sleeper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
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
    private final Leases leases;
    private final ThreadLocal<Boolean> within = ThreadLocal.withInitial(() -> false);
    private volatile boolean closed;

    private JdbcLedger(Connections connections, Dialect dialect, FlowLocks locks, Duration leaseWait) {
        this.connections = connections;
        this.dialect = dialect;
        this.leases = new Leases(locks, new LeaseTable(), leaseWait, InstantSource.system(), Sleeper.REAL);
    }

    /**
     * Opens the ledger in an SQLite file. A file that is missing is created, along with its directories; where the file
     * system knows owners, its owner alone may read it.
     *
     * @param file the file; beside it SQLite keeps two more, whose names add {@code -wal} and {@code -shm}, and a file
     *     whose name adds {@code -lock} tells processes who runs which flow. None of them may be removed while a ledger is
     *     open
     * @return the ledger
     * @throws LedgerException if there is something else at that path, or if a newer version of this library wrote it
     */
    public static JdbcLedger sqlite(Path file) {
        return sqlite(file, Duration.ZERO);
    }

    /**
     * Opens the ledger in an SQLite file as {@link #sqlite(Path)} does.
     *
     * @param file the file
     * @param leaseWait how long {@link #acquire} waits for a flow that somebody else holds, at least 0; then it is refused
     * @return the ledger
     * @throws LedgerException if there is something else at that path, or if a newer version of this library wrote it
     */
    public static JdbcLedger sqlite(Path file, Duration leaseWait) {
        requireNonNull(leaseWait, "leaseWait");
        Path real = SqliteFile.prepare(requireNonNull(file, "file"));
        try {
            return migrated(
                    new SqliteConnections(real),
                    new SqliteDialect(),
                    new SqliteLocks(Path.of(real + "-lock")),
                    leaseWait,
                    "opening the ledger " + real);
        } catch (LedgerException e) {
            SqliteFile.refuseOtherContent(real);
            throw e;
        }
    }

    /**
     * Opens the ledger in a PostgreSQL database. A pool is a good data source here: every transaction takes a connection
     * and gives it back. Besides, each flow keeps one connection from {@link #acquire} to {@link #release}, whose session
     * holds the flow's lock; a pool needs that many more, and must not stand behind a proxy that shares sessions between
     * clients.
     *
     * @param dataSource where connections come from; it stays the caller's, who closes it after the ledger
     * @return the ledger
     * @throws LedgerException if the database is another one, or if a newer version of this library wrote the ledger
     */
    public static JdbcLedger open(DataSource dataSource) {
        return open(dataSource, Duration.ZERO);
    }

    /**
     * Opens the ledger in a PostgreSQL database as {@link #open(DataSource)} does.
     *
     * @param dataSource where connections come from
     * @param leaseWait how long {@link #acquire} waits for a flow that somebody else holds, at least 0; then it is refused
     * @return the ledger
     * @throws LedgerException if the database is another one, or if a newer version of this library wrote the ledger
     */
    public static JdbcLedger open(DataSource dataSource, Duration leaseWait) {
        requireNonNull(dataSource, "dataSource");
        requireNonNull(leaseWait, "leaseWait");
        refuseOtherProducts(dataSource);
        var connections = new DataSourceConnections(dataSource);
        return migrated(
                connections, new PostgresDialect(), new PostgresLocks(connections), leaseWait, "opening the ledger");
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

    private static JdbcLedger migrated(
            Connections connections, Dialect dialect, FlowLocks locks, Duration leaseWait, String operation) {
        var ledger = new JdbcLedger(connections, dialect, locks, leaseWait);
        boolean done = false;
        try {
            ledger.within(
                    operation,
                    () -> ledger.write(
                            dialect::write, statements -> Session.withoutLease(statements, dialect), session -> {
                                new Migrations(session, Migrations.SCRIPTS).run();
                                return ledger;
                            }));
            done = true;
            return ledger;
        } finally {
            if (!done) {
                ledger.close();
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>One process may run a flow at a time, and within a process one ledger; a second {@code acquire} of the same ledger
     * takes over. Whatever ends a process frees its flows for others at once.
     *
     * @throws LedgerException also if somebody else holds the flow, naming whom if that is known
     */
    @Override
    public Lease acquire(String flow) {
        requireNonNull(flow, "flow");
        return within("acquiring the lease of flow '" + flow + "'", () -> leases.acquire(flow));
    }

    @Override
    public void release(Lease lease) {
        requireNonNull(lease, "lease");
        within("releasing the lease of flow '" + lease.flow() + "'", () -> {
            leases.release(lease);
            return lease;
        });
    }

    @Override
    public void check(Lease lease) {
        requireNonNull(lease, "lease");
        within("checking the lease of flow '" + lease.flow() + "'", () -> {
            leases.check(lease);
            return lease;
        });
    }

    @Override
    public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
        requireNonNull(lease, "lease");
        requireNonNull(work, "work");
        return within("a transaction of flow '" + lease.flow() + "'", () -> {
            var fence = new Fence(lease, leases.lock(lease));
            try {
                return write(
                        connection -> dialect.write(connection, fence),
                        statements -> Session.writing(statements, dialect, lease.flow()),
                        session -> run(session, work));
            } catch (SQLException | LedgerException e) {
                if (fence.isClosed()) {
                    throw leases.over(fence);
                }
                throw e;
            }
        });
    }

    @Override
    public <R> R withoutLease(Function<LedgerTransaction, R> work) {
        requireNonNull(work, "work");
        return within(
                "a transaction without a lease",
                () -> write(
                        dialect::write,
                        statements -> Session.withoutLease(statements, dialect),
                        session -> run(session, work)));
    }

    @Override
    public <R> R read(Function<LedgerTransaction, R> work) {
        requireNonNull(work, "work");
        return within("a read of the ledger", () -> readState(session -> run(session, work)));
    }

    @Override
    public <R> R lookUp(Function<LedgerTransaction, R> work) {
        requireNonNull(work, "work");
        return within("a look-up in the ledger", () -> look(session -> run(session, work)));
    }

    @Override
    public void close() {
        if (within.get()) {
            throw nested();
        }
        closed = true;
        leases.close();
        connections.close();
    }

    private static <R> R run(Session session, Function<LedgerTransaction, R> work) {
        try {
            return work.apply(new JdbcTransaction(session));
        } finally {
            session.end();
        }
    }

    private <R> R write(Opening opening, Function<Statements, Session> asSession, Function<Session, R> work)
            throws SQLException {
        Connection connection = connections.takeWriter();
        boolean committed = false;
        boolean sound = true;
        try {
            Session session = asSession.apply(opening.open(connection));
            R result = work.apply(session);
            session.refuseFailed();
            session.commit();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                sound = rolledBack(connection);
            }
            connections.giveWriter(connection, sound);
        }
    }

    private <R> R readState(Function<Session, R> work) throws SQLException {
        Connection connection = connections.takeReader();
        try {
            return work.apply(Session.reading(dialect.read(connection), dialect));
        } finally {
            connections.giveReader(connection, rolledBack(connection));
        }
    }

    private <R> R look(Function<Session, R> work) throws SQLException {
        Connection connection = connections.takeReader();
        boolean sound = false;
        try {
            R result = work.apply(Session.lookingUp(dialect.look(connection), dialect));
            sound = true;
            return result;
        } finally {
            connections.giveReader(connection, sound);
        }
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

    /** {@code ml_lease} on connections of this ledger. */
    private final class LeaseTable implements Leases.Database {

        @Override
        public long raiseEpoch(String flow) throws SQLException {
            return write(
                    dialect::write,
                    statements -> Session.writing(statements, dialect, flow),
                    session -> new JdbcLeaseStore(session).raiseEpoch(flow));
        }

        @Override
        public long epoch(String flow) throws SQLException {
            return look(session -> new JdbcLeaseStore(session).epoch(flow));
        }

        @Override
        public String holder(String flow) throws SQLException {
            return look(session -> new JdbcLeaseStore(session).holder(flow));
        }
    }

    private interface Opening {
        Statements open(Connection connection) throws SQLException;
    }

    private interface Step<R> {
        R run() throws SQLException;
    }
}
