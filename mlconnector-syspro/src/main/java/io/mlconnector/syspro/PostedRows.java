package io.mlconnector.syspro;

import java.util.List;
import java.util.regex.Pattern;

/** Looks in SYSPRO for what was posted, by its reference: the only trace by which a posting can be told. */
final class PostedRows {

    private static final String TABLE = "ArInvoicePay";
    private static final List<String> COLUMNS = List.of("Customer", "Invoice", "Journal", "TrnValue", "Reference");
    private static final Pattern WILD = Pattern.compile("[*?]");

    private final EnetClient client;

    PostedRows(EnetClient client) {
        this.client = client;
    }

    /** Whether a posting with the reference is on the invoice of a customer, or on its account. */
    boolean holds(String customer, String number, String reference) {
        EnetElement answer = client.query("COMFND", document(customer, reference));
        return answer.all("Row").stream()
                .filter(row -> text(row, "Reference").equals(reference))
                .map(row -> text(row, "Invoice"))
                .anyMatch(invoice ->
                        invoice.startsWith("_") || RecordIds.shown(invoice).equals(RecordIds.shown(number)));
    }

    private static String text(EnetElement row, String column) {
        return row.child(column).map(EnetElement::text).orElse("");
    }

    private static String document(String customer, String reference) {
        EnetDocument query = EnetDocument.of(Vocabulary.FIND)
                .open("Query")
                .put("TableName", TABLE)
                .put("ReturnRows", "50")
                .open("Columns");
        COLUMNS.forEach(column -> query.put("Column", column));
        query.close().open("Where");
        query.open("Expression")
                .put("OpenBracket", "(")
                .put("Column", "Customer")
                .put("Condition", "EQ")
                .put("Value", customer)
                .put("CloseBracket", ")")
                .close();
        query.open("Expression")
                .put("AndOr", "And")
                .put("OpenBracket", "(")
                .put("Column", "Reference")
                .put("Condition", "EQ")
                .put("Value", WILD.matcher(reference).replaceAll(""))
                .put("CloseBracket", ")")
                .close();
        return query.close()
                .open("OrderBy")
                .put("Column", "Journal")
                .close()
                .close()
                .text();
    }
}
