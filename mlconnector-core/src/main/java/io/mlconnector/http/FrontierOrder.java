package io.mlconnector.http;

import io.mlconnector.http.FrontierState.Phase;
import io.mlconnector.http.FrontierState.Row;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses pages that cannot come from a server which filters and orders by the same rules, because the next page would then skip rows or
 * never end. A database may order text by one collation and compare it by another.
 */
final class FrontierOrder<S extends Comparable<? super S>> {

    private final String set;

    FrontierOrder(String set) {
        this.set = set;
    }

    /**
     * Returns the rows of a page that come again on the next one if the server orders text by one collation and compares it by another:
     * those that compare as greater than the last row. Which collations is unknown here, so the greatest by code and the greatest
     * without regard to case stand for all.
     */
    static <S> List<Row<S>> witnesses(Phase phase, List<Row<S>> page) {
        Row<S> last = page.get(page.size() - 1);
        List<Row<S>> ties = page.stream()
                .filter(row -> phase == Phase.LOAD || Objects.equals(row.stamp(), last.stamp()))
                .toList();
        return Stream.of(
                        FrontierOrder.<S>byKey(Comparator.naturalOrder()),
                        FrontierOrder.<S>byKey(String.CASE_INSENSITIVE_ORDER))
                .map(order -> Collections.max(ties, order))
                .filter(row -> !row.equals(last))
                .distinct()
                .toList();
    }

    /** Compares keys part by part. */
    static <S> Comparator<Row<S>> byKey(Comparator<String> text) {
        return (one, other) -> {
            int parts = Math.min(one.key().size(), other.key().size());
            for (int i = 0; i < parts; i++) {
                int result = text.compare(one.key().get(i), other.key().get(i));
                if (result != 0) {
                    return result;
                }
            }
            return 0;
        };
    }

    void check(FrontierState<S> state, FrontierWindow<S> window, List<Row<S>> rows) {
        Set<Row<S>> met = new HashSet<>();
        Row<S> cursor = state.cursor();
        S previous = cursor == null ? null : cursor.stamp();
        for (Row<S> row : rows) {
            boolean byKey = state.phase() == Phase.LOAD;
            if (!met.add(byKey ? new Row<>(null, row.key()) : row)
                    || isSame(row, cursor, byKey)
                    || state.witnesses().stream().anyMatch(it -> isSame(row, it, byKey))) {
                throw broken(
                        "row " + row.key() + " came twice in one cycle with the same stamp; the server orders by other"
                                + " rules than it compares by");
            }
            if (!byKey) {
                previous = stampInOrder(window, row, previous);
            }
        }
    }

    private S stampInOrder(FrontierWindow<S> window, Row<S> row, @Nullable S previous) {
        S stamp = row.stamp();
        if (stamp == null) {
            throw broken("row " + row.key() + " was found by its stamp and has none");
        }
        if (previous != null && stamp.compareTo(previous) < 0) {
            throw broken("row " + row.key() + " stamped " + stamp + " came after one stamped " + previous
                    + "; rows must be ordered by stamp first");
        }
        S from = window.from();
        S to = window.to();
        boolean tooEarly = from != null && stamp.compareTo(from) < (window.fromIncluded() ? 0 : 1);
        if (tooEarly || (to != null && stamp.compareTo(to) > 0)) {
            throw broken("row " + row.key() + " stamped " + stamp + " lies outside of " + window
                    + "; the filter is not applied, or is read in another zone");
        }
        return stamp;
    }

    private static <S> boolean isSame(Row<S> row, @Nullable Row<S> other, boolean byKey) {
        return other != null && (byKey ? row.key().equals(other.key()) : row.equals(other));
    }

    FrontierException broken(String what) {
        return new FrontierException("set " + set + ": " + what);
    }
}
