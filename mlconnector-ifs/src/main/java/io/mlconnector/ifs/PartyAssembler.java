package io.mlconnector.ifs;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Address;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.MappingException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Customers or suppliers, each with the first of its addresses that holds today. Which address is for documents is told only
 * address by address, so it is not asked.
 */
final class PartyAssembler<T extends BusinessRecord> implements Assembler<T> {

    /** Puts an address into a record. */
    interface Addressing<T> {

        T with(T party, @Nullable Address address);
    }

    private final Class<T> type;

    private final RecordMapping<T> parties;
    private final RowShape shape;
    private final @Nullable RecordMapping<PartyAddress> addresses;
    private final @Nullable BulkReader addressReader;
    private final Addressing<T> addressing;
    private final InstantSource clock;

    PartyAssembler(
            Class<T> type,
            RecordMapping<T> parties,
            RowShape shape,
            @Nullable RecordMapping<PartyAddress> addresses,
            @Nullable BulkReader addressReader,
            Addressing<T> addressing,
            InstantSource clock) {
        this.type = type;
        this.parties = parties;
        this.shape = shape;
        this.addresses = addresses;
        this.addressReader = addressReader;
        this.addressing = addressing;
        this.clock = clock;
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public Lineage lineage() {
        return addresses == null ? parties.lineage() : Lineages.joined(parties.lineage(), addresses.lineage());
    }

    @Override
    public void assemble(List<Row> rows, Batch<T> batch) {
        if (addresses == null || addressReader == null) {
            rows.forEach(row -> batch.add(row, parties::map));
            return;
        }
        Map<String, List<Row>> found = addressRows(rows, addressReader);
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        RecordMapping<PartyAddress> mapping = addresses;
        for (Row row : rows) {
            batch.add(row, it -> {
                T party = parties.map(it);
                PartyAddress current = current(found.getOrDefault(shape.id(it), List.of()), mapping, today);
                return addressing.with(party, current == null ? null : current.address());
            });
        }
    }

    private Map<String, List<Row>> addressRows(List<Row> rows, BulkReader reader) {
        var keys = new ArrayList<List<String>>();
        rows.forEach(row -> shape.key(row).ifPresent(keys::add));
        var found = new HashMap<String, List<Row>>();
        List<String> parent = reader.shape().keys().subList(0, shape.keys().size());
        if (!keys.isEmpty()) {
            reader.read(keys, (wanted, page) -> {
                page.forEach(row -> reader.shape()
                        .texts(row, parent)
                        .ifPresent(key -> found.computeIfAbsent(RecordIds.join(key), id -> new ArrayList<>())
                                .add(row)));
                return false; // nothing tells how many addresses there are
            });
        }
        return found;
    }

    private static @Nullable PartyAddress current(
            List<Row> rows, RecordMapping<PartyAddress> mapping, LocalDate today) {
        for (Row row : rows) {
            PartyAddress address;
            try {
                address = mapping.map(row);
            } catch (MappingException e) {
                throw new MappingException(
                        e.faults().stream().map(fault -> "address: " + fault).toList());
            }
            if (address.holdsOn(today)) {
                return address;
            }
        }
        return null;
    }
}
