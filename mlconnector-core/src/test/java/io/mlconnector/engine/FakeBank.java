package io.mlconnector.engine;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionState;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.References;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A target without idempotency keys: whoever sends a creation twice gets two documents. */
final class FakeBank implements Connector {

    static final Duration SETTLE_TIME = Duration.ofSeconds(90);

    final Store<Customer> customers = new Store<>(Customer.class);
    final Store<Invoice> invoices = new Store<>(Invoice.class);
    ConnectionState state = ConnectionState.FINE;

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
        return Set.of("customers", "invoices");
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        throw new ConfigurationException("bank cannot be read");
    }

    @Override
    public Sink<?> sink(String entity) {
        return switch (entity) {
            case "customers" -> customers;
            case "invoices" -> invoices;
            default -> throw new ConfigurationException("bank has no " + entity);
        };
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok("bank", "there"));
    }

    @Override
    public ConnectionStats stats() {
        return new ConnectionStats(0, 0, 0, Duration.ZERO, 0, 0, state);
    }

    @Override
    public void close() {}

    /** One kind of document. */
    static final class Store<T extends BusinessRecord> implements Sink<T> {

        private final Class<T> type;
        final Map<String, BusinessRecord> documents = Collections.synchronizedMap(new TreeMap<>());
        final List<Write<T>> writes = Collections.synchronizedList(new ArrayList<>());
        final List<Write<T>> finds = Collections.synchronizedList(new ArrayList<>());
        private final Deque<BiFunction<Store<T>, Write<T>, @Nullable WriteOutcome>> script = new ArrayDeque<>();
        private final Set<RecordKey> inWrite = ConcurrentHashMap.newKeySet();
        private int created;
        int maxBatch = 1;

        @Nullable String cannotTell;

        boolean findFails;

        Store(Class<T> type) {
            this.type = type;
        }

        /** What happens to the next write: an outcome without an effect, or null to go on as usual. */
        synchronized void next(BiFunction<Store<T>, Write<T>, @Nullable WriteOutcome> step) {
            script.add(step);
        }

        void next(WriteOutcome outcome) {
            next((store, write) -> outcome);
        }

        void loseNextAnswer() {
            next((store, write) -> {
                store.apply(write);
                return new WriteOutcome.Ambiguous("no answer within 30 s");
            });
        }

        @Override
        public Class<T> type() {
            return type;
        }

        @Override
        public int maxBatch() {
            return maxBatch;
        }

        @Override
        public Duration settleTime() {
            return SETTLE_TIME;
        }

        @Override
        public List<WriteOutcome> write(List<Write<T>> batch) {
            var outcomes = new ArrayList<WriteOutcome>();
            for (Write<T> write : batch) {
                if (!inWrite.add(write.key())) {
                    throw new IllegalStateException("two writes of one record at a time: " + write.key());
                }
                try {
                    writes.add(write);
                    var step = nextStep();
                    WriteOutcome outcome = step == null ? null : step.apply(this, write);
                    outcomes.add(outcome == null ? apply(write) : outcome);
                } finally {
                    inWrite.remove(write.key());
                }
            }
            return outcomes;
        }

        private synchronized @Nullable BiFunction<Store<T>, Write<T>, @Nullable WriteOutcome> nextStep() {
            return script.poll();
        }

        synchronized WriteOutcome apply(Write<T> write) {
            return write.match(new Write.Cases<T, WriteOutcome>() {
                @Override
                public WriteOutcome create(Write.Create<T> create) {
                    for (RecordKey reference : create.record().references()) {
                        if (create.references().resolve(reference).isEmpty()) {
                            return new WriteOutcome.Deferred(reference);
                        }
                    }
                    String id = type.getSimpleName().charAt(0) + "-" + ++created;
                    documents.put(id, create.record());
                    return new WriteOutcome.Applied(TargetRef.of(id), "req-" + id);
                }

                @Override
                public WriteOutcome update(Write.Update<T> update) {
                    documents.put(update.target().id(), update.record());
                    return new WriteOutcome.Applied(update.target(), null);
                }

                @Override
                public WriteOutcome remove(Write.Remove<T> remove) {
                    documents.remove(remove.target().id());
                    return new WriteOutcome.Applied(remove.target(), null);
                }
            });
        }

        @Override
        public Lookup find(Write<T> write) {
            if (findFails) {
                throw new UnavailableException("the bank is down", MlConnectorException.Details.NONE);
            }
            finds.add(write);
            if (cannotTell != null) {
                return new Lookup.CannotTell(cannotTell);
            }
            Optional<String> id = documents.entrySet().stream()
                    .filter(document -> document.getValue().key().equals(write.key()))
                    .filter(document -> !(write instanceof Write.Update<T> update)
                            || update.record().equals(document.getValue()))
                    .map(Map.Entry::getKey)
                    .findFirst();
            if (write instanceof Write.Remove<T> remove) {
                return id.isEmpty() ? new Lookup.Found(remove.target()) : Lookup.ABSENT;
            }
            return id.<Lookup>map(found -> new Lookup.Found(TargetRef.of(found)))
                    .orElse(Lookup.ABSENT);
        }

        @Override
        public Lineage lineage() {
            return new Lineage("bank:1", Map.of("name", "holder <- name"));
        }

        References referencesOfLastWrite() {
            Write<T> last = writes.get(writes.size() - 1);
            return last instanceof Write.Create<T> create ? create.references() : References.NONE;
        }
    }
}
