package io.mlconnector.engine;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An ERP that keeps a log of changes; a position is a place in that log. */
final class FakeErp implements Connector {

    final Log<Customer> customers = new Log<>(Customer.class);
    final Log<Invoice> invoices = new Log<>(Invoice.class);

    static Customer customer(String id, String name) {
        return Customer.builder()
                .key(new RecordKey("erp", "customers", id))
                .number(id)
                .name(name)
                .build();
    }

    static Invoice invoice(String id, String customer, String total) {
        Money money = Money.of(total, "EUR");
        return Invoice.builder()
                .key(new RecordKey("erp", "invoices", id))
                .number(id)
                .customer(new RecordKey("erp", "customers", customer))
                .lines(List.of(LineItem.ofAmount("1", "all", money, null)))
                .net(money)
                .tax(Money.zero("EUR"))
                .total(money)
                .status(Invoice.Status.OPEN)
                .attributes(Attributes.of(Map.of("region", "north")))
                .build();
    }

    @Override
    public String connection() {
        return "erp";
    }

    @Override
    public Set<String> readable() {
        return Set.of("customers", "invoices");
    }

    @Override
    public Set<String> writable() {
        return Set.of();
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return switch (entity) {
            case "customers" -> customers;
            case "invoices" -> invoices;
            default -> throw new ConfigurationException("erp has no " + entity);
        };
    }

    @Override
    public Sink<?> sink(String entity) {
        throw new ConfigurationException("erp cannot be written");
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

    /** The changes of one kind of record. */
    static final class Log<T extends BusinessRecord> implements Source<T> {

        private final Class<T> type;
        private final List<Object> entries = new ArrayList<>();
        private final Map<String, Change<T>> latest = new LinkedHashMap<>();
        private final Set<String> garbled = new HashSet<>();
        final List<Position> settled = new ArrayList<>();
        int pageSize = 10;
        int polls;
        int failAtPoll = -1;
        boolean scan;
        boolean defect;
        boolean counts;

        Log(Class<T> type) {
            this.type = type;
        }

        synchronized void put(T record) {
            put(Change.upsert(record, null, "v" + entries.size()));
        }

        synchronized void put(Change<T> change) {
            T record = java.util.Objects.requireNonNull(change.record());
            entries.add(change);
            latest.put(record.key().id(), change);
            garbled.remove(record.key().id());
        }

        synchronized void delete(RecordKey key) {
            Change<T> change = Change.delete(key);
            entries.add(change);
            latest.put(key.id(), change);
        }

        synchronized void garble(RecordKey key, String raw) {
            garbled.add(key.id());
            entries.add(new Malformed(key, raw, List.of("name is missing")));
        }

        @Override
        public Class<T> type() {
            return type;
        }

        @Override
        public boolean listsEverything() {
            return scan;
        }

        /** What a full scan lists from now on. */
        synchronized void listOnly(List<T> records) {
            entries.clear();
            records.forEach(this::put);
        }

        @Override
        @SuppressWarnings("unchecked")
        public synchronized Page<T> poll(Position from) {
            if (defect) {
                throw new IllegalStateException("a defect of the adapter");
            }
            if (++polls == failAtPoll) {
                throw new io.mlconnector.spi.UnavailableException(
                        "the ERP is down", io.mlconnector.spi.MlConnectorException.Details.NONE);
            }
            int start = from.isStart() ? 0 : Integer.parseInt(from.value());
            int end = Math.min(entries.size(), start + pageSize);
            var changes = new ArrayList<Change<T>>();
            var malformed = new ArrayList<Malformed>();
            for (Object entry : entries.subList(start, end)) {
                if (entry instanceof Malformed bad) {
                    malformed.add(bad);
                } else {
                    changes.add((Change<T>) entry);
                }
            }
            boolean last = end == entries.size();
            Position next = last && scan ? Position.START : new Position(Integer.toString(end));
            return new Page<>(changes, malformed, next, last, Notes.NONE);
        }

        @Override
        public synchronized Optional<Change<T>> fetch(String id) {
            if (garbled.contains(id)) {
                throw new MappingException("name is missing");
            }
            return Optional.ofNullable(latest.get(id));
        }

        @Override
        public synchronized OptionalLong remaining(Position from) {
            int start = from.isStart() ? 0 : Integer.parseInt(from.value());
            return counts ? OptionalLong.of(entries.size() - start) : OptionalLong.empty();
        }

        @Override
        public void settled(Position position) {
            settled.add(position);
        }

        @Override
        public Lineage lineage() {
            return new Lineage("erp:1", Map.of("name", "name <- NAME"));
        }
    }
}
