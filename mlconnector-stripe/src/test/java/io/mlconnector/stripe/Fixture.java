package io.mlconnector.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Settings;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A sandbox, a connection to it, and records to write. Waiting moves the clock instead of taking time. */
final class Fixture implements AutoCloseable {

    final StripeSandbox stripe;
    private final AtomicReference<Duration> waited = new AtomicReference<>(Duration.ZERO);
    private final Map<RecordKey, TargetRef> links = new LinkedHashMap<>();
    private Connector connector;

    Fixture() {
        this(StripeSandbox.start());
    }

    Fixture(StripeSandbox stripe) {
        this.stripe = stripe;
        this.connector = open(Map.of());
    }

    /** Opens the connection anew, as after a crash, with further settings. */
    void configure(Map<String, ?> more) {
        connector = open(more);
    }

    Connector connector() {
        return connector;
    }

    Connector open(Map<String, ?> more) {
        var values = new LinkedHashMap<String, Object>();
        values.put("apiKey", stripe.apiKey());
        values.put("baseUrl", stripe.baseUrl().toString());
        values.put("requestsPerSecond", 1000);
        values.putAll(more);
        return new StripeConnectorProvider().open(Settings.of("connections.stripe", values), context());
    }

    ConnectorContext context() {
        return new ConnectorContext("stripe", this::now, this::passTime, new Random(7));
    }

    Instant now() {
        return Instant.now().plus(waited.get());
    }

    void passTime(Duration by) {
        waited.accumulateAndGet(by, Duration::plus);
    }

    @SuppressWarnings("unchecked")
    Sink<Customer> customers() {
        return (Sink<Customer>) connector.sink("customers");
    }

    @SuppressWarnings("unchecked")
    Sink<Invoice> invoices() {
        return (Sink<Invoice>) connector.sink("invoices");
    }

    References references() {
        return key -> Optional.ofNullable(links.get(key));
    }

    void link(RecordKey key, String id) {
        links.put(key, TargetRef.of(id));
    }

    /** Writes the customer that invoices refer to. */
    String linkedCustomer() {
        Customer customer = customer(1).build();
        String id = applied(write(customers(), create(customer, "customer-1")));
        link(customer.key(), id);
        return id;
    }

    <T extends BusinessRecord> Write.Create<T> create(T record, String key) {
        return new Write.Create<>(record, new IdempotencyKey(key), references(), now(), null);
    }

    <T extends BusinessRecord> Write.Update<T> update(T record, String target, String key, String... fields) {
        return new Write.Update<>(
                record, TargetRef.of(target), Set.of(fields), new IdempotencyKey(key), references(), now());
    }

    <T extends BusinessRecord> Write.Remove<T> remove(RecordKey record, String target, String key) {
        return new Write.Remove<>(record, TargetRef.of(target), new IdempotencyKey(key), now());
    }

    static <T extends BusinessRecord> WriteOutcome write(Sink<T> sink, Write<T> write) {
        return sink.write(List.of(write)).get(0);
    }

    /** Does what the engine does after an uncertain outcome. */
    static <T extends BusinessRecord> WriteOutcome settle(Sink<T> sink, Write.Create<T> create) {
        Lookup lookup = sink.find(create);
        if (lookup instanceof Lookup.Found found) {
            return new WriteOutcome.Applied(found.target(), null);
        }
        TargetRef partial = lookup instanceof Lookup.Partial there ? there.target() : null;
        return write(
                sink,
                new Write.Create<>(
                        create.record(), create.idempotencyKey(), create.references(), create.intendedAt(), partial));
    }

    static String applied(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Applied.class);
        return ((WriteOutcome.Applied) outcome).target().id();
    }

    static String rejected(WriteOutcome outcome) {
        assertThat(outcome).isInstanceOf(WriteOutcome.Rejected.class);
        return ((WriteOutcome.Rejected) outcome).reason();
    }

    static Customer.Builder customer(int number) {
        return Customer.builder()
                .key(new RecordKey("erp", "customers", "C" + number))
                .number("10" + number)
                .name("Rheinwerk " + number + " GmbH")
                .email("ap" + number + "@rheinwerk.example");
    }

    static Invoice.Builder invoice(int number, LineItem... lines) {
        return invoice(number, "EUR", lines);
    }

    static Invoice.Builder invoice(int number, String currency, LineItem... lines) {
        Money net = Money.zero(currency);
        Money tax = Money.zero(currency);
        for (LineItem line : lines) {
            net = net.plus(line.net());
            tax = line.tax() == null ? tax : tax.plus(line.tax().amount());
        }
        return Invoice.builder()
                .key(new RecordKey("erp", "invoices", "I" + number))
                .number("IFS-" + number)
                .company("10")
                .customer(new RecordKey("erp", "customers", "C1"))
                .issuedOn(LocalDate.now(ZoneOffset.UTC))
                .dueOn(LocalDate.now(ZoneOffset.UTC).plusDays(30))
                .lines(List.of(lines))
                .net(net)
                .tax(tax)
                .total(net.plus(tax))
                .status(Invoice.Status.OPEN)
                .attributes(Attributes.EMPTY);
    }

    static LineItem line(String id, String net, String tax) {
        return line(id, "EUR", net, tax, "19");
    }

    static LineItem line(String id, String currency, String net, String tax, String percentage) {
        return LineItem.ofAmount(
                id,
                "Line " + id,
                Money.of(net, currency),
                new LineTax("V" + percentage, new BigDecimal(percentage), Money.of(tax, currency)));
    }

    static LineItem priced(String id, @Nullable String product, String quantity, String price, String net) {
        return new LineItem(
                id,
                "Pump",
                new BigDecimal(quantity),
                "h",
                new BigDecimal(price),
                Money.of(net, "EUR"),
                null,
                product,
                null,
                null);
    }

    static LineItem[] lines(int count) {
        var lines = new ArrayList<LineItem>();
        for (int i = 1; i <= count; i++) {
            lines.add(line(String.valueOf(i * 10), "10.00", "1.90"));
        }
        return lines.toArray(LineItem[]::new);
    }

    @Override
    public void close() {
        connector.close();
        stripe.close();
    }
}
