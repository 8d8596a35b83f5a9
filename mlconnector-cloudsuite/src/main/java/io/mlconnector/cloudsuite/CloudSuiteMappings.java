package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.RecordMapping;
import io.mlconnector.model.Customer;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The mappings of a connection, compiled once. */
record CloudSuiteMappings(
        RecordMapping<Customer> customers,
        RecordMapping<Invoice> invoices,
        RecordMapping<InvoiceMapping.Line> lines,
        RecordMapping<InvoiceMapping.VoucherLine> vouchers) {

    static CloudSuiteMappings read(Settings entities, String connection, String division) {
        var customers = new Endpoint(connection, CloudSuiteConnector.CUSTOMERS);
        var invoices = new Endpoint(connection, CloudSuiteConnector.INVOICES);
        return new CloudSuiteMappings(
                CustomerMapping.of(overrides(entities, "customers"), customers),
                InvoiceMapping.head(overrides(entities, "invoices"), invoices, customers, division),
                InvoiceMapping.line(overrides(entities, "invoice-lines")),
                InvoiceMapping.voucherLine(overrides(entities, "voucher-lines")));
    }

    private static Settings overrides(Settings entities, String role) {
        return entities.section(role).section("mapping");
    }

    /** The default mappings as Markdown tables, by role. */
    static Map<String, String> described() {
        CloudSuiteMappings mappings = read(Settings.of("cloudsuite", Map.of()), "cloudsuite", "");
        var tables = new LinkedHashMap<String, String>();
        tables.put("cloudsuite/customers", mappings.customers().describe());
        tables.put("cloudsuite/invoices", mappings.invoices().describe());
        tables.put("cloudsuite/invoice-lines", mappings.lines().describe());
        tables.put("cloudsuite/voucher-lines", mappings.vouchers().describe());
        return tables;
    }
}
