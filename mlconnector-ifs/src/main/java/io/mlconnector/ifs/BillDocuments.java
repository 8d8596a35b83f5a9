package io.mlconnector.ifs;

import io.mlconnector.ifs.BillPlan.Line;
import io.mlconnector.ifs.VoucherRows.VoucherRow;
import io.mlconnector.ifs.WritableSet.Stored;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.Lineage;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a bill becomes: the supplier invoice, its lines, its posting proposal, its voucher and the rows of that. Each
 * is found by the key of what it belongs to, so that what is missing can be told and added. Safe for threads.
 */
final class BillDocuments {

    static final String STATE = "Objstate";
    static final String CANCELLED = "Cancelled";
    private static final int VOUCHER_TEXT = 200;

    private final BillSettings settings;
    private final WritableSet invoices;
    private final WritableSet lines;
    private final WritableSet proposals;
    private final WritableSet vouchers;
    private final WritableSet voucherRows;

    BillDocuments(BillSettings settings, BillSets sets) {
        this.settings = settings;
        this.invoices = sets.invoices();
        this.lines = sets.lines();
        this.proposals = sets.proposals();
        this.vouchers = sets.vouchers();
        this.voucherRows = sets.voucherRows();
    }

    /** The columns to read of an invoice: to tell whose it is, and for corrections all that are written. */
    static List<String> readOfInvoices(BillSettings settings) {
        var read = new ArrayList<String>();
        List.of("reference", "total", "currency", "number", "dueOn", "memo", "purchaseOrder", "issuedOn")
                .forEach(part -> settings.columns().of(part).ifPresent(read::add));
        read.add(STATE);
        read.addAll(readForCorrections(settings, settings.columns(), List.of()));
        return read;
    }

    /** The columns to read of rows that a correction may change or take back. */
    static Collection<String> readForCorrections(BillSettings settings, Columns columns, Collection<String> others) {
        var read = new LinkedHashSet<String>();
        if (settings.corrections() != Corrections.REJECT) {
            read.addAll(columns.names().values());
            read.addAll(others);
        }
        return read;
    }

    Lineage lineage() {
        var rules = new LinkedHashMap<String, String>();
        settings.columns().names().forEach((part, column) -> rules.put(column, column + " <- " + part));
        settings.lines().names().forEach((part, column) -> rules.put("lines." + column, column + " <- lines." + part));
        return new Lineage("ifs.bills", rules);
    }

    /**
     * The supplier invoice of a bill: the one with its number, if it was made of this bill or entered by hand over the same
     * amount.
     *
     * @return null if the number is free
     * @throws EndedException if the number is taken by something else
     */
    @Nullable Stored invoice(BillIdentity identity) {
        List<Stored> found = numbered(identity);
        for (Stored row : found) {
            if (identity.reference().equals(reference(row))) {
                refuseOtherAmount(identity, row);
                return row;
            }
        }
        if (found.isEmpty()) {
            return null;
        }
        Stored row = found.get(0);
        if (reference(row) != null) {
            throw EndedException.rejected(identity + ": duplicate invoice number: the supplier invoice " + row.id()
                    + " has it already, and comes from " + reference(row));
        }
        refuseOtherAmount(identity, row);
        return row;
    }

    /** The supplier invoice that was made of a bill, over whatever amount; null if there is none. */
    @Nullable Stored made(BillIdentity identity) {
        return numbered(identity).stream()
                .filter(row -> identity.reference().equals(reference(row)))
                .findFirst()
                .orElse(null);
    }

    private List<Stored> numbered(BillIdentity identity) {
        var alike = new LinkedHashMap<String, String>();
        settings.columns().of("supplier").ifPresent(column -> alike.put(column, String.valueOf(identity.supplier())));
        settings.columns()
                .of("number")
                .ifPresent(column -> alike.put(column, identity.bill().number()));
        return invoices.alike(identity.company(), alike).stream()
                .filter(row -> !CANCELLED.equals(row.text(STATE)))
                .toList();
    }

