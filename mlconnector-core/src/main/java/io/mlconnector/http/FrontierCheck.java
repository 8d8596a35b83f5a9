package io.mlconnector.http;

import io.mlconnector.http.FrontierState.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Asks a remote set a few questions whose answers are known, before it is polled in earnest. */
final class FrontierCheck<R, S extends Comparable<? super S>> {

    private static final int SAMPLE = 200;

    private final String name;
    private final FrontierSet<R, S> set;
    private final StampKind<S> kind;
    private final boolean loadsByKey;

    FrontierCheck(String name, FrontierSet<R, S> set, StampKind<S> kind, boolean loadsByKey) {
        this.name = name;
        this.set = set;
        this.kind = kind;
        this.loadsByKey = loadsByKey;
    }

    void run() {
        require(
                this::readsStampsAsItWritesThem,
                "a filter for the newest stamp does not find exactly its rows;"
                        + " stamps are written in another zone or precision than filters are read in");
        require(
                this::comparesAsItOrders,
                "the row after another is not the next one in the order;"
                        + " the server orders by other rules than it compares by");
    }

    /** Once more on failure, because a row may have changed between two questions. */
    private void require(BooleanSupplier check, String fault) {
        boolean holds = check.getAsBoolean();
        if (!holds) {
            holds = check.getAsBoolean();
        }
        if (!holds) {
            throw new FrontierException("set " + name + ": " + fault);
        }
    }

    private boolean readsStampsAsItWritesThem() {
        S newest = set.probe(null).newest();
        if (newest == null) {
            return true;
        }
        List<R> since = set.pageByStamp(new FrontierWindow<>(newest, true, null), null, 1);
        List<R> later = set.pageByStamp(new FrontierWindow<>(newest, false, null), null, 1);
        // a row that changed after the first question may be later
        return !since.isEmpty() && later.stream().allMatch(row -> stampOf(row).compareTo(newest) > 0);
    }

    private boolean comparesAsItOrders() {
        S newest = set.probe(null).newest();
        if (newest == null) {
            return true;
        }
        FrontierWindow<S> window = new FrontierWindow<>(kind.lowerBound(newest), true, newest);
        Pages<R> byStamp = (after, size) -> set.pageByStamp(
                window, after == null ? null : new FrontierCursor<>(stampOf(after), set.keyOf(after)), size);
        Pages<R> byKey = (after, size) -> set.pageByKey(after == null ? null : set.keyOf(after), size);
        return neighboursHold(byStamp, true) && (!loadsByKey || neighboursHold(byKey, false));
    }

    private boolean neighboursHold(Pages<R> pages, boolean ties) {
        List<R> rows = pages.read(null, SAMPLE);
        for (int index : telling(rows, ties)) {
            List<R> next = pages.read(rows.get(index), 1);
            if (next.isEmpty() || !set.keyOf(next.get(0)).equals(set.keyOf(rows.get(index + 1)))) {
                return false;
            }
        }
        return true;
    }

    /** Returns where to look: at a few neighbours that are not in the order of their codes or letters, and at both ends. */
    private Set<Integer> telling(List<R> rows, boolean ties) {
        List<Row<S>> plain = rows.stream()
                .map(row -> new Row<>(set.stampOf(row), set.keyOf(row)))
                .toList();
        Set<Integer> indexes = new TreeSet<>();
        for (Comparator<String> text : List.of(Comparator.<String>naturalOrder(), String.CASE_INSENSITIVE_ORDER)) {
            Comparator<Row<S>> order = FrontierOrder.byKey(text);
            IntStream.range(0, rows.size() - 1)
                    .filter(i -> !ties
                            || Objects.equals(
                                    plain.get(i).stamp(), plain.get(i + 1).stamp()))
                    .filter(i -> order.compare(plain.get(i), plain.get(i + 1)) > 0)
                    .limit(2)
                    .forEach(indexes::add);
        }
        if (rows.size() > 1) {
            indexes.add(0);
            indexes.add(rows.size() - 2);
        }
        return indexes;
    }

    private S stampOf(R row) {
        S stamp = set.stampOf(row);
        if (stamp == null) {
            throw new FrontierException(
                    "set " + name + ": row " + set.keyOf(row) + " was found by its stamp and has none");
        }
        return stamp;
    }

    @FunctionalInterface
    private interface Pages<R> {
        List<R> read(@Nullable R after, int size);
    }
}
