package io.mlconnector.engine;

import io.mlconnector.model.Allocation;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.model.Dispute;
import io.mlconnector.model.Money;
import io.mlconnector.model.Payment;
import io.mlconnector.model.RecordKey;
import io.mlconnector.model.Refund;
import io.mlconnector.reconcile.MoneyEntry;
import io.mlconnector.reconcile.Unmatched;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Payments, refunds and disputes by the invoice of the target that they concern. */
final class MoneyByInvoice {

    private final Map<RecordKey, Payment> payments = new LinkedHashMap<>();
    private final Map<RecordKey, Refund> refunds = new LinkedHashMap<>();
    private final Map<RecordKey, Dispute> disputes = new LinkedHashMap<>();
    private @Nullable Map<String, List<MoneyEntry>> byInvoice;
    private final List<Unmatched> loose = new ArrayList<>();

    /** The last that is added under a key counts. Other kinds of records are no money. */
    void add(BusinessRecord record) {
        if (record instanceof Payment payment) {
            payments.put(payment.key(), payment);
        } else if (record instanceof Refund refund) {
            refunds.put(refund.key(), refund);
        } else if (record instanceof Dispute dispute) {
            disputes.put(dispute.key(), dispute);
        }
    }

    /** Returns what concerns an invoice of the target, oldest first; once. */
    List<MoneyEntry> claim(String invoice) {
        List<MoneyEntry> entries = sorted().remove(invoice);
        if (entries == null) {
            return List.of();
        }
        entries.sort(Comparator.comparing(MoneyEntry::at));
        return entries;
    }

    /** Returns what nobody has claimed. */
    List<Unmatched> unmatched() {
        var unmatched = new ArrayList<Unmatched>();
        sorted().forEach((invoice, entries) -> entries.forEach(
                entry -> unmatched.add(new Unmatched(entry, "the invoice " + invoice + " belongs to no record here"))));
        unmatched.addAll(loose);
        unmatched.sort(Comparator.comparing(entry -> entry.entry().at()));
        return unmatched;
    }

    private Map<String, List<MoneyEntry>> sorted() {
        if (byInvoice == null) {
            byInvoice = sort();
        }
        return byInvoice;
    }

    private Map<String, List<MoneyEntry>> sort() {
        Map<String, List<MoneyEntry>> sorted = new LinkedHashMap<>();
        for (Payment payment : payments.values()) {
            if (payment.allocations().isEmpty()) {
                loose.add(new Unmatched(entry(payment, payment.amount()), "the payment names no invoice"));
            }
            for (Allocation allocation : payment.allocations()) {
                put(sorted, allocation.document().id(), entry(payment, allocation.amount()));
            }
        }
        for (Refund refund : refunds.values()) {
            var entry = new MoneyEntry(
                    MoneyEntry.Kind.REFUND,
                    refund.key(),
                    refund.amount(),
                    refund.refundedAt(),
                    state(refund.status()),
                    refund.reason());
            putByPayment(sorted, refund.invoice(), refund.payment(), entry);
        }
        for (Dispute dispute : disputes.values()) {
            var entry = new MoneyEntry(
                    MoneyEntry.Kind.DISPUTE,
                    dispute.key(),
                    dispute.amount(),
                    dispute.openedAt(),
                    state(dispute.status()),
                    dispute.reason());
            putByPayment(sorted, dispute.invoice(), dispute.payment(), entry);
        }
        return sorted;
    }

    private static MoneyEntry entry(Payment payment, Money amount) {
        return new MoneyEntry(
                MoneyEntry.Kind.PAYMENT,
                payment.key(),
                amount,
                payment.paidAt(),
                state(payment.status()),
                payment.method());
    }

    private static String state(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void putByPayment(
            Map<String, List<MoneyEntry>> sorted,
            @Nullable RecordKey invoice,
            @Nullable RecordKey payment,
            MoneyEntry entry) {
        List<String> invoices = invoice != null ? List.of(invoice.id()) : invoicesOf(payment);
        if (invoices.size() == 1) {
            put(sorted, invoices.get(0), entry);
        } else {
            loose.add(new Unmatched(
                    entry,
                    invoices.isEmpty()
                            ? "neither it nor its payment names an invoice"
                            : "its payment is spread over several invoices: " + String.join(", ", invoices)));
        }
    }

    private List<String> invoicesOf(@Nullable RecordKey payment) {
        Payment known = payment == null ? null : payments.get(payment);
        return known == null
                ? List.of()
                : known.allocations().stream()
                        .map(allocation -> allocation.document().id())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
    }

    private static void put(Map<String, List<MoneyEntry>> sorted, String invoice, MoneyEntry entry) {
        sorted.computeIfAbsent(invoice, id -> new ArrayList<>()).add(entry);
    }
}
