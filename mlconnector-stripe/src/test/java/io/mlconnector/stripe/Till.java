package io.mlconnector.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.testkit.stripe.StripeSandbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A sandbox with a customer, open invoices, and sources that are read pass by pass. */
final class Till implements AutoCloseable {

    final Fixture fixture;
    final StripeSandbox stripe;
    private final String customer;
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private final Map<String, Source<?>> sources = new LinkedHashMap<>();
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

    Source<?> source(String entity) {
        return sources.computeIfAbsent(entity, name -> fixture.connector().source(name, SourceContext.EMPTY));
    }

    @SuppressWarnings("unchecked")
    Source<Payment> payments() {
        return (Source<Payment>) source("payments");
    }

    /** Opens the connection and its sources anew, as after a restart. */
    void restart(Map<String, ?> settings) {
        sources.clear();
        fixture.configure(settings);
    }

    /** Reads one pass to its end, and settles every page. */
    @SuppressWarnings("unchecked")
    <T extends BusinessRecord> Map<String, Change<T>> pass(String entity) {
        Source<T> source = (Source<T>) source(entity);
        var read = new LinkedHashMap<String, Change<T>>();
        Position position = positions.getOrDefault(entity, Position.START);
        for (int polls = 0; polls < 1000; polls++) {
            Page<T> page = source.poll(position);
            if (!page.malformed().isEmpty()) {
                throw new AssertionError(page.malformed().toString());
            }
            page.changes().forEach(change -> read.put(change.key().id(), change));
            position = page.next();
            source.settled(position);
            if (page.last()) {
                positions.put(entity, position);
                return read;
            }
        }
        throw new AssertionError("no end");
    }

    <T extends BusinessRecord> T only(String entity) {
        Map<String, Change<T>> read = this.<T>pass(entity);
        read.values().removeIf(Change::isDelete);
        if (read.size() != 1) {
            throw new AssertionError("expected one record: " + read);
        }
        return read.values().iterator().next().record();
    }

    Position position(String entity) {
        return positions.getOrDefault(entity, Position.START);
    }

    void setPosition(String entity, Position position) {
        positions.put(entity, position);
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
