package io.mlconnector.ifs;

import io.mlconnector.ifs.ReceiptSettings.Field;
import io.mlconnector.mapping.RowLayout;
import io.mlconnector.spi.Finding;
import io.mlconnector.spi.MlConnectorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at where payments are recorded: whether the invoices can be read, and which of the fields exist in which type.
 * Writes nothing, so it cannot tell whether the user may. Throws nothing.
 */
final class ReceiptCheck {

    private static final Set<String> TIMES = Set.of(EdmLiteral.STRING, "Edm.DateTimeOffset", "Edm.Date");

    private final MetadataCache metadata;
    private final ReceiptSettings settings;
    private final EntitySet set;
    private final RowLayout readByInvoices;
    private final List<Finding> findings = new ArrayList<>();

    ReceiptCheck(MetadataCache metadata, ReceiptSettings settings, EntitySet set, RowLayout readByInvoices) {
        this.metadata = metadata;
        this.settings = settings;
        this.set = set;
        this.readByInvoices = readByInvoices;
    }

    List<Finding> run() {
        set.paths().forEach(path -> look(path, () -> invoices(path)));
        if (settings.record() == ReceiptSettings.Form.NOTES) {
            SetPath notes = settings.notes().path();
            look(notes, () -> notes(notes));
        }
        return findings;
    }

    private void look(SetPath path, Runnable looking) {
        try {
            looking.run();
        } catch (MlConnectorException e) {
            findings.add(Finding.failed(path + "(payments)", String.valueOf(e.getMessage())));
        }
    }

    private void invoices(SetPath path) {
        ServiceMetadata service = metadata.of(path);
        if (!service.sets().contains(path.set())) {
            failed(path, "", "set " + path.set() + " not found; found: " + String.join(", ", service.sets()));
            return;
        }
        Map<String, String> columns = service.columns(path.set()).orElse(Map.of());
        int before = findings.size();
        for (String column : settings.columns().all()) {
            if (!columns.containsKey(column)) {
                failed(
                        path,
                        column,
                        "no such column to match payments by; name another in " + settings.section() + ".columns");
            }
        }
        if (settings.record() == ReceiptSettings.Form.FIELDS) {
            settings.entries().forEach(column -> entries(path, column, columns));
            settings.fields().forEach((field, column) -> field(path, field, column, columns));
        }
        if (findings.stream().skip(before).noneMatch(finding -> finding.level() == Finding.Level.FAILED)) {
            findings.add(Finding.ok(
                    path + "(payments)",
                    "has the columns that payments need; whether the service user may change them shows at the first"
                            + " write: the projection " + path.projection()
                            + " must be granted in full, not for reading only"));
        }
    }

    private void entries(SetPath path, String column, Map<String, String> columns) {
        String type = columns.get(column);
        if (type == null) {
            failed(
                    path,
                    column,
                    "no such custom field, and payments are recorded in it: add a text attribute of 4000"
                            + " characters and publish it for the projection " + path.projection()
                            + ", or name another in " + settings.section() + ".fields.entries, or set "
                            + settings.section() + ".record to notes");
        } else if (!type.equals(EdmLiteral.STRING)) {
            failed(path, column, "must be " + EdmLiteral.STRING + " and is " + type);
        }
        noteReader(path, column);
    }

    private void field(SetPath path, Field field, String column, Map<String, String> columns) {
        String type = columns.get(column);
        if (type == null) {
            findings.add(Finding.warning(
                    path + "." + column,
                    "no such custom field, so it is left out: add and publish it, or name another, or none, in" + " "
                            + settings.section() + ".fields." + field.title()));
            return;
        }
        boolean fits = field.isAmount()
                ? type.equals(EdmLiteral.STRING) || type.equals("Edm.Decimal")
                : field == Field.PAID_AT
                        ? TIMES.contains(type)
                        : type.equals(EdmLiteral.STRING) || (field == Field.STATUS && !type.startsWith("Edm."));
        if (!fits) {
            failed(path, column, "is " + type + ", which does not hold " + field.title());
        }
        noteReader(path, column);
    }

    /** A field that the invoice flow reads brings every payment back as a change of its invoice. */
    private void noteReader(SetPath path, String column) {
        if (readByInvoices.paths().contains(column)) {
            findings.add(Finding.warning(
                    path + "." + column,
                    "is written by payments and read by the mapping of invoices, so that each payment makes its invoice"
                            + " a changed one"));
        }
    }

    private void notes(SetPath path) {
        ServiceMetadata service = metadata.of(path);
        if (service.sets().contains(path.set())) {
            findings.add(Finding.ok(path.toString(), "exists; the package of the notes shows at the first write"));
        } else {
            failed(
                    path,
                    "",
                    "set " + path.set() + " not found; found: " + String.join(", ", service.sets())
                            + "; name another in " + settings.section() + ".notes.path");
        }
    }

    private void failed(SetPath path, String column, String detail) {
        findings.add(Finding.failed(column.isEmpty() ? path + "(payments)" : path + "." + column, detail));
    }
}
