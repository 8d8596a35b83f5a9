package io.mlconnector.ifs;

import io.mlconnector.ifs.CustomerMappings.CustomerAddress;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Customer;
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
 * Customers, each with the first of its addresses that holds today. Which address is for documents is told only address
 * by address, so it is not asked.
 */
final class CustomerAssembler implements Assembler<Customer> {

    private final RecordMapping<Customer> customers;
    private final RowShape shape;
    private final @Nullable RecordMapping<CustomerAddress> addresses;
    private final @Nullable BulkReader addressReader;
    private final InstantSource clock;

    CustomerAssembler(
            RecordMapping<Customer> customers,
            RowShape shape,
            @Nullable RecordMapping<CustomerAddress> addresses,
            @Nullable BulkReader addressReader,
            InstantSource clock) {
        this.customers = customers;
        this.shape = shape;
        this.addresses = addresses;
        this.addressReader = addressReader;
        this.clock = clock;
    }

    @Override
    public Class<Customer> type() {
        return Customer.class;
    }

    @Override
    public Lineage lineage() {
        return addresses == null ? customers.lineage() : Lineages.joined(customers.lineage(), addresses.lineage());
    }

    @Override
    public void assemble(List<Row> rows, Batch<Customer> batch) {
        if (addresses == null || addressReader == null) {
            rows.forEach(row -> batch.add(row, customers::map));
            return;
        }
        Map<String, List<Row>> found = addressRows(rows, addressReader);
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        RecordMapping<CustomerAddress> mapping = addresses;
        for (Row row : rows) {
            batch.add(row, it -> {
                Customer customer = customers.map(it);
                return withAddress(customer, current(found.getOrDefault(shape.id(it), List.of()), mapping, today));
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
                return false; // nothing tells how many addresses a customer has
            });
        }
        return found;
    }

    private static @Nullable CustomerAddress current(
            List<Row> rows, RecordMapping<CustomerAddress> mapping, LocalDate today) {
        for (Row row : rows) {
            CustomerAddress address;
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

    private static Customer withAddress(Customer customer, @Nullable CustomerAddress current) {
        return new Customer(
                customer.key(),
                customer.number(),
                customer.name(),
                customer.email(),
                customer.phone(),
                current == null ? null : current.address(),
                customer.shippingAddress(),
                customer.taxIds(),
                customer.language(),
                customer.currency(),
                customer.paymentTerms(),
                customer.active(),
                customer.attributes());
    }
}
