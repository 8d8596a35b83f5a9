package io.mlconnector.ifs;

import static io.mlconnector.ifs.IfsSettings.Preset.CLOUD;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.SalesOrder;
import io.mlconnector.model.Vendor;
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
 * @param vendorAddresses null where an address is part of its supplier's row
 * @param references what invoices and vouchers refer to, by role
 */
record IfsMappings(
        RecordMapping<Customer> customers,
        @Nullable RecordMapping<PartyAddress> addresses,
        RecordMapping<SalesOrder> orders,
        RecordMapping<DocumentLine> orderLines,
        RecordMapping<Invoice> invoices,
        @Nullable RecordMapping<DocumentLine> invoiceLines,
        RecordMapping<Invoice> proposals,
        RecordMapping<Vendor> vendors,
        @Nullable RecordMapping<PartyAddress> vendorAddresses,
        RecordMapping<Bill> bills,
        RecordMapping<DocumentLine> billLines,
        Map<Role, RecordMapping<Reference>> references) {

    /** What suppliers are called as records. */
    static final String VENDORS = "vendors";

    /** What supplier invoices are called as records. */
    static final String BILLS = "bills";

    static IfsMappings of(IfsEntities entities, Preset preset, String connection) {
        var customers = new Endpoint(connection, Role.CUSTOMERS.title());
        var orders = new Endpoint(connection, Role.ORDERS.title());
        var invoices = new Endpoint(connection, Role.INVOICES.title());
        var proposals = new Endpoint(connection, Role.POSTING_PROPOSALS.title());
        var vendors = new Endpoint(connection, VENDORS);
        var bills = new Endpoint(connection, BILLS);
        boolean cloud = preset == CLOUD;
        EntitySet customerSet = entities.of(Role.CUSTOMERS);
        EntitySet invoiceSet = entities.of(Role.INVOICES);
        return new IfsMappings(
                cloud ? CustomerMappings.header(customerSet, customers) : CustomerMappings.flat(customerSet, customers),
                cloud ? PartyAddress.mapping(entities.of(Role.CUSTOMER_ADDRESSES), "billingAddress") : null,
                OrderMapping.of(entities.of(Role.ORDERS), orders, customers),
                LineMappings.order(entities.of(Role.ORDER_LINES)),
                cloud
                        ? InvoiceMappings.head(invoiceSet, invoices, customers)
                        : InvoiceMappings.voucher(invoiceSet, invoices, customers),
                cloud ? LineMappings.invoice(entities.of(Role.INVOICE_LINES)) : null,
                InvoiceMappings.proposal(entities.of(Role.POSTING_PROPOSALS), proposals, customers),
                cloud
                        ? VendorMappings.header(entities.of(Role.SUPPLIERS), vendors)
                        : VendorMappings.flat(entities.of(Role.SUPPLIERS), vendors),
                cloud ? PartyAddress.mapping(entities.of(Role.SUPPLIER_ADDRESSES), "address") : null,
                BillMappings.head(entities.of(Role.SUPPLIER_INVOICES), BillColumns.of(preset), bills, vendors),
                LineMappings.supplierInvoice(entities.of(Role.SUPPLIER_INVOICE_LINES), entities.codeParts(), !cloud),
                Reference.mappings(entities));
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
        mappings.put(Role.SUPPLIERS, vendors);
        if (vendorAddresses != null) {
            mappings.put(Role.SUPPLIER_ADDRESSES, vendorAddresses);
        }
        mappings.put(Role.SUPPLIER_INVOICES, bills);
        mappings.put(Role.SUPPLIER_INVOICE_LINES, billLines);
        mappings.putAll(references);
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
