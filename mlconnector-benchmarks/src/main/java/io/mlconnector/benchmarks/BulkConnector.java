package io.mlconnector.benchmarks;

import io.mlconnector.model.Customer;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Gives customers that are made page by page, and takes any without keeping them.
 *
 * @param connection the connection's name
 * @param customers how many it gives
 */
record BulkConnector(String connection, int customers) implements Connector {

    private static final int PAGE = 5000;

    @Override
    public Set<String> readable() {
        return Set.of("customers");
    }

    @Override
    public Set<String> writable() {
        return Set.of("customers");
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return new Customers(connection, customers);
    }

    @Override
    public Sink<?> sink(String entity) {
        return new Nowhere();
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

    private record Customers(String connection, int customers) implements Source<Customer> {

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
                            .key(new RecordKey(connection, "customers", id))
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
    }

    private static final class Nowhere implements Sink<Customer> {

        @Override
        public Class<Customer> type() {
            return Customer.class;
        }

        @Override
        public int maxBatch() {
            return 100;
        }

        @Override
        public List<WriteOutcome> write(List<Write<Customer>> batch) {
            return batch.stream()
                    .<WriteOutcome>map(write -> new WriteOutcome.Applied(
                            TargetRef.of("n" + write.key().id()), null))
                    .toList();
        }

        @Override
        public Lookup find(Write<Customer> write) {
            return new Lookup.Absent();
        }
    }
}
