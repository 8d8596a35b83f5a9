package io.mlconnector.ifs;

import io.mlconnector.ifs.EntitySet.Paging;
import io.mlconnector.ifs.InvoiceAssembler.LinesOf;
import io.mlconnector.ifs.Payables.PayableSettings;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Vendor;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A connection to IFS Cloud: puts its sources and sinks together. Safe for threads. */
final class IfsConnector implements Connector {

    static final String ORDER_CUSTOMERS = "order-customers";

    private static final Set<String> READABLE = new LinkedHashSet<>(List.of(
            Role.CUSTOMERS.title(),
            Role.ORDERS.title(),
            ORDER_CUSTOMERS,
            Role.INVOICES.title(),
            Role.POSTING_PROPOSALS.title(),
            IfsMappings.VENDORS,
            IfsMappings.BILLS));

    private final IfsSettings settings;
    private final IfsEntities entities;
    private final IfsMappings mappings;
    private final ConnectorContext context;
    private final ODataClient client;
    private final MetadataCache metadata;

    private final ReceiptSettings receiptSettings;
    private final PayableSettings payableSettings;
    private final Receipts receipts;
    private final Payables payables;

    IfsConnector(
            IfsSettings settings,
            IfsEntities entities,
            IfsMappings mappings,
            ReceiptSettings receiptSettings,
            PayableSettings payableSettings,
            ConnectorContext context) {
        this.settings = settings;
        this.entities = entities;
        this.mappings = mappings;
        this.context = context;
        this.client = new ODataClient(settings, context);
        this.metadata = new MetadataCache(client, context.connection());
        this.receiptSettings = receiptSettings;
        this.payableSettings = payableSettings;
        this.receipts =
                new Receipts(settings, receiptSettings, entities.of(Role.INVOICES), client, metadata, context, null);
        this.payables = new Payables(settings, payableSettings, entities, mappings, client, metadata, context);
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
        var writable = new LinkedHashSet<>(Receipts.WRITABLE);
        writable.addAll(Payables.WRITABLE);
        return writable;
    }

    @Override
    public Source<?> source(String entity, SourceContext sourceContext) {
        return switch (entity) {
            case "customers" -> customers(customerFeeds());
            case ORDER_CUSTOMERS -> customers(orderCustomerFeeds());
            case "orders" -> orders();
            case "invoices" -> invoices();
            case "posting-proposals" -> proposals();
            case IfsMappings.VENDORS -> vendors();
            case IfsMappings.BILLS -> bills();
            default ->
                throw new ConfigurationException(
                        connection() + " cannot read '" + entity + "'; it can read " + String.join(", ", READABLE));
        };
    }

    @Override
    public Sink<?> sink(String entity) {
        return receipts.sink(entity)
                .or(() -> payables.sink(entity))
                .orElseThrow(() -> new ConfigurationException(connection() + " cannot write '" + entity
                        + "'; it can write " + String.join(", ", writable())));
    }

    @Override
    public void replaceSecret(String name, Secret next, Instant oldUntil) {
        if (!name.equals("clientSecret")) {
            throw new ConfigurationException(connection() + ": the secret '" + name
                    + "' cannot be replaced while the connection is open; there is clientSecret");
        }
        client.replaceClientSecret(next, oldUntil);
    }

    private Source<Customer> customers(List<Feed> feeds) {
        RowShape shape = shape(Role.CUSTOMERS, mappings.customers());
        RecordMapping<PartyAddress> addresses = mappings.addresses();
        BulkReader addressReader = addresses == null
                ? null
                : bulk(
                        reader(Role.CUSTOMER_ADDRESSES, shape(Role.CUSTOMER_ADDRESSES, addresses)),
                        entities.of(Role.CUSTOMERS).keys());
        var assembler = new PartyAssembler<>(
                Customer.class,
                mappings.customers(),
                shape,
                addresses,
                addressReader,
                CustomerMappings::withAddress,
                context.clock());
        return source(Role.CUSTOMERS, shape, feeds, assembler);
    }

    private List<Feed> customerFeeds() {
        var feeds = new ArrayList<>(feeds(Role.CUSTOMERS, shape(Role.CUSTOMERS, mappings.customers())));
        if (mappings.addresses() != null) {
            feeds.addAll(followed(Role.CUSTOMER_ADDRESSES, Role.CUSTOMERS, mappings.customers()));
        }
        return feeds;
    }

