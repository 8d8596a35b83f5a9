package io.mlconnector.benchmarks;

import io.mlconnector.engine.EngineParts;
import io.mlconnector.engine.Flow;
import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Link;
import java.time.Instant;
import java.util.ArrayList;
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

/**
 * The plan for a page of invoices of which some have changed, against the ledger in memory. The floor asks for the links of
 * the page and hashes its records, and decides nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up
public class PlannerBenchmark {

    private static final String FLOW = "invoices";
    private static final Endpoint TARGET = Endpoint.parse("bank/invoices");

    /** Rows of the page. */
    @Param("5000")
    public int rows;

    /** How many of a hundred have changed. */
    @Param({"1", "50", "100"})
    public int changedPercent;

    private final Ledger ledger = new InMemoryLedger();
    private final EngineParts.Hasher hasher = new EngineParts.Hasher();
    private final List<Invoice> invoices = new ArrayList<>();
    private final List<RecordKey> keys = new ArrayList<>();
    private EngineParts.PagePlanner<Invoice> planner;

    /** Creates the benchmark; called by JMH. */
    public PlannerBenchmark() {}

    /** Links every record, and changes some. */
    @Setup
    public void link() {
        var links = new ArrayList<Link>();
        var page = new ArrayList<Change<Invoice>>();
        new RuleInvoices().read(InvoicePage.of(rows), change -> {
            Invoice invoice = change.record();
            if (invoice != null) {
                int row = page.size();
                Invoice linked = row % 100 < changedPercent ? renumbered(invoice) : invoice;
                invoices.add(invoice);
                keys.add(invoice.key());
                links.add(new Link(
                        invoice.key(), TARGET.key("in_" + row), null, hasher.fingerprint(linked), Instant.EPOCH));
                page.add(change);
            }
        });
        Lease lease = ledger.acquire(FLOW);
        ledger.inTransaction(lease, tx -> {
            tx.mappings().put(links);
            return links.size();
        });
        planner = new EngineParts.PagePlanner<>(
                Flow.of(FLOW, Invoice.class)
                        .from("erp/invoices")
                        .to("bank/invoices")
                        .build(),
                ledger,
                page);
    }

    private static Invoice renumbered(Invoice invoice) {
        return new Invoice(
                invoice.key(),
                invoice.number() + "-A",
                invoice.company(),
                invoice.customer(),
                invoice.issuedOn(),
                invoice.dueOn(),
                invoice.lines(),
                invoice.net(),
                invoice.tax(),
                invoice.total(),
                invoice.orderNumbers(),
                invoice.status(),
                invoice.memo(),
                invoice.attributes());
    }

    /** The floor. */
    @Benchmark
    public long lookUpAndHash() {
        Map<RecordKey, Known> known = ledger.lookUp(tx -> tx.mappings().known(FLOW, TARGET, keys));
        long sum = known.size();
        for (Invoice invoice : invoices) {
            sum += hasher.whole(invoice);
        }
        return sum;
    }

    /** The library. */
    @Benchmark
    public int plan() {
        return planner.plan();
    }
}
