package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Row;
import java.math.BigDecimal;
import java.util.List;

/**
 * An invoice as the ledger shows it now.
 *
 * @param currency of the invoice
 * @param decimals how many its amounts have
 * @param open what is still to be paid
 * @param localCurrency of its division; possibly empty
 */
record Receivable(String currency, int decimals, BigDecimal open, String localCurrency) {

    static final List<String> COLUMNS = List.of("CUCD", "DCAM", "OCUA", "RECO", "LOCD");

    private static final String PAID = "9";

    static Receivable of(Row row) {
        BigDecimal open = MiValues.text(row, "RECO").equals(PAID) ? BigDecimal.ZERO : MiValues.decimal(row, "OCUA");
        String decimals = MiValues.text(row, "DCAM");
        return new Receivable(
                MiValues.text(row, "CUCD"),
                decimals.matches("\\d") ? Integer.parseInt(decimals) : 2,
                open,
                MiValues.text(row, "LOCD"));
    }
}
