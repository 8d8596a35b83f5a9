package io.mlconnector.stampli;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.Bill;
import io.mlconnector.model.Bill.Approval;
import io.mlconnector.model.Bill.PaymentStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers approved invoices once. What comes again with other content, or is voided after it was delivered, follows the
 * policy for corrections.
 */
final class BillAcceptance implements Acceptance<Bill> {

    /** The attribute of a bill that takes the place of one that was delivered before. */
    static final String CORRECTION = "correction";

    private final Corrections policy;
    private final KnownOrders orders;
    private final Function<RecordNote.Place, Optional<Bill>> earlier;

    BillAcceptance(Corrections policy, KnownOrders orders, Function<RecordNote.Place, Optional<Bill>> earlier) {
        this.policy = policy;
        this.orders = orders;
        this.earlier = earlier;
    }

    @Override
    public Decision<Bill> decide(Reading<Bill> reading, FileMemory memory) {
        Bill bill = reading.record();
        if (bill.approval() == Approval.REJECTED || bill.paymentStatus() == PaymentStatus.PAID || !owed(bill)) {
            return ignore(null);
        }
        RecordNote note = memory.record(reading.id());
        RecordNote.Accepted known = note.accepted();
        String hash = DocumentMapper.hash(bill);
        boolean isVoid = bill.approval() == Approval.VOIDED;
        if (known == null || !known.delivered()) {
            return isStale(reading, known) ? ignore(null) : first(reading, note, hash, isVoid, memory);
        }
        if (known.hash().equals(hash)) {
            return deliver(known.corrected() ? corrected(bill) : bill, note);
        }
        if (isStale(reading, known)) {
            return ignore(null);
        }
        if (policy == Corrections.REJECT) {
            return refuse(reading, note, difference(reading, known, isVoid));
        }
        return checked(reading, note, corrected(bill), reading.accepted(hash, true, true));
    }

    private Decision<Bill> first(
            Reading<Bill> reading, RecordNote note, String hash, boolean isVoid, FileMemory memory) {
        Bill bill = reading.record();
        if (isVoid) {
            return ignore(new RecordNote(reading.accepted(hash, false, false), note.refused()));
        }
        Optional<String> other = memory.invoice(company(bill), stampliId(bill)).filter(id -> !id.equals(reading.id()));
        if (other.isPresent()) {
            return refuse(
                    reading,
                    note,
                    List.of(reading.where() + ", column invoice_id: the invoice '" + stampliId(bill)
                            + "' was delivered before as " + other.get() + ", and is now " + reading.id()));
        }
        return checked(reading, note, bill, reading.accepted(hash, true, false));
    }

    private Decision<Bill> checked(Reading<Bill> reading, RecordNote note, Bill bill, RecordNote.Accepted accepted) {
        List<String> faults = orders.faults(reading.where(), bill);
        return faults.isEmpty() ? deliver(bill, new RecordNote(accepted, null)) : refuse(reading, note, faults);
    }

    private static boolean owed(Bill bill) {
        return bill.attributes()
                .value(BillMapping.TRANSACTION_TYPE)
                .map(TransactionType::valueOf)
                .map(TransactionType::owed)
                .orElse(true);
    }

    static String stampliId(Bill bill) {
        return bill.attributes().value("stampliId").orElse("");
    }

    static String company(Bill bill) {
        return String.valueOf(bill.company());
    }

    private static boolean isStale(Reading<Bill> reading, RecordNote.@Nullable Accepted known) {
        if (known == null || known.place().equals(reading.place())) {
            return false;
        }
        if (reading.revision() != known.revision()) {
            return reading.revision() < known.revision();
        }
        return reading.exportedSecond() != 0 && reading.exportedSecond() < known.exportedAt();
    }

    private Bill corrected(Bill bill) {
        var attributes = new LinkedHashMap<>(bill.attributes().asMap());
        attributes.put(CORRECTION, policy.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return new Bill(
                bill.key(),
                bill.number(),
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
                Attributes.of(attributes));
    }

    private List<String> difference(Reading<Bill> reading, RecordNote.Accepted known, boolean isVoid) {
        String what = isVoid
                ? "the invoice is voided, and was delivered before"
                : "the invoice was delivered before with other content";
        String where = reading.where() + ": " + what + " (revision " + known.revision() + "; now " + reading.revision()
                + "), and corrections are rejected";
        var faults = new ArrayList<String>();
        faults.add(where);
        earlier.apply(known.place()).ifPresent(before -> faults.addAll(BillDifference.of(before, reading.record())));
        return faults;
    }

    private static Decision<Bill> ignore(@Nullable RecordNote note) {
        return new Decision<>(Decision.Kind.IGNORE, null, note, List.of());
    }

    private static Decision<Bill> deliver(Bill bill, RecordNote note) {
        return new Decision<>(Decision.Kind.DELIVER, bill, note, List.of());
    }

    private static Decision<Bill> refuse(Reading<Bill> reading, RecordNote note, List<String> faults) {
        return new Decision<>(Decision.Kind.REFUSE, null, new RecordNote(note.accepted(), reading.place()), faults);
    }
}
