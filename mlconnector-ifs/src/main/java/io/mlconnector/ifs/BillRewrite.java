package io.mlconnector.ifs;

import io.mlconnector.ifs.BillPlan.Line;
import io.mlconnector.ifs.VoucherRows.VoucherRow;
import io.mlconnector.ifs.WritableSet.Stored;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Bill.Approval;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Changes a supplier invoice and its voucher to what a corrected bill says, or to nothing for one that is voided, as long as
 * neither is booked. The head of the invoice is last: once it holds the correction, everything does. Safe for threads.
 */
final class BillRewrite {

    private static final String VOIDED = "Voided at its source";

    private final BillSettings settings;
    private final BillPlanner planner;
    private final BillDocuments documents;
    private final BillSets sets;
    private final CodeParts codeParts;
    private final ConnectorContext context;

    BillRewrite(
            BillSettings settings,
            BillPlanner planner,
            BillDocuments documents,
            BillSets sets,
            CodeParts codeParts,
            ConnectorContext context) {
        this.settings = settings;
        this.planner = planner;
        this.documents = documents;
        this.sets = sets;
        this.codeParts = codeParts;
        this.context = context;
    }

    /**
     * A row, and what it is to hold.
     *
     * @param row what it holds; null if it is not there yet
     */
    private record Step(
            WritableSet set, List<String> key, @Nullable Row row, Map<String, @Nullable Object> wanted) {

        boolean isOpen() {
            return row == null || !RowChanger.differing(row, wanted).isEmpty();
        }
    }

    /**
     * An invoice and its voucher beside what they are to be.
     *
     * @param voucher null if it is not among those that may be changed
     */
    private record Comparison(
            BillIdentity identity, Stored invoice, @Nullable Stored voucher, List<Step> steps) {

        List<Step> open() {
            return steps.stream().filter(Step::isOpen).toList();
        }
    }

    WriteOutcome update(Write.Update<Bill> update, BillSink.Progress progress) {
        Comparison comparison = compare(update);
        Stored invoice = comparison.invoice();
        var target = new TargetRef(invoice.id(), invoice.version());
        List<Step> open = comparison.open();
        if (open.isEmpty()) {
            return new WriteOutcome.Applied(target, null);
        }
        refuseBooked(comparison);
        WriteOutcome.Applied applied = new WriteOutcome.Applied(target, null);
        for (Step step : open) {
            WriteOutcome.Applied done = write(comparison.identity(), step);
            progress.note("the correction of the supplier invoice " + invoice.id() + " has come to "
                    + step.set().path() + " " + RecordIds.join(step.key()));
            applied = step.set() == sets.invoices() ? done : new WriteOutcome.Applied(target, done.requestId());
        }
        return applied;
    }

    /** Whether a bill whose amounts are the same is booked on another day, or at another rate, than its invoice. */
    boolean movesDayOrRate(Write.Update<Bill> update) {
        Bill bill = update.record();
        BillIdentity identity = planner.identify(bill, update.references());
        Stored invoice = documents.linked(identity, update.target());
        if (!isOf(identity, invoice)) {
            return false;
        }
        String rate = bill.attributes().value(BillPlanner.RATE).orElse(null);
        String rated = settings.columns().of("rate").map(invoice::text).orElse(null);
        if (rate != null && rated != null && !BillDocuments.compares(rate, rated)) {
            return true;
        }
        Stored voucher = settings.voucher() ? documents.voucher(identity) : null;
        String booked = voucher == null
                ? null
                : settings.vouchers().of("date").map(voucher::text).orElse(null);
        String day = bill.attributes().value(BillPlanner.POSTED_ON).orElse(String.valueOf(bill.issuedOn()));
        return booked != null && !booked.equals(day);
    }

