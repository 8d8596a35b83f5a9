package io.mlconnector.ifs;

import io.mlconnector.ifs.Entry.Kind;
import io.mlconnector.ifs.Entry.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an invoice stands by all that is recorded at it.
 *
 * @param status in one word
 * @param paid the sum of the payments that succeeded
 * @param refunded the sum of the refunds that succeeded
 * @param disputed the sum of the disputes that are open or lost
 * @param paidAt when the last payment that succeeded was made; null if none did
 * @param reference of that payment; null if none succeeded
 */
record Standing(
        Status status,
        BigDecimal paid,
        BigDecimal refunded,
        BigDecimal disputed,
        @Nullable Instant paidAt,
        @Nullable String reference) {

    /** Where an invoice stands. */
    enum Status {
        OPEN,
        PENDING,
        FAILED,
        PART_PAID,
        PAID,
        OVER_PAID,
        PART_REFUNDED,
        REFUNDED,
        DISPUTED,
        DISPUTE_LOST
    }

    static Standing of(Entries entries, BigDecimal total) {
        List<Entry> all = entries.standing();
        Optional<Entry> last = all.stream()
                .filter(entry -> entry.kind() == Kind.PAY && entry.state() == State.SUCCEEDED)
                .max(Comparator.comparing(Entry::at).thenComparing(Entry::id));
        return new Standing(
                status(all, total),
                sum(all, Kind.PAY, State.SUCCEEDED),
                sum(all, Kind.REFUND, State.SUCCEEDED),
                sum(all, Kind.DISPUTE, State.OPEN).add(sum(all, Kind.DISPUTE, State.LOST)),
                last.map(Entry::at).orElse(null),
                last.map(Entry::reference).orElse(null));
    }

    private static Status status(List<Entry> all, BigDecimal total) {
        if (any(all, Kind.DISPUTE, State.OPEN)) {
            return Status.DISPUTED;
        }
        boolean lost = any(all, Kind.DISPUTE, State.LOST);
        BigDecimal back = sum(all, Kind.REFUND, State.SUCCEEDED).add(sum(all, Kind.DISPUTE, State.LOST));
        BigDecimal kept = sum(all, Kind.PAY, State.SUCCEEDED).subtract(back);
        if (back.signum() > 0 && kept.compareTo(total) < 0) {
            Status refunded = kept.signum() > 0 ? Status.PART_REFUNDED : Status.REFUNDED;
            return lost ? Status.DISPUTE_LOST : refunded;
        }
        if (!any(all, Kind.PAY, State.SUCCEEDED)) {
            Status failed = any(all, Kind.PAY, State.FAILED) ? Status.FAILED : Status.OPEN;
            return any(all, Kind.PAY, State.PENDING) ? Status.PENDING : failed;
        }
        int compared = kept.compareTo(total);
        return compared < 0 ? Status.PART_PAID : compared == 0 ? Status.PAID : Status.OVER_PAID;
    }

    private static boolean any(List<Entry> all, Kind kind, State state) {
        return all.stream().anyMatch(entry -> entry.kind() == kind && entry.state() == state);
    }

    private static BigDecimal sum(List<Entry> all, Kind kind, State state) {
        return all.stream()
                .filter(entry -> entry.kind() == kind && entry.state() == state)
                .map(Entry::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
