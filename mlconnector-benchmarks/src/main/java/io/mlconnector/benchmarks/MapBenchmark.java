package io.mlconnector.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.mapping.Row;
import java.util.List;
import java.util.Map;
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

/** From rows that are decoded already to canonical records, each way from the rows that its decoder makes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class MapBenchmark {

    /** Rows of the page. */
    @Param("5000")
    public int rows;

    private final HandInvoices hand = new HandInvoices();
    private final RuleInvoices rules = new RuleInvoices();
    private final PojoInvoices pojo = new PojoInvoices();
    private final MapStructInvoices mapStruct = new MapStructInvoices();
    private final TreeInvoices tree = new TreeInvoices();
    private final JsltInvoices jslt = new JsltInvoices();
    private final JoltInvoices jolt = new JoltInvoices();
    private final JsonataInvoices jsonata = new JsonataInvoices();
    private List<HandRow> handRows;
    private List<Row> slots;
    private List<InvoiceJson> pojos;
    private JsonNode nodes;
    private List<Map<String, Object>> maps;

    /** Creates the benchmark; called by JMH. */
    public MapBenchmark() {}

    /** Decodes the page in every way. */
    @Setup
    public void decode() {
        byte[] page = InvoicePage.of(rows);
        handRows = hand.rows(page);
        slots = rules.rows(page);
        pojos = PojoInvoices.rows(page);
        nodes = TreeInvoices.rows(page);
        maps = MapInvoices.rows(page);
    }

    /** The floor. */
    @Benchmark
    public void byHand(Blackhole records) {
        handRows.forEach(row -> records.consume(hand.map(row)));
    }

    /** The library. */
    @Benchmark
    public void rules(Blackhole records) {
        slots.forEach(row -> records.consume(rules.map(row)));
    }

    /** Data binding, then code by hand with the JDK's parsers. */
    @Benchmark
    public void pojo(Blackhole records) {
        pojos.forEach(row -> records.consume(pojo.map(row)));
    }

    /** Data binding, then MapStruct. */
    @Benchmark
    public void mapStruct(Blackhole records) {
        pojos.forEach(row -> records.consume(mapStruct.map(row)));
    }

    /** A tree, then code by hand. */
    @Benchmark
    public void tree(Blackhole records) {
        nodes.forEach(row -> records.consume(tree.map(row)));
    }

    /** A tree, then JSLT. */
    @Benchmark
    public void jslt(Blackhole records) {
        nodes.forEach(row -> records.consume(jslt.map(row)));
    }

    /** Maps, then Jolt. */
    @Benchmark
    public void jolt(Blackhole records) {
        maps.forEach(row -> records.consume(jolt.map(row)));
    }

    /** Maps, then JSONata. */
    @Benchmark
    public void jsonata(Blackhole records) {
        maps.forEach(row -> records.consume(jsonata.map(row)));
    }
}
