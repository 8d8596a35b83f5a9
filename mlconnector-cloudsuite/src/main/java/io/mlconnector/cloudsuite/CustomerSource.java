package io.mlconnector.cloudsuite;

import io.mlconnector.http.Frontier;
import io.mlconnector.http.FrontierPage;
import io.mlconnector.http.StampKind;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Customer;
import io.mlconnector.spi.Change;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.Malformed;
import io.mlconnector.spi.MappingException;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Page;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Reads customers. */
final class CustomerSource implements Source<Customer> {

    private final Endpoint endpoint;
    private final RecordMapping<Customer> mapping;
    private final CustomerRows rows;
    private final Frontier<CustomerRows.Stamped, Instant> frontier;

    CustomerSource(
            Endpoint endpoint, RecordMapping<Customer> mapping, CustomerRows rows, Duration overlap, int pageSize) {
        this.endpoint = endpoint;
        this.mapping = mapping;
        this.rows = rows;
        this.frontier = Frontier.builder(endpoint.entity(), rows, StampKind.time(overlap))
                .pageSize(pageSize)
                .build();
    }

    @Override
    public Class<Customer> type() {
        return Customer.class;
    }

    @Override
    public Lineage lineage() {
        return mapping.lineage();
    }

    @Override
    public Page<Customer> poll(Position from) {
        FrontierPage<CustomerRows.Stamped> page = frontier.poll(from.value());
        var changes = new ArrayList<Change<Customer>>();
        var malformed = new ArrayList<Malformed>();
        for (CustomerRows.Stamped stamped : page.rows()) {
            Row row = stamped.row();
            try {
                changes.add(Change.upsert(mapping.map(row), null, null));
            } catch (MappingException e) {
                malformed.add(
                        new Malformed(endpoint.key(MiValues.text(row, CustomerMapping.KEY)), row.raw(), e.faults()));
            }
        }
        return new Page<>(changes, malformed, new Position(page.next()), page.last(), Notes.NONE);
    }

    @Override
    public Optional<Change<Customer>> fetch(String id) {
        return rows.one(id).stream().findFirst().map(row -> Change.upsert(mapping.map(row), null, null));
    }
}
