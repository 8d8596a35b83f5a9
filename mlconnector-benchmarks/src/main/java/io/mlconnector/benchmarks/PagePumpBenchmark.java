package io.mlconnector.benchmarks;

import io.mlconnector.engine.EngineParts;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All pages of a source over HTTP on loopback, whose server takes a while to answer; each page is then worked on, which ends with
 * a wait as a target would cause it. The floor is the larger of fetching and working.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class PagePumpBenchmark {

    private static final int WARM_UP_PAGES = 20;

    /** Rows of each page. */
    @Param("500")
    public int rows;

    /** Pages to fetch. */
    @Param("200")
    public int pages;

    /** What the server takes to answer. */
    @Param("20")
    public int latencyMillis;

    /** What the target takes for a page. */
    @Param("12")
    public int targetMillis;

    private final WholePath path = new WholePath(new RuleInvoices());
    private PageServer server;
    private PagedInvoices source;
    private Page<Invoice> page;
    private long bytes;

    /** Creates the benchmark; called by JMH. */
    public PagePumpBenchmark() {}

    /** Starts the server, and has everything compiled by a few pages. */
    @Setup
    public void start() {
        server = PageServer.start(InvoicePage.of(rows), latencyMillis);
        int wanted = pages;
        pages = Math.min(wanted, WARM_UP_PAGES);
        fetching();
        working();
        pump();
        oneAfterTheOther();
        pages = wanted;
        source = new PagedInvoices(server.uri(), pages);
    }

    /** Stops the server. */
    @TearDown
    public void stop() {
        server.stop();
    }

    /** One half of the floor. */
    @Benchmark
    public int fetching() {
        source = new PagedInvoices(server.uri(), pages);
        int fetched = 0;
        Position position = Position.START;
        do {
            page = source.poll(position);
            position = page.next();
            fetched++;
        } while (!page.last());
        return fetched;
    }

    /** The other half of the floor. */
    @Benchmark
    public long working() {
        Page<Invoice> same = page == null ? firstPage() : page;
        for (int i = 0; i < pages; i++) {
            work(same);
        }
        return bytes;
    }

    private Page<Invoice> firstPage() {
        page = new PagedInvoices(server.uri(), pages).poll(Position.START);
        return page;
    }

    /** The library: the next page is fetched while one is worked on. */
    @Benchmark
    public long pump() {
        source = new PagedInvoices(server.uri(), pages);
        EngineParts.pump(source, this::work);
        return source.requests();
    }

    /** A page is fetched when the one before is done. */
    @Benchmark
    public long oneAfterTheOther() {
        source = new PagedInvoices(server.uri(), pages);
        Position position = Position.START;
        Page<Invoice> next;
        do {
            next = source.poll(position);
            work(next);
            position = next.next();
        } while (!next.last());
        return source.requests();
    }

    private void work(Page<Invoice> read) {
        for (Change<Invoice> change : read.changes()) {
            bytes += path.results(change);
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(targetMillis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
