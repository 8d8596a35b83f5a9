package io.mlconnector.ifs;

import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A payment system that takes invoices and lists what became of them. */
final class FakePaymentSystem implements Connector {

    final Log<Payment> payments = new Log<>(Payment.class);
    final Log<Refund> refunds = new Log<>(Refund.class);
    final Log<Dispute> disputes = new Log<>(Dispute.class);
    final Invoices invoices = new Invoices();

    /** What an invoice of the ERP becomes here. */
    static RecordKey invoiceKey(String erpId) {
        return new RecordKey("stripe-test", "invoices", "in-" + erpId);
    }

    @Override
    public String connection() {
        return "stripe-test";
    }

    @Override
    public Set<String> readable() {
        return Set.of("payments", "refunds", "disputes");
    }

    @Override
    public Set<String> writable() {
        return Set.of("invoices");
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return switch (entity) {
            case "payments" -> payments;
            case "refunds" -> refunds;
            case "disputes" -> disputes;
            default -> throw new ConfigurationException("no " + entity);
        };
    }

    @Override
    public Sink<?> sink(String entity) {
        return invoices;
    }

    @Override
    public List<Finding> check(Set<String> entities) {
        return List.of(Finding.ok("stripe-test", "there"));
    }

    @Override
    public ConnectionStats stats() {
        return ConnectionStats.NONE;
    }

    @Override
    public void close() {}

    /** Records of one kind; a position is a place among them. */
    static final class Log<T extends BusinessRecord> implements Source<T> {

        private final Class<T> type;
        private final List<T> records = new ArrayList<>();

        Log(Class<T> type) {
            this.type = type;
        }

        synchronized void put(T record) {
            records.add(record);
        }

        /** As a source that reads an overlap. */
        synchronized void repeatAll() {
            records.addAll(List.copyOf(records));
        }

        @Override
        public Class<T> type() {
            return type;
        }

        @Override
        public synchronized Page<T> poll(Position from) {
            int start = from.isStart() ? 0 : Integer.parseInt(from.value());
            List<Change<T>> changes = new ArrayList<>();
            for (T record : records.subList(start, records.size())) {
                changes.add(Change.upsert(record, null, null));
            }
            Position next = new Position(Integer.toString(records.size()));
            return new Page<>(changes, List.of(), next, true, Notes.NONE);
        }

        @Override
        public synchronized Optional<Change<T>> fetch(String id) {
            return records.stream()
                    .filter(record -> record.key().id().equals(id))
                    .reduce((first, last) -> last)
                    .map(record -> Change.upsert(record, null, null));
        }
    }

    /** Takes every invoice. */
    static final class Invoices implements Sink<Invoice> {

        private final AtomicInteger writes = new AtomicInteger();

        int writes() {
            return writes.get();
        }

        @Override
        public Class<Invoice> type() {
            return Invoice.class;
        }

        @Override
        public List<WriteOutcome> write(List<Write<Invoice>> batch) {
            writes.addAndGet(batch.size());
            return batch.stream()
                    .map(write -> (WriteOutcome) new WriteOutcome.Applied(
                            TargetRef.of(invoiceKey(write.key().id()).id()), null))
                    .toList();
        }

        @Override
        public Lookup find(Write<Invoice> write) {
            return Lookup.ABSENT;
        }
    }
}
