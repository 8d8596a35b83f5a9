package io.mlconnector.stripe;

import io.mlconnector.http.Backoff;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.TokenBucket;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One connection to one Stripe account. */
final class StripeConnector implements Connector {

    static final String CUSTOMERS = "customers";
    static final String INVOICES = "invoices";

    private static final Set<String> WRITABLE = Set.of(CUSTOMERS, INVOICES);

    private final String connection;
    private final HttpApi http;
    private final CustomerSink customers;
    private final InvoiceSink invoices;
    private final StripeCheck check;

    StripeConnector(
            StripeSettings settings,
            CustomerMapping customerMapping,
            InvoiceMapping invoiceMapping,
            ConnectorContext context) {
        this.connection = context.connection();
        StripeKeys keys = new StripeKeys(settings.apiKey(), settings.nextApiKey());
        this.http = http(settings, keys, context);
        RemoteClock clock = new RemoteClock(context.clock());
        StripeApi api = new StripeApi(
                connection, settings.baseUrl().toString(), new StripeTransport(http, clock, connection, settings));
        StripeErrors errors = new StripeErrors(connection);
        String keyName = settings.metadata().key();
        this.customers = new CustomerSink(
                api,
                errors,
                customerMapping,
                new CustomerFinder(api, clock, keyName),
                new Existing<>(
                        api::searchCustomers, found -> api.customerById(found.id()), RemoteCustomer::metadata, keyName),
                settings.settleTime());
        this.invoices = new InvoiceSink(
                api,
                errors,
                settings,
                invoiceMapping,
                new InvoiceFinder(api, clock, keyName),
                new Existing<>(
                        api::searchInvoices, found -> api.invoiceById(found.id()), RemoteInvoice::metadata, keyName),
                settings.settleTime());
        this.check = new StripeCheck(api, errors, keys, clock, settings);
    }

    @Override
    public String connection() {
        return connection;
    }

    @Override
    public Set<String> readable() {
        return Set.of();
    }

    @Override
    public Set<String> writable() {
        return WRITABLE;
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        throw new ConfigurationException(connection + ": Stripe has no source " + entity + "; there is none");
    }

    @Override
    public Sink<?> sink(String entity) {
        return switch (entity) {
            case CUSTOMERS -> customers;
            case INVOICES -> invoices;
            default ->
                throw new ConfigurationException(
                        connection + ": Stripe has no sink " + entity + "; there are " + CUSTOMERS + ", " + INVOICES);
        };
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return check.run(entities);
    }

    @Override
    public ConnectionStats stats() {
        return http.stats();
    }

    @Override
    public void close() {
        // The client and its threads end with the last reference to it.
    }

    private static HttpApi http(StripeSettings settings, StripeKeys keys, ConnectorContext context) {
        Duration longest =
                settings.maxBackoff().compareTo(settings.backoff()) < 0 ? settings.backoff() : settings.maxBackoff();
        return HttpApi.builder(context)
                .addOrigin(settings.baseUrl())
                .allowPlainHttp(settings.allowPlainHttp())
                .authenticator(keys)
                .classifier(StripeTransport::classify)
                .backoff(Backoff.ofDefaults()
                        .withDelays(settings.backoff(), longest)
                        .withAttempts(settings.maxRetries() + 1))
                .quota(TokenBucket.builder()
                        .addLimit(settings.requestsPerSecond(), Duration.ofSeconds(1), 1)
                        .clock(context.clock())
                        .build())
                .connectTimeout(settings.connectTimeout())
                .requestTimeout(settings.readTimeout())
                .requestIdHeaders("Request-Id")
                .build();
    }
}
