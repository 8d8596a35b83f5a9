package io.mlconnector.jdbc.backlog;

import io.mlconnector.model.Customer;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.util.List;
import java.util.Set;

/** A target that takes everything and keeps nothing. */
final class NullSink implements Connector, Sink<Customer> {

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
                .<WriteOutcome>map(write ->
                        new WriteOutcome.Applied(TargetRef.of("n" + write.key().id()), null))
                .toList();
    }

    @Override
    public Lookup find(Write<Customer> write) {
        return new Lookup.Absent();
    }

    @Override
    public String connection() {
        return "null";
    }

    @Override
    public Set<String> readable() {
        return Set.of();
    }

    @Override
    public Set<String> writable() {
        return Set.of("customers");
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        throw new ConfigurationException("only written");
    }

    @Override
    public Sink<?> sink(String entity) {
        return this;
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok("null", "there"));
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
