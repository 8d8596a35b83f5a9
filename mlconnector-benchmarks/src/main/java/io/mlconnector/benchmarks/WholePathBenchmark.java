package io.mlconnector.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * From the bytes of a page to canonical records, their fingerprints and the bodies of forms. All ways but the floor end in
 * equal records and forms. The library and the one by hand fingerprint a record as the engine does, the others the JSON text of
 * it; the floor makes no records, and hashes the bytes of the fields.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class WholePathBenchmark {

    /** Rows of the page. */
    @Param("5000")
    public int rows;

    private byte[] page;
    private final ByteSlices slices = new ByteSlices();
    private final WholePath hand = new WholePath(new HandInvoices());
    private final WholePath rules = new WholePath(new RuleInvoices());
    private final WholePath pojo = new WholePath(new PojoInvoices());
    private final WholePath tree = new WholePath(new TreeInvoices());
    private final WholePath mapStruct = new WholePath(new MapStructInvoices());
    private final WholePath jslt = new WholePath(new JsltInvoices());
    private final WholePath jolt = new WholePath(new JoltInvoices());
    private final WholePath jsonata = new WholePath(new JsonataInvoices());
    private final WholePath olingo = new WholePath(new OlingoInvoices());

    /** Creates the benchmark; called by JMH. */
    public WholePathBenchmark() {}

    /** Makes the page. */
    @Setup
    public void page() {
        page = InvoicePage.of(rows);
    }

    private void run(WholePath path, Blackhole results) {
        path.run(page, (fingerprint, form) -> {
            results.consume(fingerprint);
            results.consume(form);
        });
    }

    /** The floor: bytes by hand, no objects. */
    @Benchmark
    public void byteSlices(Blackhole results) {
        slices.read(page, (form, hash) -> {
            results.consume(form);
            results.consume(hash);
        });
    }

    /** Jackson's streaming API by hand. */
    @Benchmark
    public void handStreaming(Blackhole results) {
        run(hand, results);
    }

    /** The same once more: what differs between these two is noise. */
    @Benchmark
    public void handStreamingControl(Blackhole results) {
        run(hand, results);
    }

    /** The library. */
    @Benchmark
    public void rules(Blackhole results) {
        run(rules, results);
    }

    /** Data binding, then code by hand with the JDK's parsers. */
    @Benchmark
    public void pojo(Blackhole results) {
        run(pojo, results);
    }

    /** A tree, then code by hand. */
    @Benchmark
    public void tree(Blackhole results) {
        run(tree, results);
    }

    /** Data binding, then MapStruct. */
    @Benchmark
    public void mapStruct(Blackhole results) {
        run(mapStruct, results);
    }

    /** A tree, then JSLT. */
    @Benchmark
    public void jslt(Blackhole results) {
        run(jslt, results);
    }

    /** Maps, then Jolt. */
    @Benchmark
    public void jolt(Blackhole results) {
        run(jolt, results);
    }

    /** Maps, then JSONata. */
    @Benchmark
    public void jsonata(Blackhole results) {
        run(jsonata, results);
    }

    /** Apache Olingo's client, then code by hand. */
    @Benchmark
    public void olingo(Blackhole results) {
        run(olingo, results);
    }
}
