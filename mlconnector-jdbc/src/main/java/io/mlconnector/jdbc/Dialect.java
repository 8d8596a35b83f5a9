package io.mlconnector.jdbc;

import io.mlconnector.model.RecordKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Where the SQL of two databases differs. */
interface Dialect {

    /** Returns the schema script in this database's words. */
    String schema(String script);

    /** Keeps other processes from migrating until the transaction ends. */
    void lockSchema(Session session);

    /** Begins to read one state of the database. The transaction is always rolled back. */
    Statements read(Connection connection) throws SQLException;

    /** Makes ready for one query, which needs no transaction. */
    Statements look(Connection connection) throws SQLException;

    /** Begins a transaction that writes. */
    Statements write(Connection connection) throws SQLException;

    /**
     * Begins a transaction that writes under a lease, and fails, now or at its first statement, if the fence is closed. Nobody
     * can raise the epoch of that flow from there to the end of the transaction.
     */
    Statements write(Connection connection, Fence fence) throws SQLException;

    void rollBack(Connection connection) throws SQLException;

    /**
     * Returns the body of a common table expression that lists keys as rows of their index from 0, connection, entity
     * and id; {@link #bindKeys} fills its parameters.
     */
    String keys();

    void bindKeys(StatementParameters parameters, List<RecordKey> keys) throws SQLException;

    /** Returns the condition that a column has one of several values; {@link #bindTexts} fills its parameter. */
    String isOneOf(String column);

    void bindTexts(StatementParameters parameters, Collection<String> texts) throws SQLException;

    /** Returns what to add to a query so that others cannot change its rows until the transaction ends. */
    String forUpdate();

    /** Returns how many rows of a scan to take at a time; 0 where the driver never takes all. */
    int fetchSize();
}
