package io.mlconnector.testkit.syspro;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables of one company. Every change of a row takes the next row version. Safe for threads. */
final class SysproStore {

    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final Supplier<Instant> clock;
    private long version = 2_000;

    SysproStore(boolean numbers, boolean modifiedDates, Supplier<Instant> clock) {
        this.clock = clock;
        EdmType stamp = numbers ? EdmType.NUMBER : EdmType.BYTES;
        String address = "Addr1 Addr2 Addr3 Addr4 Addr5";
        var customers = new LinkedHashMap<String, EdmType>();
        add(
                customers,
                EdmType.STRING,
                "Customer Name ShortName CreditStatus Salesperson CustomerClass Branch TermsCode");
        add(customers, EdmType.STRING, "TaxStatus TaxExemptNumber Telephone Contact Currency Email CompanyTaxNumber");
        for (String part : address.split(" ", -1)) {
            add(customers, EdmType.STRING, "SoldTo" + part + " ShipTo" + part);
        }
        add(customers, EdmType.STRING, "SoldPostalCode ShipPostalCode CustomerOnHold");
        add("ArCustomer", "Customer", stamped(customers, stamp, modifiedDates));

        var invoices = new LinkedHashMap<String, EdmType>();
        add(
                invoices,
                EdmType.STRING,
                "Customer Invoice DocumentType SalesOrder CustomerPoNumber TermsCode PostCurrency");
        add(invoices, EdmType.TIME, "InvoiceDate");
        add(invoices, EdmType.DECIMAL, "InvoiceBal1 CurrencyValue TaxPortion ConvRate");
        add("ArInvoice", "Customer Invoice DocumentType", stamped(invoices, stamp, modifiedDates));

        var lines = new LinkedHashMap<String, EdmType>();
        add(lines, EdmType.STRING, "TrnYear TrnMonth Register Invoice SummaryLine DetailLine Customer DocumentType");
        add(lines, EdmType.STRING, "StockCode LineType ProductClass TaxCode SalesOrder CustomerPoNumber");
        add(lines, EdmType.DECIMAL, "QtyInvoiced NetSalesValue TaxValue PostValue");
        add("ArTrnDetail", "TrnYear TrnMonth Register Invoice SummaryLine DetailLine", stamped(lines, stamp, false));

        var payments = new LinkedHashMap<String, EdmType>();
        add(payments, EdmType.STRING, "Customer Invoice Journal EntryNumber Reference InvoiceNotation");
        add(payments, EdmType.DECIMAL, "TrnValue DiscValue");
        add("ArInvoicePay", "Customer Invoice Journal EntryNumber", payments);
    }

    private static void add(Map<String, EdmType> columns, EdmType type, String names) {
        for (String name : names.split(" ", -1)) {
            columns.put(name, type);
        }
    }

    private static Map<String, EdmType> stamped(Map<String, EdmType> columns, EdmType stamp, boolean modified) {
        if (modified) {
            columns.put(Table.MODIFIED, EdmType.TIME);
        }
        columns.put(Table.VERSION, stamp);
        return columns;
    }

    private void add(String name, String keys, Map<String, EdmType> columns) {
        tables.put(name, new Table(name, List.of(keys.split(" ", -1)), columns));
    }

    Map<String, Table> tables() {
        return tables;
    }

    Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("there is no table " + name + ": " + tables.keySet());
        }
        return table;
    }

    synchronized Map<String, Object> put(String name, Map<String, ? extends @Nullable Object> values) {
        return table(name).put(values, ++version, clock.get().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Takes the next row version now, and shows the row once the transaction commits. */
    synchronized Runnable begin(String name, Map<String, ? extends @Nullable Object> values) {
        long taken = ++version;
        Table table = table(name);
        return () -> {
            synchronized (this) {
                table.put(values, taken, clock.get().truncatedTo(ChronoUnit.SECONDS));
            }
        };
    }
}
