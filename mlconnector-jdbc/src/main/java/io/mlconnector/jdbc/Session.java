package io.mlconnector.jdbc;

import io.mlconnector.spi.LedgerException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The statements of one transaction: says what it may do, and remembers whether one of them failed. */
final class Session {

    private static final int BATCH = 1000;

    private final Connection connection;
    private final Dialect dialect;
    private final @Nullable String flow;
    private final boolean writes;
    private final Thread owner = Thread.currentThread();
    private @Nullable LedgerException failure;
    private boolean over;

    /** Without a flow, the transaction only reads. */
    Session(Connection connection, Dialect dialect, @Nullable String flow) {
        this(connection, dialect, flow, flow != null);
    }

    private Session(Connection connection, Dialect dialect, @Nullable String flow, boolean writes) {
        this.connection = connection;
        this.dialect = dialect;
        this.flow = flow;
        this.writes = writes;
    }

    static Session withoutLease(Connection connection, Dialect dialect) {
        return new Session(connection, dialect, null, true);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns what to add to a query whose rows must stay; a transaction that only reads sees one state anyway. */
    String forUpdate() {
        return writes ? dialect.forUpdate() : "";
    }

    void end() {
        over = true;
    }

    /**
     * A work that swallows a failed statement must not commit the half that went before it, and must not go on: SQLite
     * ends a transaction by itself on some faults, and what follows would stand alone.
     */
    void refuseFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    void reading() {
        if (Thread.currentThread() != owner || over) {
            throw new IllegalStateException("a ledger transaction is valid on its own thread until its work returns");
        }
        refuseFailed();
    }

    /** Begins a write that needs no lease. */
    void writingFreely() {
        reading();
        if (!writes) {
            throw new IllegalStateException("a read of the ledger cannot write");
        }
    }

    void writing() {
        writingFreely();
        if (flow == null) {
            throw new IllegalStateException("this write needs a lease");
        }
    }

    void writing(String forFlow) {
        writing();
        if (!forFlow.equals(flow)) {
            throw new IllegalArgumentException(
                    "the lease of flow '" + flow + "' cannot write for flow '" + forFlow + "'");
        }
    }

    /** Takes all rows at once, as the caller keeps them. */
    void query(String operation, String sql, Binding binding, Reading reading) {
        query(operation, sql, 0, binding, reading);
    }

    /** Reads rows of which there may be more than memory holds. */
    void scan(String operation, String sql, Reading reading) {
        query(operation, sql, dialect.fetchSize(), Binding.NONE, reading);
    }

    private void query(String operation, String sql, int fetchSize, Binding binding, Reading reading) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(fetchSize);
            binding.bind(new Parameters(statement));
            try (ResultSet result = statement.executeQuery()) {
                var row = new Row(result);
                while (row.next()) {
                    reading.read(row);
                }
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw failed(operation, e);
        }
    }

    int update(String operation, String sql, Binding binding) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(new Parameters(statement));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(operation, e);
        }
    }

    /**
     * Runs a statement for every item, in batches. No batch has two items of one identity: some drivers make one
     * statement of a batch, and a statement cannot change a row twice.
     */
    <T> void batch(String operation, String sql, Collection<T> items, Function<T, ?> identity, ItemBinding<T> binding) {
        if (items.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Set<Object> pending = new HashSet<>();
            for (T item : items) {
                Object id = identity.apply(item);
                if (pending.size() == BATCH || pending.contains(id)) {
                    statement.executeBatch();
                    pending.clear();
                }
                binding.bind(new Parameters(statement), item);
                statement.addBatch();
                pending.add(id);
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw failed(operation, e);
        }
    }

    private LedgerException failed(String operation, Exception fault) {
        LedgerException failed = Faults.of(operation, fault);
        failure = failed;
        return failed;
    }

    interface Binding {
        Binding NONE = parameters -> {};

        void bind(Parameters parameters) throws SQLException;
    }

    interface ItemBinding<T> {
        void bind(Parameters parameters, T item) throws SQLException;
    }

    interface Reading {
        void read(Row row) throws SQLException;
    }
}
