package io.mlconnector.ifs;

import io.mlconnector.testkit.ifs.IfsSandbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows as the system shows them. */
final class Samples {

    private Samples() {}

    static Map<String, Object> customer(String id) {
        var row = new LinkedHashMap<String, Object>();
        row.put("CustomerId", id);
        row.put("Name", "Nordlys Maskin AB");
        row.put("AssociationNo", "5567890123");
        row.put("VatNo", "SE556789012301");
        row.put("Country", "SE");
        row.put("Address1", "Klippgatan 4");
        row.put("ZipCode", "111 64");
        row.put("City", "Stockholm");
        row.put("Email", "ap@nordlys.example");
        row.put("DefaultLanguage", "sv");
        row.put("CurrencyCode", "SEK");
        return row;
    }

    static Map<String, Object> order(String number) {
        var row = new LinkedHashMap<String, Object>();
        row.put("OrderNo", number);
        row.put("CustomerNo", "10041988");
        row.put("CustomerName", "Nordlys Maskin AB");
        row.put("Contract", "SE01");
        row.put("CurrencyCode", "SEK");
        row.put("DateEntered", "2026-01-16T00:00:00Z");
        row.put("WantedDeliveryDate", "2026-01-30T00:00:00Z");
        row.put("CustomerPoNo", "4711");
        row.put("PayTermId", "30");
        row.put("Objstate", "Released");
        return row;
    }

    static Map<String, Object> line(String order, String line, String quantity, String price, String discount) {
        var row = new LinkedHashMap<String, Object>();
        row.put("OrderNo", order);
        row.put("LineNo", line);
        row.put("RelNo", "1");
        row.put("LineItemNo", 0);
        row.put("CatalogNo", "HX-200");
        row.put("CatalogDesc", "Heat exchanger 200");
        row.put("BuyQtyDue", quantity);
        row.put("SalesUnitMeas", "pcs");
        row.put("SaleUnitPrice", price);
        row.put("Discount", discount);
        row.put("TaxCode", "25");
        row.put("CurrencyCode", "SEK");
        row.put("Objstate", "Released");
        return row;
    }

    /** The voucher of the two lines that {@link #orderWithLines} stores. */
    static Map<String, Object> voucher(String order, long number) {
        var row = new LinkedHashMap<String, Object>();
        row.put("Company", "10");
        row.put("VoucherType", "F");
        row.put("AccountingYear", 2026);
        row.put("VoucherNo", number);
        row.put("VoucherDate", "2026-01-14");
        row.put("AccountingPeriod", 1);
        row.put("UserGroup", "AR");
        row.put("VoucherText", "Customer invoice CD 100123");
        row.put("InvoiceId", "700123");
        row.put("SeriesId", "CD");
        row.put("InvoiceNo", "100123");
        row.put("CustomerId", "10041988");
        row.put("OrderNo", order);
        row.put("CurrencyCode", "SEK");
        row.put("NetCurrAmount", "3099.99");
        row.put("VatCurrAmount", "775.00");
        row.put("GrossCurrAmount", "3874.99");
        row.put("DueDate", "2026-02-13");
        row.put("Objstate", "Approved");
        return row;
    }

    static void orderWithLines(IfsSandbox sandbox, String order) {
        sandbox.put("CustomerOrderSet", order(order));
        sandbox.put("CustomerOrderLineSet", line(order, "1", "2", "1499.995", "10"));
        sandbox.put("CustomerOrderLineSet", line(order, "2", "0.5", "800", "0"));
    }

    static Map<String, Object> changed(Map<String, Object> row, String column, Object value) {
        var changed = new LinkedHashMap<>(row);
        changed.put(column, value);
        return changed;
    }
}
