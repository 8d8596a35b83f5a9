package io.mlconnector.engine;

import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of one run. What comes in is entered when a page arrives, what became of it only after its transaction has
 * committed: two sides that meet if no record went astray. For one thread.
 */
final class Books {

    private final Side read = new Side();
    private final Map<Tally, Side> outcomes = new EnumMap<>(Tally.class);
    private final Side abandoned = new Side();
    private long polled;
    private long filtered;
    private long replayed;
    private long recovered;

    void polled(int records, int filteredOut) {
        polled += records;
        filtered += filteredOut;
    }

    void read(@Nullable Money amount) {
        read.add(amount);
    }

    void replayed(int records) {
        replayed += records;
    }

    void recovered() {
        recovered++;
    }

    void settled(Tally tally, @Nullable Money amount) {
        outcomes.computeIfAbsent(tally, key -> new Side()).add(amount);
    }

    void abandoned(@Nullable Money amount) {
        abandoned.add(amount);
    }

    FlowReport report(String flow, String run, @Nullable String failure) {
        var sums = new EnumMap<Tally, Sum>(Tally.class);
        for (Tally tally : Tally.values()) {
            Side side = outcomes.get(tally);
            sums.put(tally, side == null ? Sum.NOTHING : side.sum());
        }
        return new FlowReport(
                flow, run, polled, filtered, replayed, recovered, read.sum(), sums, abandoned.sum(), failure);
    }

    private static final class Side {

        private long count;
        private final TreeMap<String, BigDecimal> money = new TreeMap<>();

        void add(@Nullable Money amount) {
            count++;
            if (amount != null) {
                money.merge(amount.currency(), amount.amount(), BigDecimal::add);
            }
        }

        Sum sum() {
            return new Sum(count, money);
        }
    }
}
