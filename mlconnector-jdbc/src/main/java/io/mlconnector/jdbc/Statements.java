package io.mlconnector.jdbc;

import io.mlconnector.jdbc.Session.Binding;
import io.mlconnector.jdbc.Session.ItemBinding;
import io.mlconnector.jdbc.Session.Reading;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Function;

/** How the statements of one transaction reach the database, in their order. For one thread. */
interface Statements {

    /**
     * Reads rows.
     *
     * @param fetchSize how many rows to take at a time; 0 for all
     */
    void query(String sql, int fetchSize, Binding binding, Reading reading) throws SQLException;

    /** Runs a statement and returns how many rows it changed. */
    int update(String sql, Binding binding) throws SQLException;

    /**
     * Runs a statement, at the latest before the next query, update or commit.
     *
     * @return whether it has run already
     */
    boolean write(String sql, Binding binding) throws SQLException;

    /**
     * Stores rows, at the latest before the next query, update or commit; one after the other, if two have one identity.
     *
     * @return whether it has run already
     */
    <T> boolean insert(Insert insert, Collection<T> items, Function<T, ?> identity, ItemBinding<T> binding)
            throws SQLException;

    void commit() throws SQLException;
}
