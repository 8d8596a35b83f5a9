package io.mlconnector.jdbc.kill;

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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Writes customers to the {@link Bank}. */
final class BankConnector implements Connector, Sink<Customer> {

    private final URI uri;
    private final Duration settleTime;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BankConnector(URI uri, Duration settleTime) {
        this.uri = uri;
        this.settleTime = settleTime;
    }

    @Override
    public Class<Customer> type() {
        return Customer.class;
    }

    @Override
    public Duration settleTime() {
        return settleTime;
    }

    @Override
    public List<WriteOutcome> write(List<Write<Customer>> batch) {
        String id = call(HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(batch.get(0).key().id())));
        return List.of(new WriteOutcome.Applied(TargetRef.of(id), null));
    }

    @Override
    public Lookup find(Write<Customer> write) {
        String ids =
                call(HttpRequest.newBuilder(URI.create(uri + "?" + write.key().id())));
        return ids.isEmpty() ? Lookup.ABSENT : new Lookup.Found(TargetRef.of(ids.split(",", -1)[0]));
    }

    private String call(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String connection() {
        return "bank";
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
        throw new ConfigurationException("the bank is only written");
    }

    @Override
    public Sink<?> sink(String entity) {
        return this;
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok("bank", "there"));
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public void close() {
        // the client ends with the process
    }
}
