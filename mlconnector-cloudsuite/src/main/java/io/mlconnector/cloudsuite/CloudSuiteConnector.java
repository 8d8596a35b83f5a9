package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/** A connection to one company of M3: puts its sources and sinks together. Safe for threads. */
final class CloudSuiteConnector implements Connector {

    static final String CUSTOMERS = "customers";
    static final String INVOICES = "invoices";
    static final String PAYMENTS = "payments";
    static final String REFUNDS = "refunds";
    static final String DISPUTES = "disputes";

    private static final List<String> READABLE = List.of(CUSTOMERS, INVOICES);
    private static final List<String> WRITABLE = List.of(PAYMENTS, REFUNDS, DISPUTES);

    private final CloudSuiteSettings settings;
    private final PostingSettings posting;
    private final CloudSuiteMappings mappings;
    private final ConnectorContext context;
    private final IonGateway gateway;
    private final MiClient client;
    private final Programs programs;
    private final Receivables receivables;
    private final Matching matching;
    private final GlAccounts accounts;
    private final Poster poster;
    private final AtomicBoolean closed = new AtomicBoolean();

    CloudSuiteConnector(
            CloudSuiteSettings settings,
            PostingSettings posting,
            CloudSuiteMappings mappings,
            ConnectorContext context) {
        this.settings = settings;
        this.posting = posting;
        this.mappings = mappings;
        this.context = context;
        this.gateway = IonGateway.open(settings, context);
        this.client = new MiClient(settings, gateway, context);
        this.programs = new Programs(client, settings, context.connection());
        this.receivables = new Receivables(client, programs, settings, posting.findColumns());
        this.matching = new Matching(receivables, posting, context.connection());
        this.accounts = new GlAccounts(client, programs, settings, context.clock());
        this.poster = new Poster(client, programs, posting, accounts, context.connection());
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
        return new LinkedHashSet<>(WRITABLE);
    }

    /** The file as a whole, as Infor OS hands it out with new keys. */
    @Override
    public void replaceSecret(String name, Secret next, Instant oldUntil) {
        if (!name.equals("ionapi")) {
            throw new ConfigurationException(connection() + ": the secret '" + name
                    + "' cannot be replaced while the connection is open; there is ionapi");
        }
        gateway.replace(IonapiSettings.parse(next.reveal()), oldUntil, connection());
    }

    @Override
    public Source<?> source(String entity, SourceContext sourceContext) {
        return switch (entity) {
            case CUSTOMERS -> customers();
            case INVOICES -> invoices();
            default ->
                throw new ConfigurationException(
                        connection() + " cannot read '" + entity + "'; it can read " + String.join(", ", READABLE));
        };
    }

    private Source<Customer> customers() {
        RecordMapping<Customer> mapping = mappings.customers();
        return new CustomerSource(
                new Endpoint(connection(), CUSTOMERS),
                mapping,
                customerRows(),
                settings.overlap(),
                settings.pageSize());
    }

    private CustomerRows customerRows() {
        return new CustomerRows(client, programs, mappings.customers().layout().paths());
    }

    private Source<Invoice> invoices() {
        var reader = new InvoiceReader(
                client,
                programs,
                settings,
                new Endpoint(connection(), INVOICES),
                mappings.invoices(),
                mappings.lines(),
                mappings.vouchers());
        return new InvoiceSource(client, programs, settings, reader, context.clock());
    }

    @Override
    public Sink<?> sink(String entity) {
        return switch (entity) {
            case PAYMENTS -> sink(Payment.class, PAYMENTS, matching::payment, posting.clearing());
            case REFUNDS -> sink(Refund.class, REFUNDS, matching::refund, posting.refunds());
            case DISPUTES -> sink(Dispute.class, DISPUTES, matching::dispute, posting.disputes());
            default ->
                throw new ConfigurationException(
                        connection() + " cannot write '" + entity + "'; it can write " + String.join(", ", WRITABLE));
        };
    }

    private <T extends BusinessRecord> Sink<T> sink(
            Class<T> type, String name, BiFunction<T, References, Wanted> match, GlString account) {
        return new MoneySink<>(
                type,
                match,
                receivables,
                poster,
                settings.writesPerCall(),
                posting.settleTime(),
                lineage(name, account));
    }

    private Lineage lineage(String name, GlString account) {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("CINO, INYR, PYNO, CUNO", "allocations, by the link of the invoice, else by its number");
        rules.put("PYAM", "amount of the part, less what stands under the reference");
        rules.put("IRNO", "key");
        rules.put("ARAT", "exchangeRate");
        rules.put("LPDT, ACDT", "date in " + posting.zone());
        rules.put("AIT1-7", account.dimensions().isEmpty() ? "M3's own rules" : account.toString());
        rules.put("CHAM", posting.fees().dimensions().isEmpty() ? "none" : "fee, to " + posting.fees());
        return new Lineage("cloudsuite." + name + ":" + Integer.toHexString(rules.hashCode()), rules);
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return new CloudSuiteCheck(settings, posting, gateway, programs, customerRows(), accounts, context)
                .run(entities);
    }

    @Override
    public ConnectionStats stats() {
        return client.stats();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            gateway.release();
        }
    }
}
