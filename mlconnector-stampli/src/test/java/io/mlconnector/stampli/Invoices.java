package io.mlconnector.stampli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Invoice files as Stampli might write them. */
final class Invoices {

    static final String HEADER = "company_id,invoice_id,revision,transaction_type,status,invoice_number,vendor_id,"
            + "vendor_name,invoice_date,due_date,currency,net_amount,tax_amount,total_amount,po_number,memo,approver,"
            + "approved_at,exported_at,document_url,line_number,line_type,description,gl_account,cost_center,line_net,"
            + "tax_code,line_tax";

    private static final String DIRECTORY = "/outbound/invoices/";

    private Invoices() {}

    /** The path of the file with a number. */
    static String path(int number) {
        return DIRECTORY + name(number);
    }

    static String name(int number) {
        return "invoices_ACME_20260305T140000Z_%06d.csv".formatted(number);
    }

    /** A file of approved invoices with one line each, numbered so. */
    static String file(int... numbers) {
        var rows = new ArrayList<String>();
        for (int number : numbers) {
            rows.add(row(number));
        }
        return file(rows);
    }

    static String file(List<String> rows) {
        return HEADER + "\n" + String.join("\n", rows) + "\n";
    }

    static String row(int number) {
        return row(number, Map.of());
    }

    /** A row of an invoice with other values in some columns. */
    static String row(int number, Map<String, String> other) {
        var values = new LinkedHashMap<String, String>();
        for (String column : HEADER.split(",", -1)) {
            values.put(column, "");
        }
        values.put("company_id", "PLANT-10");
        values.put("invoice_id", "inv_" + number);
        values.put("revision", "1");
        values.put("transaction_type", "BILL");
        values.put("status", "APPROVED");
        values.put("invoice_number", "00-" + number);
        values.put("vendor_id", "V1002");
        values.put("vendor_name", "\"Borealis Pumps, Inc.\"");
        values.put("invoice_date", "2026-03-02");
        values.put("due_date", "2026-04-01");
        values.put("currency", "USD");
        values.put("net_amount", "100.00");
        values.put("tax_amount", "8.25");
        values.put("total_amount", "108.25");
        values.put("approver", "ap.lead@example.test");
        values.put("approved_at", "2026-03-05T14:02:11Z");
        values.put("exported_at", "2026-03-05T14:05:00Z");
        values.put("line_number", "1");
        values.put("line_type", "GL");
        values.put("description", "Seal kits");
        values.put("gl_account", "06100");
        values.put("cost_center", "CC-310");
        values.put("line_net", "100.00");
        values.put("tax_code", "TX");
        values.put("line_tax", "8.25");
        values.putAll(other);
        return String.join(",", values.values());
    }
}