    private WriteOutcome.Applied write(BillIdentity identity, Step step) {
        String record = identity.toString();
        if (step.row() == null) {
            Stored stored = step.set().create(step.key(), step.wanted(), record);
            return new WriteOutcome.Applied(new TargetRef(stored.id(), stored.version()), stored.requestId());
        }
        WriteOutcome outcome = new RowChanger(step.set(), context)
                .change(identity.company(), RecordIds.join(step.key()), record, row -> step.wanted());
        if (outcome instanceof WriteOutcome.Applied applied) {
            return applied;
        }
        throw EndedException.with(outcome);
    }

    Lookup find(Write.Update<Bill> update) {
        Comparison comparison = compare(update);
        int open = comparison.open().size();
        int all = comparison.steps().size();
        var target = TargetRef.of(update.target().id());
        if (open == 0) {
            return new Lookup.Found(target);
        }
        return open == all
                ? Lookup.ABSENT
                : new Lookup.Partial(target, (all - open) + " of " + all + " rows hold what the bill says");
    }

    private Comparison compare(Write.Update<Bill> update) {
        BillIdentity identity = planner.identify(update.record(), update.references());
        Stored invoice = documents.linkedOwn(identity, update.target());
        if (!isOf(identity, invoice)) {
            throw EndedException.rejected(identity + ": its supplier invoice " + invoice.id() + " over "
                    + documents.total(invoice) + " comes from " + documents.reference(invoice)
                    + ", and only one that comes from " + identity.reference() + " is changed");
        }
        boolean voided = update.record().approval() == Approval.VOIDED;
        BillPlan plan = voided ? null : planner.plan(identity);
        if (plan != null) {
            refuseOtherNumber(plan, invoice);
        }
        Stored voucher = settings.voucher() ? documents.voucher(identity) : null;
        if (plan != null && voucher != null && !voucher.key().get(2).equals(plan.year())) {
            throw EndedException.rejected(identity + ": its voucher " + voucher.id() + " cannot move to the year "
                    + plan.year() + " of " + plan.postedOn() + ": cancel it in IFS with its invoice " + invoice.id());
        }
        return new Comparison(identity, invoice, voucher, steps(identity.company(), plan, invoice, voucher));
    }

    /** One that a reversal has led to has another reference, as has its voucher. */
    private boolean isOf(BillIdentity identity, Stored invoice) {
        return identity.reference().equals(documents.reference(invoice));
    }

    private void refuseOtherNumber(BillPlan plan, Stored invoice) {
        Map<String, @Nullable Object> head = documents.head(plan);
        for (String part : List.of("supplier", "number")) {
            settings.columns().of(part).ifPresent(column -> {
                String wanted = String.valueOf(head.get(column));
                if (!wanted.equals(invoice.text(column))) {
                    throw EndedException.rejected(plan.identity() + ": its supplier invoice " + invoice.id()
                            + " has the " + part + " '" + invoice.text(column) + "', and that is never changed");
                }
            });
        }
    }

    private List<Step> steps(String company, @Nullable BillPlan plan, Stored invoice, @Nullable Stored voucher) {
        var steps = new ArrayList<Step>();
        if (voucher != null) {
            var rows = new LinkedHashMap<Integer, Map<String, @Nullable Object>>();
            if (plan != null) {
                String payable = String.valueOf(settings.payableAccount());
                for (VoucherRow row : VoucherRows.of(plan, payable, settings.taxAccount())) {
                    rows.put(row.number(), cleared(documents.row(plan, row)));
                }
            }
            parts(
                    steps,
                    sets.voucherRows(),
                    sets.voucherRows().parts(company, voucher.key()),
                    voucher.key(),
                    rows,
                    nothing(settings.voucherRows(), "debit", "credit", "bookedDebit", "bookedCredit"));
            steps.add(step(
                    sets.vouchers(),
                    voucher,
                    plan == null ? totals(settings.vouchers()) : documents.voucher(plan, invoice.key())));
        }
        var lines = new LinkedHashMap<Integer, Map<String, @Nullable Object>>();
        if (plan != null) {
            for (Line line : plan.lines()) {
                lines.put(line.number(), cleared(documents.line(line)));
            }
        }
        parts(
                steps,
                sets.lines(),
                sets.lines().parts(company, invoice.key()),
                invoice.key(),
                lines,
                nothing(settings.lines(), "net", "tax"));
        if (settings.proposal()) {
            sets.proposals()
                    .parts(company, invoice.key())
                    .forEach(proposal -> steps.add(step(
                            sets.proposals(),
                            proposal,
                            plan == null ? totals(settings.proposals()) : documents.proposal(plan))));
        }
        Map<String, @Nullable Object> head = plan == null ? totals(settings.columns()) : documents.head(plan);
        if (plan == null) {
            settings.columns().of("memo").ifPresent(column -> head.put(column, VOIDED));
        }
        steps.add(step(sets.invoices(), invoice, head));
        return steps;
    }

