package io.mlconnector.syspro;

import io.mlconnector.http.TokenBucket;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Quota;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection to SYSPRO: puts its sources and sinks together. Safe for threads. */
final class SysproConnector implements Connector {

    private static final Set<String> READABLE = new LinkedHashSet<>(List.of(Table.CUSTOMERS, Table.INVOICES));

    private final SysproSettings settings;
    private final SysproTables tables;
    private final ConnectorContext context;
    private final ODataClient client;
    private final ChangeFinder changes;
    private final @Nullable EnetClient enet;
    private final @Nullable Receipts receipts;

    SysproConnector(
            SysproSettings settings, SysproTables tables, ReceiptSettings receiptSettings, ConnectorContext context) {
        this.settings = settings;
        this.tables = tables;
        this.context = context;
        this.client = new ODataClient(settings, quota(), context);
        this.changes = new ChangeFinder(settings, client, context.connection());
        SysproSettings.Enet where = settings.enet();
        if (where == null) {
            enet = null;
            receipts = null;
        } else {
            enet = new EnetClient(where, new EnetWire(where, quota(), context), context);
            var invoices = new Receivables(client, tables.invoices(), settings);
            receipts = new Receipts(receiptSettings, enet, invoices, settings.zone(), context.connection());
        }
    }

    private Quota quota() {
        int limit = settings.requestsPerSecond();
        return TokenBucket.builder()
                .addLimit(limit, Duration.ofSeconds(1), 1)
                .clock(context.clock())
                .build();
    }

    @Override
    public String connection() {
        return context.connection();
    }

    @Override
    public Set<String> readable() {
        return new LinkedHashSet<>(READABLE);
    }

    @Override
    public Set<String> writable() {
        return receipts == null ? Set.of() : new LinkedHashSet<>(Receipts.WRITABLE);
    }

    @Override
    public Source<?> source(String entity, SourceContext sourceContext) {
        return switch (entity) {
            case Table.CUSTOMERS -> customers();
            case Table.INVOICES -> invoices();
            default ->
                throw new ConfigurationException(
                        connection() + " cannot read '" + entity + "'; it can read " + String.join(", ", READABLE));
        };
    }

    private Source<Customer> customers() {
        Table table = tables.customers();
        RowLayout layout = withKeys(table, tables.customerMapping().layout());
        List<String> standing = List.of(table.filter());
        return new TableSource<>(
                new Endpoint(connection(), table.entity()),
                new TableReader(client, table, layout, standing),
                () -> changes.feeds(table, layout, standing),
                Assembler.ofRows(Customer.class, tables.customerMapping()));
    }

    private Source<Invoice> invoices() {
        Table table = tables.invoices();
        RowLayout layout = withKeys(table, tables.invoiceMapping().layout());
        var standing = new ArrayList<>(InvoiceMapping.COLLECTABLE);
        standing.add(table.filter());
        var polled = new ArrayList<>(standing);
        polled.add(InvoiceMapping.wanted(settings.since()));
        var lines = new TableReader(
                client,
                tables.lines(),
                tables.lineMapping().layout(),
                List.of(tables.lines().filter()));
        return new TableSource<>(
                new Endpoint(connection(), table.entity()),
                new TableReader(client, table, layout, standing),
                () -> changes.feeds(table, layout, polled),
                new InvoiceAssembler(tables.invoiceMapping(), tables.lineMapping(), new LineReader(lines)));
    }

    /** A mapping of the user's own may read a key from another column. */
    private static RowLayout withKeys(Table table, RowLayout layout) {
        var paths = new ArrayList<>(layout.paths());
        table.keys().stream().filter(key -> !paths.contains(key)).forEach(paths::add);
        return paths.size() == layout.paths().size() ? layout : RowLayout.of(paths);
    }

    @Override
    public Sink<?> sink(String entity) {
        Receipts known = receipts;
        if (known == null) {
            throw new ConfigurationException(
                    connection() + " cannot write '" + entity + "'; it can write nothing without the setting enetUrl");
        }
        return known.sink(entity)
                .orElseThrow(() -> new ConfigurationException(connection() + " cannot write '" + entity
                        + "'; it can write " + String.join(", ", Receipts.WRITABLE)));
    }

    @Override
    public List<Finding> check(Set<String> used) {
        return new SysproCheck(settings, tables, changes, enet, receipts).run(used);
    }

    @Override
    public ConnectionStats stats() {
        ConnectionStats read = client.api().stats();
        return enet == null ? read : read.plus(enet.stats());
    }

    @Override
    public void close() {
        if (enet != null) {
            enet.close();
        }
    }

    @Override
    public String toString() {
        return "SYSPRO connection " + connection();
    }
}
