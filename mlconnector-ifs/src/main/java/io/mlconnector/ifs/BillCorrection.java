package io.mlconnector.ifs;

import io.mlconnector.ifs.WritableSet.Stored;
import io.mlconnector.mapping.Row;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Bill.Approval;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a bill that changes after it was posted: due date, memo and purchase order number follow, as long as the
 * invoice is preliminary. What else changes is refused with what differs, unless the configuration has it written.
 */
final class BillCorrection {

    private static final Set<String> BOOKED =
            Set.of("number", "company", "vendor", "issuedOn", "lines", "net", "tax", "total");

    private static final String STATE = "Objstate";
    private static final String PRELIMINARY = "Preliminary";

    private final BillSettings settings;
    private final RowChanger changer;
    private final BillRewrite rewrite;
    private final BillReversal reversal;

    BillCorrection(BillSettings settings, RowChanger changer, BillRewrite rewrite, BillReversal reversal) {
        this.settings = settings;
        this.changer = changer;
        this.rewrite = rewrite;
        this.reversal = reversal;
    }

    WriteOutcome update(Write.Update<Bill> update, BillSink.Progress progress) {
        Bill bill = update.record();
        Corrections policy = policy(update);
        if (policy == Corrections.REJECT) {
            return follow(update);
        }
        if (policy == Corrections.UPDATE_IF_UNPOSTED) {
            return rewrite.update(update, progress);
        }
        BillReversal.Reached reached = reversal.update(update, progress);
        Stored invoice = reached.invoice();
        if (reached.posted() || bill.approval() != Approval.APPROVED) {
            return new WriteOutcome.Applied(new TargetRef(invoice.id(), invoice.version()), invoice.requestId());
        }
        return changer.change(company(update), invoice.id(), record(bill), row -> following(update, invoice.id(), row));
    }

    /** What to do with a change: where no more than due date, memo and purchase order number differ, they follow. */
    private Corrections policy(Write.Update<Bill> update) {
        Set<String> changed = update.changedFields();
        boolean booked = update.record().approval() != Approval.APPROVED
                || changed.contains("approval")
                || changed.stream().anyMatch(BOOKED::contains);
        boolean moved = !booked
                && settings.corrections() == Corrections.UPDATE_IF_UNPOSTED
                && changed.contains("attributes")
                && rewrite.movesDayOrRate(update);
        return booked || moved ? settings.corrections() : Corrections.REJECT;
    }

    private static String record(Bill bill) {
        return bill.key() + " (invoice " + bill.number() + ", " + bill.total() + ")";
    }

    private WriteOutcome follow(Write.Update<Bill> update) {
        Bill bill = update.record();
        String id = update.target().id();
        String record = record(bill);
        if (bill.approval() != Approval.APPROVED) {
            return new WriteOutcome.Rejected(
                    record + " is " + bill.approval() + " at its source, and its supplier invoice " + id
                            + " is posted: cancel that in IFS",
                    null);
        }
        return changer.change(company(update), id, record, row -> {
            refuseBooked(update, record, row);
            return following(update, id, row);
        });
    }

    private Map<String, @Nullable Object> following(Write.Update<Bill> update, String id, Row row) {
        Map<String, @Nullable Object> columns = columns(update);
        String state = row.text(STATE);
        boolean differs = columns.entrySet().stream()
                .anyMatch(
                        column -> !String.valueOf(column.getValue()).equals(String.valueOf(row.text(column.getKey()))));
        if (differs && state != null && !state.equals(PRELIMINARY)) {
            throw EndedException.rejected(record(update.record()) + ": the supplier invoice " + id + " is " + state
                    + " and no longer changed: " + String.join(", ", columns.keySet()));
        }
        return columns;
    }

    private void refuseBooked(Write.Update<Bill> update, String record, Row row) {
        var booked = new TreeSet<>(update.changedFields());
        booked.retainAll(BOOKED);
        if (booked.isEmpty()) {
            return;
        }
        var was = new TreeSet<String>();
        for (String part : Set.of("number", "issuedOn", "total", "currency")) {
            settings.columns().of(part).ifPresent(column -> was.add(column + " " + row.text(column)));
        }
        throw EndedException.rejected(record + ": corrected after its supplier invoice "
                + update.target().id() + " was posted: " + String.join(", ", booked) + " changed, the invoice has "
                + String.join(", ", was) + "; correct or cancel it in IFS");
    }

    Lookup find(Write.Update<Bill> update) {
        return switch (policy(update)) {
            case UPDATE_IF_UNPOSTED -> rewrite.find(update);
            case REVERSE_AND_REPOST -> reversal.find(update);
            case REJECT -> {
                boolean done = changer.holds(company(update), update.target().id(), row -> columns(update));
                yield done ? new Lookup.Found(TargetRef.of(update.target().id())) : Lookup.ABSENT;
            }
        };
    }

    private Map<String, @Nullable Object> columns(Write.Update<Bill> update) {
        Bill bill = update.record();
        var columns = new LinkedHashMap<String, @Nullable Object>();
        put(columns, update, "dueOn", "dueOn", bill.dueOn() == null ? null : String.valueOf(bill.dueOn()));
        put(columns, update, "memo", "memo", bill.memo());
        put(columns, update, "purchaseOrderNumber", "purchaseOrder", bill.purchaseOrderNumber());
        return columns;
    }

    private void put(
            Map<String, @Nullable Object> columns,
            Write.Update<Bill> update,
            String field,
            String part,
            @Nullable Object value) {
        if (update.changedFields().contains(field)) {
            settings.columns().of(part).ifPresent(column -> columns.put(column, value));
        }
    }

    private static String company(Write.Update<Bill> update) {
        return RecordIds.split(update.target().id(), 2).get(0);
    }
}
