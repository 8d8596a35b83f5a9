package io.mlconnector.jdbc.lease;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A target that makes a document, a line of a file, for every request, also for a doubled one. All processes share it. */
record Documents(Path file, Runnable waiting) implements Connector, Sink<Customer> {

    static final String SENT = "SENT ";

    @Override
    public Class<Customer> type() {
        return Customer.class;
    }

    @Override
    public Duration settleTime() {
        return Duration.ZERO;
    }

    @Override
    public List<WriteOutcome> write(List<Write<Customer>> batch) {
        String document = batch.get(0).key().toString();
        try {
            Files.writeString(file, document + "\n", CREATE, APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Contender.say(SENT + document);
        waiting.run();
        return List.of(new WriteOutcome.Applied(TargetRef.of(document), null));
    }

    @Override
    public Lookup find(Write<Customer> write) {
        String document = write.key().toString();
        return lines(file).contains(document) ? new Lookup.Found(TargetRef.of(document)) : Lookup.ABSENT;
    }

    static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String connection() {
        return "documents";
    }

    @Override
    public Set<String> readable() {
        return Set.of();
    }

    @Override
    public Set<String> writable() {
        return Set.of("a", "b");
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        throw new ConfigurationException("documents are only written");
    }

    @Override
    public Sink<?> sink(String entity) {
        return this;
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
}
