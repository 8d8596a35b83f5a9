package io.mlconnector.testkit.kill;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A connector in whose sinks the places of a {@link Trap} are reached. */
record TrappedConnector(Connector connector, Trap trap) implements Connector {

    @Override
    public Sink<?> sink(String entity) {
        return new TrappedSink<>(connector.sink(entity), trap);
    }

    @Override
    public String connection() {
        return connector.connection();
    }

    @Override
    public Set<String> readable() {
        return connector.readable();
    }

    @Override
    public Set<String> writable() {
        return connector.writable();
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return connector.source(entity, context);
    }

    @Override
    public Optional<WebhookParser> webhooks() {
        return connector.webhooks();
    }

    @Override
    public void replaceSecret(String name, Secret next, Instant oldUntil) {
        connector.replaceSecret(name, next, oldUntil);
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return connector.check(entities);
    }

    @Override
    public ConnectionStats stats() {
        return connector.stats();
    }

    @Override
    public void close() {
        connector.close();
    }

    private record TrappedSink<T extends BusinessRecord>(Sink<T> sink, Trap trap) implements Sink<T> {

        @Override
        public List<WriteOutcome> write(List<Write<T>> batch) {
            List<WriteOutcome> outcomes = sink.write(batch);
            trap.reached(KillPlace.AFTER_ANSWER);
            return outcomes;
        }

        @Override
        public Lookup find(Write<T> write) {
            trap.reached(KillPlace.BEFORE_LOOK_UP);
            return sink.find(write);
        }

        @Override
        public Class<T> type() {
            return sink.type();
        }

        @Override
        public int maxBatch() {
            return sink.maxBatch();
        }

        @Override
        public Duration settleTime() {
            return sink.settleTime();
        }

        @Override
        public Lineage lineage() {
            return sink.lineage();
        }
    }
}
