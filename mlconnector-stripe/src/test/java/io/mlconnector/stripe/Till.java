package io.mlconnector.stripe;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.CreditNote;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A sandbox with a customer, open invoices, and sources that are read pass by pass. */
final class Till implements AutoCloseable {

    private static final Map<Class<?>, String> ENTITIES = Map.of(
            Payment.class, "payments",
            Refund.class, "refunds",
            Dispute.class, "disputes",
            CreditNote.class, "credit-notes",
            Invoice.class, "invoice-status");

    final Fixture fixture;
    final StripeSandbox stripe;
    private final String customer;
    private final Map<Class<?>, Position> positions = new LinkedHashMap<>();
    private final Map<Class<?>, Source<?>> sources = new LinkedHashMap<>();
    private int invoices;

    Till() {
        this(StripeSandbox.start());
    }

    Till(StripeSandbox stripe) {
        this.stripe = stripe;
        this.fixture = new Fixture(stripe);
        StripeApiForTests.post(stripe, "/v1/customers", "name=Rheinwerk&email=ap@rheinwerk.example");
        this.customer = stripe.customers().get(0).path("id").asText();
    }

    String customer() {
        return customer;
    }

    /** An open invoice over an amount in minor units, with the ERP's number. */
    String open(long amount) {
        return open(amount, "eur");
    }

    String open(long amount, String currency) {
        String draft = draft(currency);
        StripeApiForTests.post(stripe, "/v1/invoices/" + draft + "/add_lines", "lines[0][amount]=" + amount);
        StripeApiForTests.post(stripe, "/v1/invoices/" + draft + "/finalize", "");
        return draft;
    }

    String draft(String currency) {
        StripeApiForTests.post(
                stripe,
                "/v1/invoices",
                "collection_method=send_invoice&days_until_due=30&currency=" + currency + "&customer=" + customer
                        + "&metadata[erp_invoice_no]=IFS-" + ++invoices + "&metadata[mlc_key]=erp/invoices/I"
                        + invoices);
        return stripe.invoices().get(stripe.invoices().size() - 1).path("id").asText();
    }

    String charge(int number) {
        return stripe.objects("charge").get(number).path("id").asText();
    }

    @SuppressWarnings("unchecked")
    <T extends BusinessRecord> Source<T> source(Class<T> type) {
        return (Source<T>) sources.computeIfAbsent(
                type, kind -> fixture.connector().source(sure(ENTITIES.get(kind)), SourceContext.EMPTY));
    }

    /** Opens the connection and its sources anew, as after a restart. */
    void restart(Map<String, ?> settings) {
        sources.clear();
        fixture.configure(settings);
    }

    /** Reads one pass to its end, and settles every page. */
    <T extends BusinessRecord> Pass<T> pass(Class<T> type) {
        Source<T> source = source(type);
        var pass = new Pass<T>(new LinkedHashMap<>(), new LinkedHashSet<>());
        Position position = position(type);
        for (int polls = 0; polls < 1000; polls++) {
            Page<T> page = source.poll(position);
            if (!page.malformed().isEmpty()) {
                throw new AssertionError(page.malformed().toString());
            }
            page.changes().forEach(pass::add);
            position = page.next();
            source.settled(position);
            if (page.last()) {
                positions.put(type, position);
                return pass;
            }
        }
        throw new AssertionError("the source came to no end");
    }

    /** Reads a pass that brings one record. */
    <T extends BusinessRecord> T only(Class<T> type) {
        Pass<T> pass = pass(type);
        if (pass.records().size() != 1) {
            throw new AssertionError("expected one record: " + pass);
        }
        return pass.values().get(0);
    }

    /** What a pass brought, by id. */
    record Pass<T extends BusinessRecord>(Map<String, T> records, Set<String> deleted) {

        void add(Change<T> change) {
            T record = change.record();
            if (record == null) {
                deleted.add(change.key().id());
            } else {
                records.put(change.key().id(), record);
            }
        }

        T get(String id) {
            return sure(records.get(id));
        }

        List<T> values() {
            return List.copyOf(records.values());
        }

        boolean isEmpty() {
            return records.isEmpty() && deleted.isEmpty();
        }
    }

    /** Returns the present state of a record that is there. */
    <T extends BusinessRecord> T fetched(Class<T> type, String id) {
        return sure(source(type).fetch(id).orElseThrow().record());
    }

    static <V> V sure(@Nullable V value) {
        return requireNonNull(value);
    }

    Position position(Class<? extends BusinessRecord> type) {
        return positions.getOrDefault(type, Position.START);
    }

    void setPosition(Class<? extends BusinessRecord> type, Position position) {
        positions.put(type, position);
    }

    /** Lets more time pass than passes overlap. */
    void later() {
        stripe.advance(Duration.ofMinutes(10));
        fixture.passTime(Duration.ofMinutes(10));
    }

    long calls() {
        return stripe.requests().stream()
                .filter(request -> request.method().equals("GET"))
                .count();
    }

    static RecordKey invoiceKey(String id) {
        return new RecordKey("stripe", "invoices", id);
    }

    static String id(JsonNode object) {
        return object.path("id").asText();
    }

    @Override
    public void close() {
        fixture.close();
    }
}
