package io.mlconnector.jdbc.backlog;

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

/**
 * Customers that are made page by page, so that nothing of them is kept.
 *
 * @param connection the connection's name
 * @param customers how many
 * @param generation position of a pass begins with it, and one customer in a hundred carries it in its name
 */
record ManyCustomers(String connection, int customers, int generation) implements Connector, Source<Customer> {

    private static final int PAGE = 5000;

    @Override
    public Class<Customer> type() {
        return Customer.class;
    }

    @Override
    public Page<Customer> poll(Position from) {
        String mine = generation + ":";
        int start =
                from.value().startsWith(mine) ? Integer.parseInt(from.value().substring(mine.length())) : 0;
        int end = Math.min(customers, start + PAGE);
        return Page.of(
                IntStream.range(start, end).mapToObj(this::customer).toList(),
                new Position(mine + end),
                end == customers);
    }

    private Change<Customer> customer(int number) {
        String id = "c" + number;
        return Change.upsert(
                Customer.builder()
                        .key(new RecordKey(connection, "customers", id))
                        .number(id)
                        .name("Customer " + number + (number % 100 == 0 ? " of generation " + generation : ""))
                        .build(),
                null,
                null);
    }

    @Override
    public Optional<Change<Customer>> fetch(String id) {
        return Optional.of(customer(Integer.parseInt(id.substring(1))));
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
        throw new ConfigurationException("only read");
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok(connection, "there"));
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
