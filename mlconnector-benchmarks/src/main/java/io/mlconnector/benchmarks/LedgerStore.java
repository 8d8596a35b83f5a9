package io.mlconnector.benchmarks;

import io.mlconnector.jdbc.JdbcLedger;
import io.mlconnector.spi.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Where ledgers are kept: every one and every set of bare tables in a database of its own. */
interface LedgerStore extends Closeable {

    static LedgerStore named(String name) throws IOException {
        return switch (name) {
            case "sqlite" -> new SqliteStore();
            case "postgresql" -> new PostgresStore();
            default -> throw new IllegalArgumentException("the store must be sqlite or postgresql: '" + name + "'");
        };
    }

    Ledger newLedger() throws SQLException;

    /** Returns a connection to a database with the ledger's tables, as durable as the ledger itself. */
    Connection newTables() throws SQLException;

    /** Opens a ledger only to have its tables made. */
    static void makeTables(JdbcLedger ledger) {
        ledger.close();
    }
}
