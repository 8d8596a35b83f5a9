package io.mlconnector.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a reconciliation as CSV by RFC 4180. */
final class ReconciliationCsv {

    private static final List<String> HEADER = List.of(
            "standing",
            "number",
            "invoice",
            "customer",
            "issued",
            "due",
            "currency",
            "total",
            "paid",
            "refunded",
            "disputed",
            "outstanding",
            "counterpart",
            "reasons");

    private ReconciliationCsv() {}

    static String write(Reconciliation reconciliation) {
        var csv = new StringBuilder();
        line(csv, HEADER);
        for (InvoiceStanding invoice : reconciliation.invoices()) {
            var fields = new ArrayList<@Nullable Object>();
            fields.add(ReconciliationJson.name(invoice.standing()));
            fields.add(text(invoice.number()));
            fields.add(text(invoice.invoice()));
            fields.add(text(invoice.customer()));
            fields.add(invoice.issuedOn());
            fields.add(invoice.dueOn());
            fields.add(invoice.total().currency());
            fields.add(invoice.total().amount().toPlainString());
            fields.add(invoice.paid().amount().toPlainString());
            fields.add(invoice.refunded().amount().toPlainString());
            fields.add(invoice.disputed().amount().toPlainString());
            fields.add(invoice.outstanding().amount().toPlainString());
            fields.add(invoice.counterpart());
            fields.add(text(String.join("; ", invoice.reasons())));
            line(csv, fields);
        }
        for (Unmatched unmatched : reconciliation.unmatched()) {
            MoneyEntry entry = unmatched.entry();
            var fields = new ArrayList<@Nullable Object>();
            fields.add("unmatched-" + ReconciliationJson.name(entry.kind()));
            fields.add(null);
            fields.add(null);
            fields.add(null);
            fields.add(entry.at());
            fields.add(null);
            fields.add(entry.amount().currency());
            fields.add(null);
            String amount = entry.amount().amount().toPlainString();
            fields.add(entry.kind() == MoneyEntry.Kind.PAYMENT ? amount : null);
            fields.add(entry.kind() == MoneyEntry.Kind.REFUND ? amount : null);
            fields.add(entry.kind() == MoneyEntry.Kind.DISPUTE ? amount : null);
            fields.add(null);
            fields.add(entry.key());
            fields.add(text(unmatched.reason()));
            line(csv, fields);
        }
        return csv.toString();
    }

    /** Spreadsheets take a text that begins so for a formula, and what stands in it came from outside. */
    private static String text(Object value) {
        String text = value.toString();
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static void line(StringBuilder csv, List<? extends @Nullable Object> fields) {
        String separator = "";
        for (Object field : fields) {
            csv.append(separator);
            separator = ",";
            String text = field == null ? "" : field.toString();
            if (text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
                csv.append('"').append(text.replace("\"", "\"\"")).append('"');
            } else {
                csv.append(text);
            }
        }
        csv.append("\r\n");
    }
}
