package io.mlconnector.engine;

import io.mlconnector.model.Money;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A number of records, and their money by currency.
 *
 * @param count how many records
 * @param money the sum of their amounts, by ISO 4217 code; without currencies whose sum is zero
 */
public record Sum(long count, SortedMap<String, BigDecimal> money) {

    /** No records. */
    public static final Sum NOTHING = new Sum(0, new TreeMap<>(Map.of()));

    /** Copies the map without sums of zero, and brings amounts to their shortest form. */
    public Sum {
        var sums = new TreeMap<String, BigDecimal>();
        money.forEach((currency, amount) -> {
            if (amount.signum() != 0) {
                sums.put(currency, amount.stripTrailingZeros());
            }
        });
        money = Collections.unmodifiableSortedMap(sums);
    }

    /**
     * Returns this sum and another one together.
     *
     * @param other another sum
     * @return the total
     */
    public Sum plus(Sum other) {
        var sums = new TreeMap<>(money);
        other.money.forEach((currency, amount) -> sums.merge(currency, amount, BigDecimal::add));
        return new Sum(count + other.count, sums);
    }

    static Sum ofOne(@Nullable Money amount) {
        return new Sum(
                1,
                amount == null ? new TreeMap<>(Map.of()) : new TreeMap<>(Map.of(amount.currency(), amount.amount())));
    }
}
