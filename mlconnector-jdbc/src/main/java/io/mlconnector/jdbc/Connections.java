package io.mlconnector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Lends connections, each for one transaction. Safe for threads. */
interface Connections extends AutoCloseable {

    Connection takeWriter() throws SQLException;

    /** Takes a connection back; one that is not sound is not lent again. */
    void giveWriter(Connection connection, boolean sound);

    Connection takeReader() throws SQLException;

    void giveReader(Connection connection, boolean sound);

    @Override
    void close();
}