    /**
     * The supplier invoice that a bill is linked to.
     *
     * @throws EndedException if it is gone or belongs to another company
     */
    Stored linked(BillIdentity identity, TargetRef target) {
        int parts = invoices.entity().keys().size();
        List<String> key = RecordIds.split(target.id(), parts);
        String company = key.get(0);
        if (!company.equals(identity.company())) {
            throw EndedException.rejected(identity + ": its supplier invoice " + target.id() + " is one of company "
                    + company + ", and the bill is now one of company " + identity.company());
        }
        ODataClient.AnsweredRow row = invoices.read(company, target.id())
                .orElseThrow(() -> EndedException.with(WriteOutcome.Deferred.later(
                        identity + ": " + invoices.path() + " " + target.id() + " is gone")));
        return new Stored(key, row.row(), row.version(), null);
    }

    /** The same, if it was made of a bill: what was entered by hand is refused. */
    Stored linkedOwn(BillIdentity identity, TargetRef target) {
        Stored invoice = linked(identity, target);
        if (isAdopted(invoice)) {
            throw EndedException.rejected(identity + ": its supplier invoice " + target.id()
                    + " was entered by hand, and is corrected by hand; it is over " + total(invoice));
        }
        return invoice;
    }

    /** The amount of an invoice, for messages. */
    String total(Stored invoice) {
        String total = settings.columns().of("total").map(invoice::text).orElse("an unknown amount");
        return total
                + settings.columns()
                        .of("currency")
                        .map(column -> " " + invoice.text(column))
                        .orElse("");
    }

    /** Whether an invoice was entered by somebody else, with whatever voucher belongs to it. */
    boolean isAdopted(Stored invoice) {
        return reference(invoice) == null && settings.columns().of("reference").isPresent();
    }

    @Nullable String reference(Stored row) {
        String reference = settings.columns().of("reference").map(row::text).orElse(null);
        return reference == null || reference.isEmpty() ? null : reference;
    }

    private void refuseOtherAmount(BillIdentity identity, Stored row) {
        Bill bill = identity.bill();
        String total = settings.columns().of("total").map(row::text).orElse(null);
        String currency = settings.columns().of("currency").map(row::text).orElse(null);
        boolean sameTotal = total == null || compares(total, bill.total().amount());
        boolean sameCurrency = currency == null || currency.equals(bill.total().currency());
        if (!sameTotal || !sameCurrency) {
            throw EndedException.rejected(identity + ": duplicate invoice number: the supplier invoice " + row.id()
                    + " has it already, over " + total + " " + currency);
        }
    }

    static boolean compares(String text, String other) {
        try {
            return compares(text, new BigDecimal(other));
        } catch (NumberFormatException e) {
            return text.equals(other);
        }
    }

