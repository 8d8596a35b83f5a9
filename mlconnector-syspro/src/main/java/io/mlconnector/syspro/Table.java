package io.mlconnector.syspro;

import io.mlconnector.spi.Settings;
import java.util.List;

/**
 * A table as it is read.
 *
 * @param entity what the records are called here
 * @param name its name in the OData service
 * @param keys the columns of its key, in order
 * @param changes how changed rows are found
 * @param versionColumn the row version
 * @param modifiedColumn the time of the last change
 * @param dateColumn the day of a document; empty if rows have none
 * @param filter a further condition in OData's syntax; possibly empty
 * @param mapping the user's changes of the mapping
 */
record Table(
        String entity,
        String name,
        List<String> keys,
        SysproSettings.Changes changes,
        String versionColumn,
        String modifiedColumn,
        String dateColumn,
        String filter,
        Settings mapping) {

    static final String CUSTOMERS = "customers";
    static final String INVOICES = "invoices";
    static final String INVOICE_LINES = "invoice-lines";

    static Table customers(Settings entities, SysproSettings.Changes changes) {
        return read(CUSTOMERS, "ArCustomer", List.of("Customer"), "", entities, changes);
    }

    static Table invoices(Settings entities, SysproSettings.Changes changes) {
        List<String> keys = List.of("Customer", "Invoice", "DocumentType");
        return read(INVOICES, "ArInvoice", keys, "InvoiceDate", entities, changes);
    }

    static Table invoiceLines(Settings entities) {
        List<String> keys = List.of("TrnYear", "TrnMonth", "Register", "Invoice", "SummaryLine", "DetailLine");
        Settings section = entities.section(INVOICE_LINES);
        return new Table(
                INVOICE_LINES,
                section.text("table", "ArTrnDetail"),
                keys,
                SysproSettings.Changes.SCAN,
                "",
                "",
                "",
                section.text("filter", ""),
                section.section("mapping"));
    }

    private static Table read(
            String entity,
            String name,
            List<String> keys,
            String dateColumn,
            Settings entities,
            SysproSettings.Changes changes) {
        Settings section = entities.section(entity);
        return new Table(
                entity,
                section.text("table", name),
                keys,
                section.choice("changes", changes),
                section.text("versionColumn", "TimeStamp"),
                section.text("modifiedColumn", "LastModifiedDate"),
                dateColumn.isEmpty() ? "" : section.text("dateColumn", dateColumn),
                section.text("filter", ""),
                section.section("mapping"));
    }
}
