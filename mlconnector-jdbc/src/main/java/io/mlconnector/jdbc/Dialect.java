package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where the SQL of two databases differs. */
interface Dialect {

    /** Returns the schema script in this database's words. */
    String schema(String script);

    /** Keeps other processes from migrating until the transaction ends. */
    void lockSchema(Connection connection) throws SQLException;

    void begin(Connection connection, boolean writes) throws SQLException;

    /** Begins a transaction that writes for a flow. Nobody can raise its epoch from here to the end of the transaction. */
    Fence begin(Connection connection, String flow, FlowLock lock) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollBack(Connection connection) throws SQLException;

    /**
     * Returns the body of a common table expression that lists keys as rows of their index from 0, connection, entity
     * and id; {@link #bind} fills its parameters.
     */
    String keys();

    void bind(Parameters parameters, List<RecordKey> keys) throws SQLException;

    /** Returns what to add to a query so that others cannot change its rows until the transaction ends. */
    String forUpdate();

    /** Returns how many rows of a scan to take at a time; 0 where the driver never takes all. */
    int fetchSize();

    /**
     * What the database says of a lease.
     *
     * @param epoch the flow's newest epoch; 0 if it was never acquired
     * @param locked whether the flow's lock is still held
     */
    record Fence(long epoch, boolean locked) {}
}
