package io.mlconnector.jdbc;

import io.mlconnector.jdbc.Session.Binding;
import io.mlconnector.jdbc.Session.ItemBinding;
import io.mlconnector.jdbc.Session.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts statements off until an answer is needed, and then sends them together: the driver takes several as one, and waits
 * once. If one of them fails, the server skips those behind it, the COMMIT among them.
 */
final class PostgresStatements implements Statements {

    private static final int ROWS = 1000;

    /** SQLSTATE of a division by zero. */
    private static final String FENCE_CLOSED = "22012";

    private final Connection connection;
    private final List<PutOff> putOff = new ArrayList<>();
    private @Nullable Fence fence;

    PostgresStatements(Connection connection) {
        this.connection = connection;
    }

    /** Lets the transaction fail unless the lease is the newest and its lock is held by its session. */
    void putOff(Fence newFence) {
        fence = newFence;
        // Nobody can raise the epoch before the transaction ends. A lock is told by its key, in two halves, and its
        // session.
        putOff(
                """
                WITH lease AS (SELECT epoch FROM ml_lease WHERE flow = ? FOR UPDATE),
                lock AS (
                  SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                    AND pid = ? AND (classid::bigint << 32) | objid::bigint = ?)
                SELECT 1 / (SELECT COUNT(*) FROM lease WHERE epoch = ?) / (SELECT COUNT(*) FROM lock)
                """,
                parameters -> parameters
                        .text(newFence.lease().flow())
                        .number(newFence.lock().session())
                        .number(newFence.lock().key())
                        .number(newFence.lease().epoch()));
    }

    void putOff(String sql, Binding binding) {
        putOff.add(new PutOff(sql, binding));
    }

    @Override
    public void query(String sql, int fetchSize, Binding binding, Reading reading) throws SQLException {
        if (fetchSize > 0) {
            run(); // the driver can only page through the rows of a statement that stands alone
        }
        putOff(sql, binding);
        run(fetchSize, statement -> {
            try (ResultSet result = statement.getResultSet()) {
                var row = new Row(result);
                while (row.next()) {
                    reading.read(row);
                }
            }
        });
    }

    @Override
    public int update(String sql, Binding binding) throws SQLException {
        putOff(sql, binding);
        int[] changed = new int[1];
        run(0, statement -> changed[0] = statement.getUpdateCount());
        return changed[0];
    }

    @Override
    public boolean write(String sql, Binding binding) {
        putOff(sql, binding);
        return false;
    }

    @Override
    public <T> boolean insert(Insert insert, Collection<T> items, Function<T, ?> identity, ItemBinding<T> binding)
            throws SQLException {
        var rows = new ColumnParameters();
        Set<Object> identities = new HashSet<>();
        for (T item : items) {
            // A statement cannot change a row twice.
            if (identities.size() == ROWS || !identities.add(identity.apply(item))) {
                putOff(insert, rows);
                rows = new ColumnParameters();
                identities.clear();
                identities.add(identity.apply(item));
            }
            binding.bind(rows.nextRow(), item);
        }
        putOff(insert, rows);
        return false;
    }

    private void putOff(Insert insert, ColumnParameters rows) {
        String sql = "INSERT INTO " + insert.into() + " SELECT * FROM " + rows.unnest() + " " + insert.conflict();
        putOff.add(new PutOff(sql, rows::bind));
    }

    @Override
    public void commit() throws SQLException {
        putOff("COMMIT", Binding.NONE);
        run();
    }

    private void run() throws SQLException {
        if (!putOff.isEmpty()) {
            run(0, statement -> {});
        }
    }

    /** Sends everything, and hands over the statement at the result of the last. */
    private void run(int fetchSize, Answer answer) throws SQLException {
        String sql = putOff.stream().map(PutOff::sql).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(fetchSize);
            var parameters = new StatementParameters(statement);
            for (PutOff one : putOff) {
                one.binding.bind(parameters);
            }
            statement.execute();
            for (int i = 1; i < putOff.size(); i++) {
                statement.getMoreResults();
            }
            putOff.clear();
            answer.take(statement);
        } catch (SQLException e) {
            if (fence != null && FENCE_CLOSED.equals(e.getSQLState())) {
                fence.close();
            }
            throw e;
        }
    }

    private record PutOff(String sql, Binding binding) {}

    private interface Answer {
        void take(PreparedStatement statement) throws SQLException;
    }
}
