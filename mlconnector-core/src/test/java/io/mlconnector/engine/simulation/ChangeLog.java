package io.mlconnector.engine.simulation;

import io.mlconnector.http.FrontierCursor;
import io.mlconnector.http.FrontierProbe;
import io.mlconnector.http.FrontierSet;
import io.mlconnector.http.FrontierWindow;
import io.mlconnector.model.BusinessRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records of one kind at the source: stamped in whole seconds of the source's own clock, so that ties are common, and
 * visible some time after their stamp. A deleted record stays as a row without content.
 */
final class ChangeLog<T extends BusinessRecord> implements FrontierSet<ChangeLog.Row<T>, Instant> {

    /** A record as the source shows it; a deleted one has no content. */
    record Row<T extends BusinessRecord>(
            String id, Instant stamp, @Nullable T record) {}

    private record Version<T extends BusinessRecord>(Row<T> row, Instant visibleAt) {}

    /** The longest time from writing to sight; with a stamp that is cut to its second it stays within {@link #OVERLAP}. */
    static final Duration LATEST = Duration.ofSeconds(9);

    static final Duration OVERLAP = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Duration skew;
    private final Map<String, List<Version<T>>> versions = new TreeMap<>();

    ChangeLog(InstantSource clock, Duration skew) {
        this.clock = clock;
        this.skew = skew;
    }

    /** Writes a version, or deletes; a record with a version on its way is locked. */
    boolean write(String id, @Nullable T record, Duration delay) {
        List<Version<T>> history = versions.computeIfAbsent(id, unused -> new ArrayList<>());
        if (history.stream().anyMatch(version -> version.visibleAt().isAfter(clock.instant()))) {
            return false;
        }
        Instant stamp = clock.instant().plus(skew).truncatedTo(ChronoUnit.SECONDS);
        history.add(new Version<>(new Row<>(id, stamp, record), clock.instant().plus(delay)));
        return true;
    }

    List<Row<T>> visible() {
        Instant now = clock.instant();
        var rows = new ArrayList<Row<T>>();
        for (List<Version<T>> history : versions.values()) {
            for (int i = history.size() - 1; i >= 0; i--) {
                if (!history.get(i).visibleAt().isAfter(now)) {
                    rows.add(history.get(i).row());
                    break;
                }
            }
        }
        return rows;
    }

    @Nullable Row<T> row(String id) {
        return visible().stream().filter(row -> row.id().equals(id)).findFirst().orElse(null);
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        Instant newest = visible().stream()
                .map(Row::stamp)
                .filter(stamp -> atMost == null || !stamp.isAfter(atMost))
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new FrontierProbe<>(newest, clock.instant().plus(skew).truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public List<Row<T>> pageByStamp(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        Comparator<Row<T>> order =
                Comparator.comparing((Row<T> row) -> row.stamp()).thenComparing(row -> row.id());
        Row<T> behind = after == null ? null : new Row<>(after.key().get(0), after.stamp(), null);
        return page(
                row -> inWindow(row.stamp(), window) && (behind == null || order.compare(row, behind) > 0),
                order,
                size);
    }

    @Override
    public List<Row<T>> pageByKey(@Nullable List<String> after, int size) {
        return page(
                row -> after == null || row.id().compareTo(after.get(0)) > 0,
                Comparator.comparing((Row<T> row) -> row.id()),
                size);
    }

    private List<Row<T>> page(Predicate<Row<T>> filter, Comparator<Row<T>> order, int size) {
        return visible().stream().filter(filter).sorted(order).limit(size).toList();
    }

    private static boolean inWindow(Instant stamp, FrontierWindow<Instant> window) {
        Instant from = window.from();
        Instant to = window.to();
        return (from == null || stamp.compareTo(from) >= (window.fromIncluded() ? 0 : 1))
                && (to == null || !stamp.isAfter(to));
    }

    @Override
    public Instant stampOf(Row<T> row) {
        return row.stamp();
    }

    @Override
    public List<String> keyOf(Row<T> row) {
        return List.of(row.id());
    }
}
