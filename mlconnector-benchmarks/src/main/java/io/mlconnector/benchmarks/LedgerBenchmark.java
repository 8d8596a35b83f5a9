package io.mlconnector.benchmarks;

import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the ledger costs for a batch of records that are created: intents, then links, closed intents and audit entries, on
 * SQLite with synchronous FULL and on a PostgreSQL that syncs every commit. The floor writes the same rows by bare JDBC in one
 * transaction.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class LedgerBenchmark {

    /** Where the ledger is kept. */
    @Param({"sqlite", "postgresql"})
    public String store;

    /** Records that are settled in one transaction. */
    @Param("1000")
    public int batch;

    private LedgerStore stores;
    private Ledger ledger;
    private Lease lease;
    private BareRows bare;
    private long next;

    /** Creates the benchmark; called by JMH. */
    public LedgerBenchmark() {}

    /** Starts what is needed for the store. */
    @Setup(Level.Trial)
    public void start() throws IOException {
        stores = LedgerStore.named(store);
    }

    /** Stops it. */
    @TearDown(Level.Trial)
    public void stop() throws IOException {
        stores.close();
    }

    /** Opens both on new databases. */
    @Setup(Level.Iteration)
    public void open() throws SQLException {
        ledger = stores.newLedger();
        lease = ledger.acquire(LedgerRows.FLOW);
        bare = new BareRows(stores.newTables());
        next = 0;
    }

    /** Closes both. */
    @TearDown(Level.Iteration)
    public void close() throws SQLException {
        ledger.close();
        bare.close();
    }

    private LedgerRows rows() {
        var rows = new LedgerRows(next, batch);
        next += batch;
        return rows;
    }

    /** As the engine does it: two transactions. */
    @Benchmark
    public int ledger() {
        LedgerRows rows = rows();
        write(tx -> {
            tx.intents().put(rows.intents);
            return batch;
        });
        return write(tx -> {
            tx.mappings().put(rows.links);
            tx.intents().close(LedgerRows.FLOW, rows.sources);
            tx.audit().append(rows.entries);
            return batch;
        });
    }

    private int write(Function<LedgerTransaction, Integer> work) {
        return ledger.inTransaction(lease, work);
    }

    /** The floor. */
    @Benchmark
    public int bareJdbc() throws SQLException {
        return bare.write(rows());
    }
}
