package io.mlconnector.bill;

import io.mlconnector.mapping.WriteMapping;
import io.mlconnector.model.Bill;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.RecordKey;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** An open connection to one organisation. */
final class BillConnector implements Connector {

    static final String VENDORS = "vendors";
    static final String BILLS = "bills";
    static final String PAYMENTS = "payments";

    private static final List<String> READABLE = List.of(VENDORS, BILLS, PAYMENTS);
    private static final List<String> WRITABLE = List.of(VENDORS, BILLS);

    private final BillSettings settings;
    private final BillApi api;
    private final VendorReading vendorReading;
    private final PaymentReading paymentReading;
    private final BillReading billReading;
    private final VendorSink vendorSink;
    private final BillSink billSink;
    private final SigningKeys keys;
    private final Subscriptions subscriptions;
    private final BillCheck check;
    private final Runnable released;
    private final AtomicBoolean closed = new AtomicBoolean();

    BillConnector(
            BillSettings settings,
            VendorMapping vendorMapping,
            WriteMapping<Bill> billRules,
            Overrides overrides,
            KeyQuota quota,
            Runnable released,
            ConnectorContext context) {
        this.released = released;
        this.settings = settings;
        this.api = new BillApi(settings, quota, context);
        var currencies = new VendorCurrencies(api);
        this.vendorReading = new VendorReading(connection(), settings.coding(), overrides.vendors());
        this.paymentReading = new PaymentReading(connection(), currencies, overrides.payments());
        this.billReading = new BillReading(
                connection(), currencies, new PaymentDates(api, settings.paymentFilter()), overrides.bills());
        var billMapping = new BillMapping(api, settings, billRules, context.clock());
        this.vendorSink =
                new VendorSink(api, vendorMapping, new VendorDirectory(api, context.clock()), settings.settleTime());
        this.billSink = new BillSink(
                api,
                billMapping,
                new PayableVendors(api, settings.autoPayVendors()),
                new KnownBills(api, context.clock()),
                new BillFinder(api, context.clock()),
                settings.settleTime());
        this.keys = new SigningKeys(connection(), settings.webhookSecrets(), context);
        this.subscriptions = new Subscriptions(api, settings.webhooks(), keys, context);
        this.check = new BillCheck(api, settings, billMapping, subscriptions);
    }

    @Override
    public String connection() {
        return api.connection();
    }

    @Override
    public Set<String> readable() {
        return new LinkedHashSet<>(READABLE);
    }

    @Override
    public Set<String> writable() {
        return new LinkedHashSet<>(WRITABLE);
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return switch (entity) {
            case VENDORS ->
                source(
                        vendorReading,
                        object -> idOf(object, VENDORS),
                        updated(vendorReading, false),
                        updated(vendorReading, true));
            case BILLS ->
                source(billReading, this::billsOf, updated(billReading, false), updated(billReading, true), paid());
            case PAYMENTS ->
                source(
                        paymentReading,
                        object -> idOf(object, PAYMENTS),
                        UpdatedFeed.of(api, PAYMENTS, paymentReading.layout(), settings.overlap()));
            default ->
                throw new ConfigurationException(
                        connection() + ": BILL has no source " + entity + "; there are " + String.join(", ", READABLE));
        };
    }

    private <T extends BusinessRecord> Source<T> source(
            Reading<T> reading, Function<RecordKey, List<String>> pointer, Feed... feeds) {
        var all = new ArrayList<>(List.of(feeds));
        BillSettings.Webhooks webhooks = settings.webhooks();
        if (webhooks != null && !webhooks.remove()) {
            all.add(new EventFeed(api, subscriptions, pointer, reading.resource(), reading.layout()));
        }
        return new FeedSource<>(api, reading, all, subscriptions::tend, pointer);
    }

    private static List<String> idOf(RecordKey object, String entity) {
        return object.entity().equals(entity) ? List.of(object.id()) : List.of();
    }

    private UpdatedFeed updated(Reading<?> reading, boolean archived) {
        return UpdatedFeed.of(api, reading.resource(), archived, reading.layout(), settings.overlap());
    }

    private Feed paid() {
        Feed payments = UpdatedFeed.of(api, PAYMENTS, paymentReading.layout(), settings.overlap());
        return new FollowingFeed(payments, paymentReading::bills, api, BILLS, billReading.layout());
    }

    private List<String> billsOf(RecordKey object) {
        if (object.entity().equals(BILLS)) {
            return List.of(object.id());
        }
        return object.entity().equals(PAYMENTS) && FeedSource.isPlausible(object.id())
                ? api.row(PAYMENTS, object.id(), paymentReading.layout())
                        .map(row -> List.copyOf(paymentReading.bills(row)))
                        .orElse(List.of())
                : List.of();
    }

    @Override
    public Sink<?> sink(String entity) {
        return switch (entity) {
            case VENDORS -> vendorSink;
            case BILLS -> billSink;
            default ->
                throw new ConfigurationException(
                        connection() + ": BILL has no sink " + entity + "; there are " + String.join(", ", WRITABLE));
        };
    }

    @Override
    public Optional<WebhookParser> webhooks() {
        return settings.webhooks() == null && keys.none()
                ? Optional.empty()
                : Optional.of(new BillWebhookParser(connection(), settings.organizationId(), keys));
    }

    @Override
    public void replaceSecret(String name, Secret next, Instant oldUntil) {
        switch (name) {
            case "password" -> api.replacePassword(next);
            case "webhookSecret" -> keys.replace(next, oldUntil);
            default ->
                throw new ConfigurationException(connection() + ": the secret '" + name
                        + "' cannot be replaced while the connection is open; there are password, webhookSecret");
        }
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return check.run(entities);
    }

    @Override
    public ConnectionStats stats() {
        return api.http().stats();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            released.run(); // the client and its threads end with the last reference to it
        }
    }

    @Override
    public String toString() {
        return "BILL connection " + connection();
    }
}
