package io.mlconnector.stampli;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A connection to Stampli's files: puts its sources together. Safe for threads. */
final class StampliConnector implements Connector {

    private final ConnectorContext context;
    private final SftpClient client;
    private final Map<String, FileDesk<?>> desks;

    StampliConnector(ConnectorContext context, SftpClient client, Map<String, FileDesk<?>> desks) {
        this.context = context;
        this.client = client;
        this.desks = desks;
    }

    @Override
    public String connection() {
        return context.connection();
    }

    @Override
    public Set<String> readable() {
        return new LinkedHashSet<>(desks.keySet());
    }

    @Override
    public Set<String> writable() {
        return Set.of();
    }

    @Override
    public Source<?> source(String entity, SourceContext sourceContext) {
        FileDesk<?> desk = desks.get(entity);
        if (desk == null) {
            throw new ConfigurationException(
                    connection() + " cannot read '" + entity + "'; it can read " + String.join(", ", desks.keySet()));
        }
        return source(entity, desk, sourceContext);
    }

    private <T extends BusinessRecord> Source<T> source(String entity, FileDesk<T> desk, SourceContext sourceContext) {
        return new FileSource<>(new Endpoint(connection(), entity), desk, new FileMemory(sourceContext));
    }

    @Override
    public Sink<?> sink(String entity) {
        throw new ConfigurationException(connection() + " cannot write '" + entity + "'; it can only read");
    }

    /** A session takes the secret that is there when it begins, so the old one is not needed any more. */
    @Override
    public void replaceSecret(String name, Secret next, Instant oldUntil) {
        client.replace(now -> switch (name) {
            case "password" -> new Credentials(next, null, null);
            case "privateKey" -> new Credentials(null, next, now.passphrase());
            case "passphrase" -> new Credentials(now.password(), now.privateKey(), next);
            default ->
                throw new ConfigurationException(connection() + ": there is no secret '" + name
                        + "'; there are password, privateKey, passphrase");
        });
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return new StampliCheck(client, desks).run(entities);
    }

    @Override
    public ConnectionStats stats() {
        return client.stats();
    }

    @Override
    public void close() {
        // a session ends with the poll that opened it, and nothing else is kept open
    }

    @Override
    public String toString() {
        return "Stampli connection " + connection() + " by " + client;
    }
}
