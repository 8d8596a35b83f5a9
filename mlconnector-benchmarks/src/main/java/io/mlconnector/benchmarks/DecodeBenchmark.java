package io.mlconnector.benchmarks;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a page to rows, of which half of the fields are needed. The floor reads every token and keeps none. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class DecodeBenchmark {

    /** Rows of the page. */
    @Param("5000")
    public int rows;

    private byte[] page;
    private final ByteSlices slices = new ByteSlices();
    private final HandInvoices hand = new HandInvoices();
    private final RuleInvoices rules = new RuleInvoices();

    /** Creates the benchmark; called by JMH. */
    public DecodeBenchmark() {}

    /** Makes the page. */
    @Setup
    public void page() {
        page = InvoicePage.of(rows);
    }

    /** Bytes by hand, nothing kept. */
    @Benchmark
    public int byteScan() {
        return slices.scan(page);
    }

    /** The floor: Jackson's parser, nothing kept. */
    @Benchmark
    public int tokenSkip() throws IOException {
        int tokens = 0;
        try (JsonParser parser = HandInvoices.JSON.createParser(page)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** Jackson's parser by hand, the needed fields kept. */
    @Benchmark
    public Object handStreaming() {
        return hand.rows(page);
    }

    /** The library: the needed fields, in the slots of rows. */
    @Benchmark
    public Object rules() {
        return rules.rows(page);
    }

    /** Jackson's data binding. */
    @Benchmark
    public Object pojo() {
        return PojoInvoices.rows(page);
    }

    /** Jackson's tree. */
    @Benchmark
    public Object tree() {
        return TreeInvoices.rows(page);
    }

    /** Maps and lists. */
    @Benchmark
    public Object maps() {
        return MapInvoices.rows(page);
    }

    /** Apache Olingo's client. */
    @Benchmark
    public Object olingo() {
        return OlingoInvoices.rows(page);
    }
}