    private static boolean compares(String text, BigDecimal amount) {
        try {
            return new BigDecimal(text).compareTo(amount) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** What an invoice of ours lacks, in words; empty if nothing. */
    String missing(BillIdentity identity, Stored invoice) {
        int wanted = identity.bill().lines().size();
        int there = numbers(lines.parts(identity.company(), invoice.key())).size();
        if (there < wanted) {
            return there + " of its " + wanted + " lines are there";
        }
        if (settings.proposal()
                && proposals.parts(identity.company(), invoice.key()).isEmpty()) {
            return "its posting proposal is missing";
        }
        return settings.voucher() ? missingOfVoucher(identity) : "";
    }

    private String missingOfVoucher(BillIdentity identity) {
        Stored voucher = voucher(identity);
        if (voucher == null) {
            return "its voucher is missing";
        }
        // the last row is what is owed, and rows are written in their order
        List<Stored> rows = voucherRows.parts(identity.company(), voucher.key());
        String owed = identity.bill().total().amount().signum() < 0 ? "debit" : "credit";
        BigDecimal total = identity.bill().total().amount().abs();
        String account = settings.voucherRows().of("account").orElse("");
        String amount = settings.voucherRows().of(owed).orElse("");
        boolean complete = total.signum() == 0
                || rows.stream()
                        .anyMatch(
                                row -> String.valueOf(settings.payableAccount()).equals(row.text(account))
                                        && row.text(amount) != null
                                        && compares(String.valueOf(row.text(amount)), total));
        return complete ? "" : "its voucher " + voucher.id() + " has " + rows.size() + " rows, not all of them";
    }

    /** The voucher of a bill among those that are not in the ledger yet; null if it is not there. */
    @Nullable Stored voucher(BillIdentity identity) {
        var alike = new LinkedHashMap<String, String>();
        alike.put("VoucherType", settings.voucherType());
        settings.vouchers().of("reference").ifPresent(column -> alike.put(column, identity.reference()));
        return vouchers.alike(identity.company(), alike).stream()
                .filter(row -> !CANCELLED.equals(row.text(STATE)))
                .findFirst()
                .orElse(null);
    }

    /**
     * Writes what is missing, in order: invoice, lines, proposal, voucher, rows.
     *
     * @param known the invoice as far as it is there; null if it is not
     */
    Stored post(BillPlan plan, @Nullable Stored known, BillSink.Progress progress) {
        String record = plan.identity().toString();
        String company = plan.identity().company();
        Stored invoice = known == null ? invoices.create(List.of(company), head(plan), record) : known;
        progress.note("the supplier invoice " + invoice.id() + " was created");
        Set<String> there = known == null ? Set.of() : numbers(lines.parts(company, invoice.key()));
        for (Line line : plan.lines()) {
            if (!there.contains(Integer.toString(line.number()))) {
                lines.create(with(invoice.key(), line.number()), line(line), record);
                progress.note(
                        "the supplier invoice " + invoice.id() + " was created with its lines up to " + line.number());
            }
        }
        if (settings.proposal()
                && (known == null || proposals.parts(company, invoice.key()).isEmpty())) {
            proposals.create(invoice.key(), proposal(plan), record);
            progress.note("the supplier invoice " + invoice.id() + " was created with its posting proposal");
        }
        if (settings.voucher()) {
            voucher(plan, invoice, known != null, progress);
        }
        return invoice;
    }

    private void voucher(BillPlan plan, Stored invoice, boolean maybeThere, BillSink.Progress progress) {
        String record = plan.identity().toString();
        String company = plan.identity().company();
        Stored before = maybeThere ? voucher(plan.identity()) : null;
        List<String> key = List.of(company, settings.voucherType(), plan.year());
        Stored voucher = before == null ? vouchers.create(key, voucher(plan, invoice.key()), record) : before;
        progress.note("the supplier invoice " + invoice.id() + " was created with the voucher " + voucher.id());
        Set<String> there = before == null ? Set.of() : numbers(voucherRows.parts(company, voucher.key()));
        String payable = String.valueOf(settings.payableAccount());
        for (VoucherRow row : VoucherRows.of(plan, payable, settings.taxAccount())) {
            if (!there.contains(Integer.toString(row.number()))) {
                voucherRows.create(with(voucher.key(), row.number()), row(plan, row), record);
                progress.note("the supplier invoice " + invoice.id() + " was created with the voucher " + voucher.id()
                        + " and its rows up to " + row.number());
            }
        }
    }

    /** The last values of the keys. */
    private static Set<String> numbers(List<Stored> rows) {
        return rows.stream().map(row -> row.key().get(row.key().size() - 1)).collect(Collectors.toSet());
    }

    static List<String> with(List<String> parent, int number) {
        var key = new ArrayList<>(parent);
        key.add(Integer.toString(number));
        return key;
    }

    Map<String, @Nullable Object> head(BillPlan plan) {
        return columns(settings.columns(), headValues(plan), Map.of());
    }

    Map<String, @Nullable Object> proposal(BillPlan plan) {
        return columns(settings.proposals(), headValues(plan), Map.of());
    }

    private Map<String, @Nullable Object> headValues(BillPlan plan) {
        Bill bill = plan.bill();
        Line first = plan.lines().get(0);
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("supplier", plan.identity().supplier());
        values.put("number", bill.number());
        values.put("series", settings.series());
        values.put("type", plan.isCredit() ? settings.creditType() : settings.invoiceType());
        values.put("issuedOn", text(bill.issuedOn()));
        values.put("dueOn", text(bill.dueOn()));
        values.put("currency", plan.currency());
        if (plan.rate() != null) {
            values.put("rate", plan.rate());
        }
        values.put("net", bill.total().amount().subtract(bill.tax().amount()));
        values.put("tax", bill.tax().amount());
        values.put("total", bill.total().amount());
        values.put("purchaseOrder", bill.purchaseOrderNumber());
        values.put("memo", bill.memo());
        values.put("reference", plan.identity().reference());
        values.put("account", first.account());
        values.put("costCenter", first.costCenter());
        return values;
    }

    Map<String, @Nullable Object> line(Line line) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("description", line.description());
        values.put("account", line.account());
        values.put("costCenter", line.costCenter());
        values.put("net", line.net());
        values.put("taxCode", line.taxCode());
        values.put("tax", line.tax());
        values.put("purchaseOrder", line.purchaseOrder());
        return columns(settings.lines(), values, line.dimensions());
    }

    Map<String, @Nullable Object> voucher(BillPlan plan, List<String> invoice) {
        Bill bill = plan.bill();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("date", plan.postedOn().toString());
        values.put("period", Integer.valueOf(plan.period()));
        values.put("userGroup", settings.userGroup());
        values.put("text", shortened("Supplier invoice " + plan.identity().supplier() + " " + bill.number()));
        values.put("invoiceId", invoice.get(1));
        values.put("series", settings.series());
        values.put("number", bill.number());
        values.put("currency", plan.currency());
        values.put("net", bill.total().amount().subtract(bill.tax().amount()));
        values.put("tax", bill.tax().amount());
        values.put("total", bill.total().amount());
        values.put("dueOn", text(bill.dueOn()));
        values.put("reference", plan.identity().reference());
        return columns(settings.vouchers(), values, Map.of());
    }

    Map<String, @Nullable Object> row(BillPlan plan, VoucherRow row) {
        boolean debit = row.amount().signum() > 0;
        BigDecimal booked = row.booked();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("account", row.account());
        values.put("costCenter", row.costCenter());
        values.put(debit ? "debit" : "credit", row.amount().abs());
        values.put(debit ? "credit" : "debit", null);
        if (booked != null) {
            values.put(debit ? "bookedDebit" : "bookedCredit", debit ? booked : booked.negate());
            values.put(debit ? "bookedCredit" : "bookedDebit", null);
        }
        if (plan.rate() != null) {
            values.put("rate", plan.rate());
        }
        values.put("currency", plan.currency());
        values.put("text", shortened(row.text()));
        values.put("referenceNumber", plan.bill().number());
        values.put("partyType", "Supplier");
        values.put("party", plan.identity().supplier());
        values.put("taxCode", row.taxCode());
        return columns(settings.voucherRows(), values, row.dimensions());
    }

    /** Null where a bill says nothing: a new row does without, a row that is there loses it. */
    private static Map<String, @Nullable Object> columns(
            Columns names, Map<String, @Nullable Object> values, Map<String, String> others) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        names.names().forEach((part, column) -> {
            Object value = values.get(part);
            if (value != null) {
                columns.put(column, value);
            } else if (values.containsKey(part)) {
                columns.putIfAbsent(column, null);
            }
        });
        columns.putAll(others);
        return columns;
    }

    private static @Nullable String text(@Nullable Object date) {
        return date == null ? null : date.toString();
    }

    /** The whole text stands at the line of the invoice. */
    private static String shortened(String text) {
        return text.length() <= VOUCHER_TEXT ? text : text.substring(0, VOUCHER_TEXT - 1) + "…";
    }
}
