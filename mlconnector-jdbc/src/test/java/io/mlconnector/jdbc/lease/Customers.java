package io.mlconnector.jdbc.lease;

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
import java.util.stream.Stream;

/** Three customers, on one page. */
record Customers() implements Connector {

    static final List<String> IDS = List.of("c1", "c2", "c3");

    @Override
    public String connection() {
        return "erp";
    }

    @Override
    public Set<String> readable() {
        return Set.of("a", "b");
    }

    @Override
    public Set<String> writable() {
        return Set.of();
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return new Listed(entity);
    }

    @Override
    public Sink<?> sink(String entity) {
        throw new ConfigurationException("the ERP is only read");
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of();
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public void close() {}

    private record Listed(String entity) implements Source<Customer> {

        @Override
        public Class<Customer> type() {
            return Customer.class;
        }

        @Override
        public Page<Customer> poll(Position from) {
            Stream<String> ids = from.isStart() ? IDS.stream() : Stream.empty();
            return Page.of(ids.map(this::customer).toList(), new Position("end"), true);
        }

        @Override
        public Optional<Change<Customer>> fetch(String id) {
            return Optional.of(customer(id));
        }

        private Change<Customer> customer(String id) {
            return Change.upsert(
                    Customer.builder()
                            .key(new RecordKey("erp", entity, id))
                            .number(id)
                            .name("Customer " + id)
                            .build(),
                    null,
                    null);
        }
    }
}