    private static Step step(WritableSet set, Stored row, Map<String, @Nullable Object> wanted) {
        return new Step(set, row.key(), row.row(), wanted);
    }

    /** Rows that are wanted become what they are to be, all others nothing: no row is deleted. */
    private static void parts(
            List<Step> steps,
            WritableSet set,
            List<Stored> there,
            List<String> parent,
            Map<Integer, Map<String, @Nullable Object>> wanted,
            Map<String, @Nullable Object> nothing) {
        var missing = new LinkedHashMap<>(wanted);
        for (Stored row : there) {
            Map<String, @Nullable Object> columns =
                    missing.remove(Integer.valueOf(row.key().get(row.key().size() - 1)));
            steps.add(step(set, row, columns == null ? nothing : columns));
        }
        missing.forEach(
                (number, columns) -> steps.add(new Step(set, BillDocuments.with(parent, number), null, columns)));
    }

    /** The code parts that a row does not have are empty. */
    private Map<String, @Nullable Object> cleared(Map<String, @Nullable Object> columns) {
        codeParts.columns().values().forEach(column -> columns.putIfAbsent(column, null));
        return columns;
    }

    private static Map<String, @Nullable Object> totals(Columns columns) {
        return nothing(columns, "net", "tax", "total");
    }

    private static Map<String, @Nullable Object> nothing(Columns columns, String... parts) {
        var nothing = new LinkedHashMap<String, @Nullable Object>();
        for (String part : parts) {
            columns.of(part).ifPresent(column -> nothing.put(column, BigDecimal.ZERO));
        }
        return nothing;
    }

    private void refuseBooked(Comparison comparison) {
        Stored invoice = comparison.invoice();
        Stored voucher = comparison.voucher();
        var booked = new ArrayList<String>();
        if (!mayChange(invoice)) {
            booked.add("the invoice is " + invoice.text(BillDocuments.STATE));
        }
        if (settings.voucher() && voucher == null) {
            booked.add("its voucher is no longer among those that wait for the ledger");
        } else if (voucher != null && !mayChange(voucher)) {
            booked.add("its voucher " + voucher.id() + " is " + voucher.text(BillDocuments.STATE));
        }
        if (booked.isEmpty()) {
            return;
        }
        Bill bill = comparison.identity().bill();
        var open = new TreeSet<String>();
        comparison.open().forEach(step -> open.add(step.set().path().set()));
        throw EndedException.rejected(comparison.identity() + ": "
                + (bill.approval() == Approval.VOIDED ? "voided" : "corrected to " + bill.total())
                + " after its supplier invoice " + invoice.id() + " was booked over " + documents.total(invoice) + ": "
                + String.join(", ", booked) + "; not changed: " + String.join(", ", open)
                + "; correct or cancel it in IFS");
    }

    private boolean mayChange(Stored row) {
        return settings.changeable().contains(String.valueOf(row.text(BillDocuments.STATE)));
    }
}
