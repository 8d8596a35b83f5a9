package io.mlconnector.stripe;

import io.mlconnector.http.Backoff;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.TokenBucket;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.WebhookParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One connection to one Stripe account. */
final class StripeConnector implements Connector {

    static final String CUSTOMERS = "customers";
    static final String INVOICES = "invoices";
    static final String PAYMENTS = "payments";
    static final String REFUNDS = "refunds";
    static final String DISPUTES = "disputes";
    static final String CREDIT_NOTES = "credit-notes";
    static final String INVOICE_STATUS = "invoice-status";

    private static final Set<String> WRITABLE = Set.of(CUSTOMERS, INVOICES);

    private final String connection;
    private final StripeSettings settings;
    private final InstantSource ours;
    private final StripeKeys keys;
    private final WebhookSecrets secrets;
    private final HttpApi http;
    private final StripeApi api;
    private final StripeErrors errors;
    private final Map<String, Reader<?>> readers;
    private final CustomerSink customers;
    private final InvoiceSink invoices;
    private final StripeCheck check;

    StripeConnector(
            StripeSettings settings,
            CustomerMapping customerMapping,
            InvoiceMapping invoiceMapping,
            ReadMappings readMappings,
            ConnectorContext context) {
        this.connection = context.connection();
        this.settings = settings;
        this.ours = context.clock();
        this.keys = new StripeKeys(settings.apiKey(), settings.nextApiKey(), context.clock());
        this.secrets = new WebhookSecrets(settings.webhookSecrets());
        this.http = http(settings, keys, context);
        RemoteClock clock = new RemoteClock(context.clock());
        this.api = new StripeApi(
                connection, settings.baseUrl().toString(), new StripeTransport(http, clock, connection, settings));
        this.errors = new StripeErrors(connection);
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
        this.readers = readMappings.readers(connection, api, clock);
        this.check = new StripeCheck(api, errors, keys, clock, settings);
    }

    @Override
    public String connection() {
        return connection;
    }

    @Override
    public Set<String> readable() {
        return readers.keySet();
    }

    @Override
    public Set<String> writable() {
        return WRITABLE;
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        Reader<?> reader = readers.get(entity);
        if (reader == null) {
            throw new ConfigurationException(connection + ": Stripe has no source " + entity + "; there are "
                    + String.join(", ", readers.keySet()));
        }
        return source(reader);
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
    public Optional<WebhookParser> webhooks() {
        Set<String> types = readers.values().stream()
                .flatMap(reader -> reader.events().stream())
                .collect(Collectors.toUnmodifiableSet());
        return secrets.none()
                ? Optional.empty()
                : Optional.of(new StripeWebhookParser(
                        connection, secrets, settings.webhookTolerance(), !settings.testMode(), types));
    }

    @Override
    public void replaceSecret(String name, Secret next, Instant oldUntil) {
        switch (name) {
            case "apiKey" -> {
                settings.faultOf(next).ifPresent(fault -> {
                    throw new ConfigurationException(connection + "." + name + " " + fault);
                });
                keys.replace(next, oldUntil);
            }
            case "webhookSecret", "webhookSecrets" -> {
                if (!StripeSettings.signingSecret(next)) {
                    throw new ConfigurationException(
                            connection + "." + name + " must be a signing secret, which begins with whsec_");
                }
                secrets.replace(next, oldUntil);
            }
            default ->
                throw new ConfigurationException(connection + ": the secret '" + name
                        + "' cannot be replaced while the connection is open; there are apiKey, webhookSecret");
        }
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

    private <T extends BusinessRecord> Source<T> source(Reader<T> reader) {
        return new EventSource<>(connection, api, errors, reader, settings.reading(), ours);
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
