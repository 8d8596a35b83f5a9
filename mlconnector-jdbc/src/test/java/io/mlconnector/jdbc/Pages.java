package io.mlconnector.jdbc;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.Connector;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.Source;
import io.mlconnector.spi.SourceContext;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pages of invoices of one customer: new ones in the first pass, the same ones unchanged in the second, and all of them
 * changed in the third. As a target it takes everything.
 */
record Pages(String connection, int pages, int size) implements Connector, Source<Invoice>, Sink<Invoice> {

    @Override
    public Class<Invoice> type() {
        return Invoice.class;
    }

    @Override
    public Lineage lineage() {
        return Lineage.NONE;
    }

    @Override
    public Page<Invoice> poll(Position from) {
        int page = from.isStart() ? 0 : Integer.parseInt(from.value());
        String total = page < 2 * pages ? "10.00" : "11.00";
        int first = page % pages * size;
        return Page.of(
                IntStream.range(first, first + size)
                        .mapToObj(number -> Change.upsert(invoice(number, total), null, null))
                        .toList(),
                new Position(Integer.toString(page + 1)),
                (page + 1) % pages == 0);
    }

    private Invoice invoice(int number, String total) {
        return Invoice.builder()
                .key(new RecordKey(connection, "invoices", "i" + number))
                .number("i" + number)
                .customer(new RecordKey(connection, "customers", "c1"))
                .lines(List.of())
                .net(Money.of(total, "EUR"))
                .tax(Money.zero("EUR"))
                .total(Money.of(total, "EUR"))
                .orderNumbers(List.of())
                .status(Invoice.Status.OPEN)
                .attributes(Attributes.of(Map.of()))
                .build();
    }

    @Override
    public Optional<Change<Invoice>> fetch(String id) {
        return Optional.empty();
    }

    @Override
    public List<WriteOutcome> write(List<Write<Invoice>> batch) {
        return batch.stream()
                .<WriteOutcome>map(write -> new WriteOutcome.Applied(
                        TargetRef.of("in_" + write.key().id()), null))
                .toList();
    }

    @Override
    public int maxBatch() {
        return 1000;
    }

    @Override
    public Lookup find(Write<Invoice> write) {
        return Lookup.ABSENT;
    }

    @Override
    public Set<String> readable() {
        return Set.of("invoices");
    }

    @Override
    public Set<String> writable() {
        return Set.of("invoices");
    }

    @Override
    public Source<?> source(String entity, SourceContext context) {
        return this;
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
