package io.mlconnector.stripe;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Payment;
import io.mlconnector.model.Refund;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ERP that counts how often each record was created, and holds its last state. */
final class Books implements Connector {

    final Account<Payment> payments = new Account<>(Payment.class);
    final Account<Refund> refunds = new Account<>(Refund.class);
    final Account<Dispute> disputes = new Account<>(Dispute.class);
    private final Map<String, Account<?>> accounts =
            Map.of("payments", payments, "refunds", refunds, "disputes", disputes);

    @Override
    public String connection() {
        return "erp";
    }

    @Override
    public Set<String> readable() {
        return Set.of();
    }

    @Override
    public Set<String> writable() {
        return accounts.keySet();
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        throw new UnsupportedOperationException(entity);
    }

    @Override
    public Sink<?> sink(String entity) {
        return accounts.get(entity);
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
    public void close() {}

    /** What was written of one kind, by the id at the source. */
    static final class Account<T extends BusinessRecord> implements Sink<T> {

        private final Class<T> type;
        private final Map<String, T> held = new LinkedHashMap<>();
        private final List<String> created = new ArrayList<>();

        Account(Class<T> type) {
            this.type = type;
        }

        synchronized Map<String, T> held() {
            return new LinkedHashMap<>(held);
        }

        synchronized List<String> created() {
            return List.copyOf(created);
        }

        @Override
        public Class<T> type() {
            return type;
        }

        @Override
        public synchronized List<WriteOutcome> write(List<Write<T>> batch) {
            var outcomes = new ArrayList<WriteOutcome>();
            for (Write<T> write : batch) {
                outcomes.add(write(write));
            }
            return outcomes;
        }

        private WriteOutcome write(Write<T> write) {
            if (write instanceof Write.Create<T> create) {
                created.add(create.record().key().id());
                held.put(create.record().key().id(), create.record());
                return new WriteOutcome.Applied(
                        TargetRef.of(create.record().key().id()), null);
            }
            if (write instanceof Write.Update<T> update) {
                held.put(update.record().key().id(), update.record());
                return new WriteOutcome.Applied(update.target(), null);
            }
            Write.Remove<T> remove = (Write.Remove<T>) write;
            held.remove(remove.key().id());
            return new WriteOutcome.Applied(remove.target(), null);
        }

        @Override
        public synchronized Lookup find(Write<T> write) {
            String id = write.key().id();
            return held.containsKey(id) ? new Lookup.Found(TargetRef.of(id)) : Lookup.ABSENT;
        }
    }
}