    /** The customers of orders that changed, whenever they themselves changed. */
    private List<Feed> orderCustomerFeeds() {
        EntitySet orders = entities.of(Role.ORDERS);
        List<String> pointer = List.of(OrderMapping.CUSTOMER_COLUMN);
        RowShape changes = RowShape.ofChanges(orders, pointer);
        List<BulkReader> targets = targets(Role.CUSTOMERS, mappings.customers());
        return feeds(Role.ORDERS, changes).stream()
                .map(feed -> (Feed) new FollowingFeed(feed, changes, pointer, targets))
                .toList();
    }

    private Source<Vendor> vendors() {
        RowShape shape = shape(Role.SUPPLIERS, mappings.vendors());
        var feeds = new ArrayList<>(feeds(Role.SUPPLIERS, shape));
        RecordMapping<PartyAddress> addresses = mappings.vendorAddresses();
        BulkReader addressReader = null;
        if (addresses != null) {
            feeds.addAll(followed(Role.SUPPLIER_ADDRESSES, Role.SUPPLIERS, mappings.vendors()));
            addressReader = bulk(
                    reader(Role.SUPPLIER_ADDRESSES, shape(Role.SUPPLIER_ADDRESSES, addresses)),
                    entities.of(Role.SUPPLIERS).keys());
        }
        var assembler = new PartyAssembler<>(
                Vendor.class,
                mappings.vendors(),
                shape,
                addresses,
                addressReader,
                VendorMappings::withAddress,
                context.clock());
        return source(IfsMappings.VENDORS, Role.SUPPLIERS, shape, feeds, assembler);
    }

    private Source<Bill> bills() {
        RowShape shape = shape(Role.SUPPLIER_INVOICES, mappings.bills());
        var feeds = new ArrayList<>(feeds(Role.SUPPLIER_INVOICES, shape));
        feeds.addAll(followed(Role.SUPPLIER_INVOICE_LINES, Role.SUPPLIER_INVOICES, mappings.bills()));
        LineReader lines = lines(
                Role.SUPPLIER_INVOICE_LINES,
                mappings.billLines(),
                entities.of(Role.SUPPLIER_INVOICES).keys());
        var assembler = new BillAssembler(mappings.bills(), shape, lines, new LineAmounts(settings.taxRates()));
        return source(IfsMappings.BILLS, Role.SUPPLIER_INVOICES, shape, feeds, assembler);
    }

    private Source<?> orders() {
        RowShape shape = shape(Role.ORDERS, mappings.orders());
        var feeds = new ArrayList<>(feeds(Role.ORDERS, shape));
        feeds.addAll(followed(Role.ORDER_LINES, Role.ORDERS, mappings.orders()));
        var assembler =
                new OrderAssembler(mappings.orders(), shape, orderLines(), new LineAmounts(settings.taxRates()));
        return source(Role.ORDERS, shape, feeds, assembler);
    }

    private Source<Invoice> invoices() {
        RowShape shape = shape(Role.INVOICES, mappings.invoices());
        RecordMapping<DocumentLine> own = mappings.invoiceLines();
        List<KeyPart> keys = entities.of(Role.INVOICES).keys();
        LineReader lines = own == null ? orderLines() : lines(Role.INVOICE_LINES, own, keys);
        var assembler = new InvoiceAssembler(
                mappings.invoices(),
                shape,
                lines,
                own == null ? LinesOf.ORDER : LinesOf.INVOICE,
                new LineAmounts(settings.taxRates()));
        return source(Role.INVOICES, shape, feeds(Role.INVOICES, shape), assembler);
    }

    private Source<Invoice> proposals() {
        RowShape shape = shape(Role.POSTING_PROPOSALS, mappings.proposals());
        var assembler = new RowAssembler<>(Invoice.class, mappings.proposals());
        return source(Role.POSTING_PROPOSALS, shape, feeds(Role.POSTING_PROPOSALS, shape), assembler);
    }

    private <T extends BusinessRecord> Source<T> source(
            Role role, RowShape shape, List<Feed> feeds, Assembler<T> assembler) {
        return source(role.title(), role, shape, feeds, assembler);
    }

    private <T extends BusinessRecord> Source<T> source(
            String entity, Role role, RowShape shape, List<Feed> feeds, Assembler<T> assembler) {
        var keys = new KeyReader(readers(role, shape), settings.company());
        var endpoint = new Endpoint(connection(), entity);
        return new RecordSource<>(endpoint, shape, feeds, keys, assembler, settings.timeZone());
    }

