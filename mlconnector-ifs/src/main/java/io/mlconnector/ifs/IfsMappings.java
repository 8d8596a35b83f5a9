package io.mlconnector.ifs;

import static io.mlconnector.ifs.IfsSettings.Preset.CLOUD;

import io.mlconnector.ifs.CustomerMappings.CustomerAddress;
import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Settings;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mappings of a connection, compiled once.
 *
 * @param addresses null where an address is part of its customer's row
 * @param invoiceLines null where the lines of an invoice are those of its order
 */
record IfsMappings(
        RecordMapping<Customer> customers,
        @Nullable RecordMapping<CustomerAddress> addresses,
        RecordMapping<SalesOrder> orders,
        RecordMapping<DocumentLine> orderLines,
        RecordMapping<Invoice> invoices,
        @Nullable RecordMapping<DocumentLine> invoiceLines,
        RecordMapping<Invoice> proposals) {

    static IfsMappings of(IfsEntities entities, Preset preset, String connection) {
        var customers = new Endpoint(connection, Role.CUSTOMERS.title());
        var orders = new Endpoint(connection, Role.ORDERS.title());
        var invoices = new Endpoint(connection, Role.INVOICES.title());
        var proposals = new Endpoint(connection, Role.POSTING_PROPOSALS.title());
        boolean cloud = preset == CLOUD;
        EntitySet customerSet = entities.of(Role.CUSTOMERS);
        EntitySet invoiceSet = entities.of(Role.INVOICES);
        return new IfsMappings(
                cloud ? CustomerMappings.header(customerSet, customers) : CustomerMappings.flat(customerSet, customers),
                cloud ? CustomerMappings.address(entities.of(Role.CUSTOMER_ADDRESSES)) : null,
                OrderMapping.of(entities.of(Role.ORDERS), orders, customers),
                LineMappings.order(entities.of(Role.ORDER_LINES)),
                cloud
                        ? InvoiceMappings.head(invoiceSet, invoices, customers)
                        : InvoiceMappings.voucher(invoiceSet, invoices, customers),
                cloud ? LineMappings.invoice(entities.of(Role.INVOICE_LINES)) : null,
                InvoiceMappings.proposal(entities.of(Role.POSTING_PROPOSALS), proposals, customers));
    }

    /** What is read of a role's rows. */
    RowLayout layout(Role role) {
        RecordMapping<?> mapping = byRole().get(role);
        if (mapping == null) {
            throw new IllegalStateException("the preset has no " + role.title());
        }
        return mapping.layout();
    }

    private Map<Role, RecordMapping<?>> byRole() {
        var mappings = new EnumMap<Role, RecordMapping<?>>(Role.class);
        mappings.put(Role.CUSTOMERS, customers);
        if (addresses != null) {
            mappings.put(Role.CUSTOMER_ADDRESSES, addresses);
        }
        mappings.put(Role.ORDERS, orders);
        mappings.put(Role.ORDER_LINES, orderLines);
        mappings.put(Role.INVOICES, invoices);
        if (invoiceLines != null) {
            mappings.put(Role.INVOICE_LINES, invoiceLines);
        }
        mappings.put(Role.POSTING_PROPOSALS, proposals);
        return mappings;
    }

    /** The default mappings of a preset as Markdown tables, by role. */
    static Map<String, String> described(Preset preset) {
        Settings none = Settings.of("ifs", Map.of());
        var tables = new LinkedHashMap<String, String>();
        IfsMappings mappings = of(IfsEntities.read(none, preset), preset, "ifs");
        mappings.byRole().forEach((role, mapping) -> tables.put(role.title(), mapping.describe()));
        return tables;
    }
}
