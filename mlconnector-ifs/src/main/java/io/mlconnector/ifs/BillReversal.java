package io.mlconnector.ifs;

import io.mlconnector.ifs.BillPlan.Line;
import io.mlconnector.ifs.WritableSet.Stored;
import io.mlconnector.model.Attributes;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Bill.Approval;
import io.mlconnector.model.GlCoding;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.spi.Lookup;
import io.mlconnector.spi.TargetRef;
import io.mlconnector.spi.Write;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a supplier invoice back by a credit memo over all that it holds, and posts the corrected bill as a new invoice. Either
 * is posted like a bill, under a number and a reference of its own, so each is found again, completed and never doubled. Safe
 * for threads.
 */
final class BillReversal {

    private static final String REVISION = " (revision ";

    private final BillSettings settings;
    private final BillPlanner planner;
    private final BillDocuments documents;
    private final BillSets sets;
    private final CodeParts codeParts;

    BillReversal(
            BillSettings settings, BillPlanner planner, BillDocuments documents, BillSets sets, CodeParts codeParts) {
        this.settings = settings;
        this.planner = planner;
        this.documents = documents;
        this.sets = sets;
        this.codeParts = codeParts;
    }

    /**
     * The last invoice that was made of a bill.
     *
     * @param revision how many were taken back before it
     * @param linked whether it is the one that the bill is linked to
     * @param back the credit memo that takes it back
     * @param reversed that credit memo as far as it is there; null if it is not
     */
    private record Last(
            BillIdentity identity,
            int revision,
            boolean linked,
            Stored invoice,
            List<Stored> lines,
            BillIdentity back,
            @Nullable Stored reversed) {}

    /**
     * What a correction has led to.
     *
     * @param invoice the one that the bill is from now on
     * @param posted whether it was posted just now, and so holds the whole bill
     */
    record Reached(Stored invoice, boolean posted) {}

    Reached update(Write.Update<Bill> update, BillSink.Progress progress) {
        boolean voided = update.record().approval() == Approval.VOIDED;
        BillIdentity bill = planner.identify(update.record(), update.references());
        Last last = last(bill, update.target());
        Stored reversed = last.reversed();
        if (reversed == null && !voided) {
            BillPlan plan = planner.plan(last.identity());
            if (holds(plan, last)) {
                if (last.linked() || missing(last.identity(), last.invoice()).isEmpty()) {
                    return new Reached(last.invoice(), false);
                }
                progress.note("the supplier invoice " + last.invoice().id() + " is there, but not all of it");
                return new Reached(documents.post(plan, last.invoice(), progress), true);
            }
        }
        if (reversed == null) {
            refuseReversal(last);
        }
        boolean takenBack = reversed != null && missing(last.back(), reversed).isEmpty();
        BillIdentity next = revised(bill, last.revision() + 1);
        // all is planned before anything is written
        BillPlan back = takenBack ? null : planner.plan(last.back());
        BillPlan again = voided ? null : planner.plan(next);
        Stored taken = again == null ? null : documents.invoice(next);
        if (taken != null) {
            throw EndedException.rejected(next + ": the supplier invoice " + taken.id() + " has this number already");
        }
        if (back != null) {
            if (reversed != null) {
                progress.note("the credit memo " + reversed.id() + " is there, but not all of it");
            }
            documents.post(back, reversed, progress);
        }
        if (again == null) {
            return new Reached(last.invoice(), true);
        }
        progress.note("the supplier invoice " + last.invoice().id() + " was taken back");
        return new Reached(documents.post(again, null, progress), true);
    }

    Lookup find(Write.Update<Bill> update) {
        boolean voided = update.record().approval() == Approval.VOIDED;
        Last last = last(planner.identify(update.record(), update.references()), update.target());
        var target = TargetRef.of(last.invoice().id());
        Stored reversed = last.reversed();
        if (reversed != null) {
            String missing = missing(last.back(), reversed);
            if (!missing.isEmpty()) {
                return new Lookup.Partial(target, "the credit memo " + reversed.id() + " is there, " + missing);
            }
            return voided
                    ? new Lookup.Found(target)
                    : new Lookup.Partial(
                            target,
                            "the supplier invoice " + last.invoice().id() + " was taken back by " + reversed.id()
                                    + ", and is not posted anew");
        }
        if (voided || !holds(planner.plan(last.identity()), last)) {
            return last.linked()
                    ? Lookup.ABSENT
                    : new Lookup.Partial(
                            target, "the supplier invoice " + last.invoice().id() + " is there");
        }
        String missing = last.linked() ? "" : missing(last.identity(), last.invoice());
        return missing.isEmpty()
                ? new Lookup.Found(target)
                : new Lookup.Partial(
                        target, "the supplier invoice " + last.invoice().id() + " is there, " + missing);
    }

