package io.mlconnector.ifs;

import io.mlconnector.ifs.IfsSettings.Preset;
import io.mlconnector.ifs.Standing.Status;
import io.mlconnector.spi.Settings;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How payments, refunds and disputes are recorded at their invoices.
 *
 * @param section where the configuration has these settings
 * @param record in which form
 * @param entries the text columns that hold the entries, filled one after the other
 * @param fields the columns for what follows from the entries, those that are wanted
 * @param statuses what the statuses are called
 * @param fieldLength how many characters a text takes where the metadata does not say
 * @param columns of the invoice, by which it is matched
 * @param notes where notes are
 * @param settleTime the longest time after which a write that timed out can still take effect
 * @param ifMatchStar whether a row without a version is changed all the same
 */
record ReceiptSettings(
        String section,
        Form record,
        List<String> entries,
        Map<Field, String> fields,
        Map<Status, String> statuses,
        int fieldLength,
        InvoiceColumns columns,
        NoteSettings notes,
        Duration settleTime,
        boolean ifMatchStar) {

    /** In which form. */
    enum Form {
        /** In custom fields of the invoice. */
        FIELDS,
        /** In notes at the invoice. */
        NOTES
    }

    /** What follows from the entries of an invoice. */
    enum Field {
        STATUS("status", "Cf_Payment_Status"),
        INVOICE("invoice", "Cf_Stripe_Invoice_Id"),
        PAID("paid", "Cf_Stripe_Paid"),
        REFUNDED("refunded", "Cf_Stripe_Refunded"),
        DISPUTED("disputed", "Cf_Stripe_Disputed"),
        PAID_AT("paidAt", "Cf_Stripe_Paid_At"),
        REFERENCE("reference", "Cf_Stripe_Reference");

        private final String title;
        private final String column;

        Field(String title, String column) {
            this.title = title;
            this.column = column;
        }

        String title() {
            return title;
        }

        boolean isAmount() {
            return this == PAID || this == REFUNDED || this == DISPUTED;
        }
    }

    static final String NONE = "none";
    static final String ENTRIES = "Cf_Stripe_Entries";

    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_]\\w*");

    /** How payments are recorded at supplier invoices; refunds and disputes are unknown there. */
    private static final Map<Field, String> OF_BILLS = Map.of(
            Field.STATUS, "Cf_Bill_Payment_Status",
            Field.PAID, "Cf_Bill_Paid",
            Field.PAID_AT, "Cf_Bill_Paid_At",
            Field.REFERENCE, "Cf_Bill_Reference");

    static ReceiptSettings read(Settings settings, Preset preset) {
        return read(
                "receipts",
                settings,
                Map.of(),
                ENTRIES,
                InvoiceColumns.read(settings.section("columns"), preset),
                NoteSettings.read(settings.section("notes"), preset));
    }

    static ReceiptSettings ofBills(Settings settings, Preset preset) {
        var usual = new EnumMap<Field, String>(Field.class);
        for (Field field : Field.values()) {
            usual.put(field, OF_BILLS.getOrDefault(field, NONE));
        }
        return read(
                "billPayments",
                settings,
                usual,
                "Cf_Bill_Entries",
                InvoiceColumns.ofBills(settings.section("columns"), preset),
                NoteSettings.ofBills(settings.section("notes"), preset));
    }

    private static ReceiptSettings read(
            String section,
            Settings settings,
            Map<Field, String> usual,
            String usualEntries,
            InvoiceColumns invoiceColumns,
            NoteSettings notes) {
        Settings named = settings.section("fields");
        List<String> entries = named.texts("entries");
        var fields = new EnumMap<Field, String>(Field.class);
        for (Field field : Field.values()) {
            column(named, field.title(), usual.getOrDefault(field, field.column))
                    .ifPresent(column -> fields.put(field, column));
        }
        List<String> columns = entries.isEmpty() ? List.of(usualEntries) : List.copyOf(entries);
        noteFaults(named, columns, fields);
        return new ReceiptSettings(
                section,
                settings.choice("record", Form.FIELDS),
                columns,
                fields,
                statuses(settings),
                settings.integer("fieldLength", 4000, 20, 1_000_000),
                invoiceColumns,
                notes,
                settings.duration("settleTime", Duration.ofMinutes(2)),
                settings.flag("ifMatchStar", false));
    }

    private static Optional<String> column(Settings settings, String name, String otherwise) {
        String column = settings.text(name, otherwise);
        if (!COLUMN.matcher(column).matches()) {
            settings.fault(name, "must be a column, or " + NONE + ": '" + column + "'");
        }
        return column.equals(NONE) ? Optional.empty() : Optional.of(column);
    }

    private static void noteFaults(Settings named, List<String> entries, Map<Field, String> fields) {
        for (String column : entries) {
            if (!COLUMN.matcher(column).matches() || column.equals(NONE)) {
                named.fault("entries", "must be columns: '" + column + "'");
            }
        }
        Set<String> used = new HashSet<>(entries);
        if (used.size() < entries.size()) {
            named.fault("entries", "must name each column once: " + entries);
        }
        fields.forEach((field, column) -> {
            if (!used.add(column)) {
                named.fault(field.title(), "must be a column of its own: '" + column + "'");
            }
        });
    }

    private static Map<Status, String> statuses(Settings settings) {
        var names = new EnumMap<Status, String>(Status.class);
        for (Status status : Status.values()) {
            names.put(status, status.name());
        }
        var known = new LinkedHashMap<String, Status>();
        names.keySet().forEach(status -> known.put(title(status), status));
        settings.table("statuses").forEach((name, text) -> {
            Status status = known.get(name);
            if (status == null) {
                settings.fault("statuses." + name, "is no status; known: " + String.join(", ", known.keySet()));
            } else {
                names.put(status, text);
            }
        });
        return names;
    }

    private static String title(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All columns that are written, in order. */
    Set<String> written() {
        var written = new LinkedHashSet<>(entries);
        written.addAll(fields.values());
        return written;
    }

    /**
     * The columns of an invoice by which it is matched.
     *
     * @param number its number
     * @param series what stands before the number when it is printed
     * @param total its amount with tax
     * @param currency its currency
     */
    record InvoiceColumns(String number, String series, String total, String currency) {

        static InvoiceColumns read(Settings settings, Preset preset) {
            return new InvoiceColumns(
                    settings.text("number", "InvoiceNo"),
                    settings.text("series", "SeriesId"),
                    settings.text("total", "GrossCurrAmount"),
                    settings.text("currency", preset == Preset.CLOUD ? "Currency" : "CurrencyCode"));
        }

        static InvoiceColumns ofBills(Settings settings, Preset preset) {
            BillColumns names = BillColumns.of(preset);
            return new InvoiceColumns(
                    settings.text("number", names.of("number")),
                    settings.text("series", names.of("series")),
                    settings.text("total", names.of("total")),
                    settings.text("currency", names.of("currency")));
        }

        List<String> all() {
            return List.of(number, series, total, currency);
        }
    }
}
