package io.mlconnector.cloudsuite;

import io.mlconnector.mapping.Row;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stands in M3 under one reference: lines at invoices, charges, and how far their batches came. */
final class Posted {

    /** Columns of the list, as its standard form calls them. */
    static final List<String> COLUMNS =
            List.of("PBID", "TRNO", "PYNO", "CUNO", "CINO", "INYR", "PYAM", "CHAM", "IRNO", "BPYS");

    /** Batch statuses: 0 checked and ready, 6 printing, 8 updating, 9 updated; 2 in change, 4 being cancelled. */
    private static final Set<String> CHECKED = Set.of("0", "6", "8", "9");

    private static final Set<String> UPDATED = Set.of("8", "9");
    private static final String CANCELLED = "4";

    private final Map<String, BigDecimal> amounts = new LinkedHashMap<>();
    private final Map<String, InvoiceId> invoices = new HashMap<>();
    private final Set<String> batches = new LinkedHashSet<>();
    private final Set<String> unchecked = new LinkedHashSet<>();
    private final Set<String> notUpdated = new LinkedHashSet<>();
    private final Set<String> met = new HashSet<>();
    private BigDecimal fee = BigDecimal.ZERO;
    private Optional<String> doubled = Optional.empty();

    private Posted() {}

    static Posted of(List<Row> rows, String reference, Map<String, String> columns) {
        var posted = new Posted();
        for (Row row : rows) {
            boolean ours = MiValues.text(row, name(columns, "IRNO")).equals(reference);
            if (ours && !MiValues.text(row, name(columns, "BPYS")).equals(CANCELLED)) {
                posted.add(row, columns);
            }
        }
        return posted;
    }

    static String name(Map<String, String> columns, String column) {
        return columns.getOrDefault(column, column);
    }

    private void add(Row row, Map<String, String> columns) {
        String batch = MiValues.text(row, name(columns, "PBID"));
        String line = MiValues.text(row, name(columns, "TRNO"));
        String status = MiValues.text(row, name(columns, "BPYS"));
        batches.add(batch);
        if (!CHECKED.contains(status)) {
            unchecked.add(batch);
        }
        if (!UPDATED.contains(status)) {
            notUpdated.add(batch);
        }
        BigDecimal charge = MiValues.decimal(row, name(columns, "CHAM"));
        fee = fee.add(charge);
        if (!met.add(batch + " " + line)) {
            doubled = Optional.of("batch " + batch + " has the line " + (line.isEmpty() ? "of its charge" : line)
                    + " twice; correct it by hand");
        }
        if (!line.isEmpty()) {
            String customer = MiValues.text(row, name(columns, "CUNO"));
            String payer = MiValues.text(row, name(columns, "PYNO"));
            var id = new InvoiceId(
                    "",
                    payer.isEmpty() ? customer : payer,
                    customer,
                    MiValues.text(row, name(columns, "CINO")),
                    MiValues.text(row, name(columns, "INYR")),
                    false);
            invoices.put(id.ledgerKey(), id);
            amounts.merge(id.ledgerKey(), MiValues.decimal(row, name(columns, "PYAM")), BigDecimal::add);
        }
    }

    /** By how much each invoice must still change; without those that are as they should be. */
    Map<InvoiceId, BigDecimal> missing(Map<InvoiceId, BigDecimal> wanted) {
        var missing = new LinkedHashMap<InvoiceId, BigDecimal>();
        var left = new LinkedHashMap<>(amounts);
        wanted.forEach((id, amount) -> {
            BigDecimal there = left.remove(id.ledgerKey());
            missing.put(id, there == null ? amount : amount.subtract(there));
        });
        left.forEach((key, amount) -> {
            InvoiceId id = invoices.get(key);
            if (id != null) {
                missing.put(id, amount.negate());
            }
        });
        missing.values().removeIf(amount -> amount.signum() == 0);
        return missing;
    }

    BigDecimal missingFee(BigDecimal wanted) {
        return wanted.subtract(fee);
    }

    /** What stands at an invoice. */
    BigDecimal at(InvoiceId id) {
        return amounts.getOrDefault(id.ledgerKey(), BigDecimal.ZERO);
    }

    boolean has(String batch) {
        return batches.contains(batch);
    }

    /** Batches that the check has not passed yet. */
    Set<String> unchecked() {
        return unchecked;
    }

    Set<String> notUpdated() {
        return notUpdated;
    }

    /** Tells of a line that is there twice, which this adapter never writes. */
    Optional<String> doubled() {
        return doubled;
    }
}