    private Last last(BillIdentity bill, TargetRef target) {
        Stored invoice = documents.linkedOwn(bill, target);
        int revision = revision(bill, invoice);
        Last last = at(bill, revision, true, invoice);
        for (Stored next = next(bill, last); next != null; next = next(bill, last)) {
            last = at(bill, last.revision() + 1, false, next);
        }
        return last;
    }

    private @Nullable Stored next(BillIdentity bill, Last last) {
        return last.reversed() == null ? null : documents.made(revised(bill, last.revision() + 1));
    }

    private Last at(BillIdentity bill, int revision, boolean linked, Stored invoice) {
        List<Stored> lines = sets.lines().parts(bill.company(), invoice.key()).stream()
                .sorted(Comparator.comparingInt(BillReversal::number))
                .toList();
        BillIdentity back = back(bill, revision, invoice, lines);
        return new Last(revised(bill, revision), revision, linked, invoice, lines, back, documents.invoice(back));
    }

    private int revision(BillIdentity bill, Stored invoice) {
        String reference = String.valueOf(documents.reference(invoice));
        String first = bill.reference();
        if (reference.equals(first)) {
            return 0;
        }
        String start = first + REVISION;
        if (reference.startsWith(start) && reference.endsWith(")")) {
            String number = reference.substring(start.length(), reference.length() - 1);
            if (number.matches("\\d{1,6}")) {
                return Integer.parseInt(number);
            }
        }
        throw EndedException.rejected(
                bill + ": its supplier invoice " + invoice.id() + " comes from " + reference + ", not from " + first);
    }

    /** The bill as an invoice of its own. */
    private static BillIdentity revised(BillIdentity identity, int revision) {
        if (revision == 0) {
            return identity;
        }
        Bill bill = identity.bill();
        Bill revised = new Bill(
                bill.key(),
                bill.number() + "-C" + revision,
                bill.company(),
                bill.vendor(),
                bill.issuedOn(),
                bill.dueOn(),
                bill.lines(),
                bill.net(),
                bill.tax(),
                bill.total(),
                bill.purchaseOrderNumber(),
                bill.approval(),
                bill.paymentStatus(),
                bill.paidOn(),
                bill.memo(),
                bill.attributes());
        return new BillIdentity(
                revised, identity.company(), identity.supplier(), identity.reference() + REVISION + revision + ")");
    }

    /** What takes an invoice back: a bill over the opposite of all that the invoice holds, booked on the day of the correction. */
    private BillIdentity back(BillIdentity identity, int revision, Stored invoice, List<Stored> lines) {
        Bill bill = identity.bill();
        String currency = text(settings.columns(), "currency", invoice);
        var attributes = new LinkedHashMap<String, String>();
        bill.attributes().value(BillPlanner.POSTED_ON).ifPresent(day -> attributes.put(BillPlanner.POSTED_ON, day));
        settings.columns().of("rate").map(invoice::text).ifPresent(rate -> attributes.put(BillPlanner.RATE, rate));
        Bill back = Bill.builder()
                .key(bill.key())
                .number(text(settings.columns(), "number", invoice) + "-R")
                .company(bill.company())
                .vendor(bill.vendor())
                .issuedOn(bill.issuedOn())
                .dueOn(bill.dueOn())
                .lines(lines.stream().map(line -> back(line, currency)).toList())
                .net(opposite(settings.columns(), "net", invoice, currency))
                .tax(opposite(settings.columns(), "tax", invoice, currency))
                .total(opposite(settings.columns(), "total", invoice, currency))
                .approval(Approval.APPROVED)
                .paymentStatus(Bill.PaymentStatus.OPEN)
                .memo("Reverses " + text(settings.columns(), "number", invoice) + " (" + invoice.id() + ")")
                .attributes(Attributes.of(attributes))
                .build();
        return new BillIdentity(
                back,
                identity.company(),
                identity.supplier(),
                identity.reference() + " (reversal of revision " + revision + ")");
    }

