package io.mlconnector.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlconnector.model.Invoice;
import java.util.ArrayList;
import java.util.List;
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

/** From canonical records to bodies of nine parameters. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class EncodeBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Records to encode. */
    @Param("5000")
    public int rows;

    private final HandForm hand = new HandForm();
    private final RuleInvoices rules = new RuleInvoices();
    private final List<Invoice> invoices = new ArrayList<>();

    /** Creates the benchmark; called by JMH. */
    public EncodeBenchmark() {}

    /** Reads the page. */
    @Setup
    public void read() {
        invoices.addAll(WholePath.invoices(rules, InvoicePage.of(rows)));
    }

    /** The floor: a form by hand. */
    @Benchmark
    public void formByHand(Blackhole bodies) {
        invoices.forEach(invoice -> bodies.consume(hand.of(invoice)));
    }

    /** The library: a form by rules. */
    @Benchmark
    public void formByRules(Blackhole bodies) {
        invoices.forEach(invoice -> bodies.consume(rules.form(invoice)));
    }

    /** A map, then {@link java.net.URLEncoder}. */
    @Benchmark
    public void formByMap(Blackhole bodies) {
        invoices.forEach(invoice -> bodies.consume(IdiomaticForm.of(invoice)));
    }

    /** The library: JSON by rules. */
    @Benchmark
    public void jsonByRules(Blackhole bodies) {
        invoices.forEach(invoice -> bodies.consume(rules.json(invoice)));
    }

    /** A map, then Jackson. */
    @Benchmark
    public void jsonByMap(Blackhole bodies) throws JsonProcessingException {
        for (Invoice invoice : invoices) {
            bodies.consume(JSON.writeValueAsBytes(IdiomaticForm.parameters(invoice)));
        }
    }
}
