package io.mlconnector.syspro;

import io.mlconnector.mapping.Conversion;
import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Settings;

/**
 * The tables and how their rows are read.
 *
 * @param customers of customers
 * @param invoices of invoices
 * @param lines of the lines of invoices
 * @param customerMapping makes customers
 * @param invoiceMapping makes invoices
 * @param lineMapping makes lines
 */
record SysproTables(
        Table customers,
        Table invoices,
        Table lines,
        RecordMapping<Customer> customerMapping,
        RecordMapping<Invoice> invoiceMapping,
        RecordMapping<LineMapping.Line> lineMapping) {

    static SysproTables read(Settings entities, SysproSettings settings, String connection) {
        Table customers = Table.customers(entities, settings.changes());
        Table invoices = Table.invoices(entities, settings.changes());
        Table lines = Table.invoiceLines(entities);
        var ofCustomers = new Endpoint(connection, Table.CUSTOMERS);
        Conversion<String> currency = Countries.conversion("currency of the site", settings::currency);
        return new SysproTables(
                customers,
                invoices,
                lines,
                CustomerMapping.of(customers, ofCustomers, currency),
                InvoiceMapping.of(invoices, new Endpoint(connection, Table.INVOICES), ofCustomers, currency, settings),
                LineMapping.of(lines));
    }
}
