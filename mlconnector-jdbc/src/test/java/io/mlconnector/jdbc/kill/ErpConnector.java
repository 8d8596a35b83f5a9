package io.mlconnector.jdbc.kill;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads a fixed number of customers, in pages. */
record ErpConnector(int customers) implements Connector, Source<Customer> {

    private static final int PAGE = 3 * Engines.BATCH;

    @Override
    public Class<Customer> type() {
        return Customer.class;
    }

    @Override
    public Page<Customer> poll(Position from) {
        int start = from.isStart() ? 0 : Integer.parseInt(from.value());
        int end = Math.min(customers, start + PAGE);
        return Page.of(
                IntStream.range(start, end).mapToObj(this::customer).toList(),
                new Position(Integer.toString(end)),
                end == customers);
    }

    private Change<Customer> customer(int number) {
        String id = "c" + number;
        return Change.upsert(
                Customer.builder()
                        .key(new RecordKey("erp", "customers", id))
                        .number(id)
                        .name("Customer " + number)
                        .build(),
                null,
                null);
    }

    @Override
    public Optional<Change<Customer>> fetch(String id) {
        return Optional.of(customer(Integer.parseInt(id.substring(1))));
    }

    @Override
    public String connection() {
        return "erp";
    }

    @Override
    public Set<String> readable() {
        return Set.of("customers");
    }

    @Override
    public Set<String> writable() {
        return Set.of();
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return this;
    }

    @Override
    public Sink<?> sink(String entity) {
        throw new ConfigurationException("the ERP is only read");
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok("erp", "there"));
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