    private LineItem back(Stored line, String currency) {
        String number = Integer.toString(number(line));
        var dimensions = new LinkedHashMap<String, String>();
        codeParts.columns().forEach((name, column) -> {
            String value = line.text(column);
            if (value != null && !value.isEmpty() && !dimensionsHold(dimensions, column)) {
                dimensions.put(name, value);
            }
        });
        String code = settings.lines().of("taxCode").map(line::text).orElse(null);
        Money tax = opposite(settings.lines(), "tax", line, currency);
        return new LineItem(
                number,
                settings.lines().of("description").map(line::text).orElse("Line " + number),
                null,
                null,
                null,
                opposite(settings.lines(), "net", line, currency),
                code == null && tax.amount().signum() == 0 ? null : new LineTax(told(code), null, tax),
                null,
                null,
                new GlCoding(
                        settings.lines().of("account").map(line::text).orElse(null),
                        settings.lines().of("costCenter").map(line::text).orElse(null),
                        dimensions));
    }

    /** Two names may stand for one column: one of them is enough. */
    private boolean dimensionsHold(Map<String, String> dimensions, String column) {
        return dimensions.keySet().stream()
                .anyMatch(name -> column.equals(codeParts.columns().get(name)));
    }

    /** What bills call a tax code of here. */
    private @Nullable String told(@Nullable String code) {
        return settings.taxCodes().entrySet().stream()
                .filter(entry -> entry.getValue().equals(code))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(code);
    }

    private static Money opposite(Columns columns, String part, Stored row, String currency) {
        String text = columns.of(part).map(row::text).orElse(null);
        return text == null ? Money.zero(currency) : new Money(new BigDecimal(text).negate(), currency);
    }

    private static String text(Columns columns, String part, Stored row) {
        return String.valueOf(columns.of(part).map(row::text).orElse(null));
    }

    private static int number(Stored line) {
        return Integer.parseInt(line.key().get(line.key().size() - 1));
    }

    /** Whether an invoice, as far as it is there, is what the bill says now. */
    private boolean holds(BillPlan plan, Last last) {
        Map<String, @Nullable Object> head = documents.head(plan);
        var booked = new LinkedHashMap<String, @Nullable Object>();
        for (String part : List.of("issuedOn", "currency", "rate", "net", "tax", "total")) {
            settings.columns()
                    .of(part)
                    .filter(head::containsKey)
                    .ifPresent(column -> booked.put(column, head.get(column)));
        }
        boolean same = RowChanger.differing(last.invoice().row(), booked).isEmpty()
                && (last.lines().size() == plan.lines().size()
                        || (!last.linked() && last.lines().size() < plan.lines().size()));
        for (int at = 0; same && at < last.lines().size(); at++) {
            Line line = plan.lines().get(at);
            Stored there = last.lines().get(at);
            var columns = new LinkedHashMap<String, @Nullable Object>();
            codeParts.columns().values().forEach(column -> columns.put(column, null));
            columns.putAll(documents.line(line));
            same = number(there) == line.number()
                    && RowChanger.differing(there.row(), columns).isEmpty();
        }
        return same;
    }

    /** What a document lacks; one that is booked was whole, and its voucher has left the set in which it waited. */
    private String missing(BillIdentity identity, Stored document) {
        boolean open = settings.changeable().contains(String.valueOf(document.text(BillDocuments.STATE)));
        return open ? documents.missing(identity, document) : "";
    }

    private void refuseReversal(Last last) {
        Stored invoice = last.invoice();
        String state = invoice.text(BillDocuments.STATE);
        var faults = new ArrayList<String>();
        if (BillDocuments.CANCELLED.equals(state)) {
            faults.add("it is " + state + " already");
        }
        if (!last.linked()) {
            // a bill that was corrected again before the last correction was whole
            String missing = missing(opposite(last.back(), last.identity()), invoice);
            if (!missing.isEmpty()) {
                faults.add(missing);
            }
        }
        if (!faults.isEmpty()) {
            throw EndedException.rejected(last.identity() + ": its supplier invoice " + invoice.id() + " over "
                    + documents.total(invoice) + " cannot be taken back: " + String.join(", ", faults)
                    + "; correct it in IFS");
        }
    }

    /** The bill that an invoice would have been made of. */
    private static BillIdentity opposite(BillIdentity back, BillIdentity identity) {
        Bill bill = back.bill();
        String currency = bill.total().currency();
        Bill content = Bill.builder()
                .key(bill.key())
                .number(identity.bill().number())
                .vendor(bill.vendor())
                .lines(bill.lines())
                .net(new Money(bill.net().amount().negate(), currency))
                .tax(new Money(bill.tax().amount().negate(), currency))
                .total(new Money(bill.total().amount().negate(), currency))
                .approval(Approval.APPROVED)
                .paymentStatus(Bill.PaymentStatus.OPEN)
                .build();
        return new BillIdentity(content, identity.company(), identity.supplier(), identity.reference());
    }
}
