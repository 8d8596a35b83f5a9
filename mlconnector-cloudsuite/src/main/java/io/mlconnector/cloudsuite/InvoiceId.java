package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What tells a customer invoice from all others: the number alone is given out again in another year or for another payer.
 *
 * @param division DIVI
 * @param payer PYNO
 * @param customer CUNO
 * @param number CINO
 * @param year INYR
 * @param onAccount whether there is no invoice, and a payment stands under this number by itself
 */
record InvoiceId(String division, String payer, String customer, String number, String year, boolean onAccount) {

    static final List<String> COLUMNS = List.of("DIVI", "PYNO", "CUNO", "CINO", "INYR");

    private static final String ON_ACCOUNT = "on-account";

    static InvoiceId of(Row row, String division) {
        String stated = row.layout().paths().contains("DIVI") ? MiValues.text(row, "DIVI") : "";
        String customer = MiValues.text(row, "CUNO");
        String payer = MiValues.text(row, "PYNO");
        return new InvoiceId(
                stated.isEmpty() ? division : stated,
                payer.isEmpty() ? customer : payer,
                customer,
                MiValues.text(row, "CINO"),
                MiValues.text(row, "INYR"),
                false);
    }

    static Optional<InvoiceId> parse(String text) {
        var parts = new ArrayList<String>();
        for (String part : text.split("\\|", -1)) {
            parts.add(part.replace("%7C", "|").replace("%25", "%"));
        }
        boolean whole = parts.size() == 5 || (parts.size() == 6 && parts.get(5).equals(ON_ACCOUNT));
        boolean fits = whole
                && parts.get(1).matches(".{1,10}")
                && parts.get(2).matches(".{1,10}")
                && parts.get(3).matches(".{1,15}")
                && parts.get(4).matches("\\d{4}");
        if (!fits) {
            return Optional.empty();
        }
        return Optional.of(
                new InvoiceId(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.size() == 6));
    }

    String text() {
        var parts = new ArrayList<>(List.of(division, payer, customer, number, year));
        if (onAccount) {
            parts.add(ON_ACCOUNT);
        }
        return String.join(
                "|",
                parts.stream()
                        .map(part -> part.replace("%", "%25").replace("|", "%7C"))
                        .toList());
    }

    /** What a row of a payment is compared by: it does not tell its division. */
    String ledgerKey() {
        return String.join("|", payer, customer, number, year);
    }

    @Override
    public String toString() {
        return number + " of " + year + ", payer " + payer;
    }
}