    private LineReader orderLines() {
        KeyPart order = entities.of(Role.ORDER_LINES).keys().stream()
                .filter(key -> key.name().equals(InvoiceMappings.ORDER_COLUMN))
                .findFirst()
                .orElse(new KeyPart(InvoiceMappings.ORDER_COLUMN, EdmLiteral.STRING));
        return lines(Role.ORDER_LINES, mappings.orderLines(), List.of(order));
    }

    private LineReader lines(Role role, RecordMapping<DocumentLine> mapping, List<KeyPart> parent) {
        BulkReader rows = bulk(reader(role, shape(role, mapping)), parent);
        return new LineReader(rows, mapping, parent.stream().map(KeyPart::name).toList());
    }

    /** The changes of parts, as rows of the records they belong to. */
    private List<Feed> followed(Role part, Role whole, RecordMapping<?> mapping) {
        EntitySet parts = entities.of(part);
        // a sweep of the records reads all their parts anyway
        if (!parts.follow()
                || parts.paging() == Paging.SKIP
                || entities.of(whole).changes() == Changes.SWEEP) {
            return List.of();
        }
        List<String> pointer = entities.of(whole).keyNames();
        RowShape changes = RowShape.ofChanges(parts, pointer);
        List<BulkReader> targets = targets(whole, mapping);
        List<Feed> feeds = switch (parts.changes()) {
            case MODIFIED ->
                readers(part, changes).stream()
                        .map(reader -> keyset(reader).sinceNow())
                        .toList();
            case SWEEP -> List.copyOf(sweeps(part, changes));
            case HISTORY -> List.of(history(part, changes, List.of()));
        };
        return feeds.stream()
                .map(feed -> (Feed) new FollowingFeed(feed, changes, pointer, targets))
                .toList();
    }

    private List<SweepFeed> sweeps(Role role, RowShape shape) {
        return readers(role, shape).stream()
                .map(reader -> new SweepFeed(reader, settings.pageSize()))
                .toList();
    }

    private Feed history(Role role, RowShape shape, List<SweepFeed> load) {
        EntitySet set = entities.of(role);
        if (set.lu().isEmpty()) {
            throw new ConfigurationException(
                    connection() + ": entities." + role.title() + ".lu " + EntitySet.LU_NEEDED);
        }
        var log = new HistoryLog(client, metadata, entities.history(), set, settings.company());
        List<SetReader> readers = readers(role, shape);
        List<BulkReader> rows =
                readers.stream().map(reader -> bulk(reader, set.keys())).toList();
        Feed entries = keyset(log.reader()).sinceNow();
        return new HistoryFeed(log, entries, load, readers, rows, settings.company());
    }

    private List<BulkReader> targets(Role role, RecordMapping<?> mapping) {
        return readers(role, shape(role, mapping)).stream()
                .map(reader -> bulk(reader, entities.of(role).keys()))
                .toList();
    }

    private List<Feed> feeds(Role role, RowShape shape) {
        Changes changes = entities.of(role).changes();
        if (changes == Changes.SWEEP) {
            return List.copyOf(sweeps(role, shape));
        }
        if (changes == Changes.HISTORY) {
            return List.of(history(role, shape, sweeps(role, shape)));
        }
        boolean skip = entities.of(role).paging() == Paging.SKIP;
        return readers(role, shape).stream()
                .map(reader ->
                        skip ? new SkipFeed(reader, settings.overlap(), settings.pageSize()) : (Feed) keyset(reader))
                .toList();
    }

    private KeysetFeed keyset(SetReader reader) {
        return new KeysetFeed(reader, settings.overlap(), settings.pageSize());
    }

    private BulkReader bulk(SetReader reader, List<KeyPart> columns) {
        return new BulkReader(reader, columns, settings.pageSize(), settings.parentsPerRequest());
    }

    private SetReader reader(Role role, RowShape shape) {
        return readers(role, shape).get(0);
    }

    private List<SetReader> readers(Role role, RowShape shape) {
        EntitySet set = entities.of(role);
        return set.paths().stream()
                .map(path -> new SetReader(client, metadata, set, path, shape, settings.company()))
                .toList();
    }

    private RowShape shape(Role role, RecordMapping<?> mapping) {
        return RowShape.of(entities.of(role), mapping.layout());
    }

    @Override
    public List<Finding> check(Set<String> used) {
        return new IfsCheck(client, metadata, entities, mappings, settings, receiptSettings, payableSettings, context)
                .run(used);
    }

    @Override
    public ConnectionStats stats() {
        return client.api().stats();
    }

    @Override
    public void close() {
        // The HTTP client is not ours to end: it has no close before Java 21, and its threads end with it.
    }

    @Override
    public String toString() {
        return "IFS Cloud connection " + connection();
    }
}
