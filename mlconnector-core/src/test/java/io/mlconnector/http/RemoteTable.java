package io.mlconnector.http;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A remote set in memory: stamps in whole seconds, changes that become visible late, and a server that may cut its answers. */
final class RemoteTable implements FrontierSet<RemoteTable.Row, Instant> {

    record Row(String key, @Nullable Instant stamp, int value) {}

    private record Version(Row row, Instant visibleAt) {}

    private static final Comparator<Row> BY_KEY = Comparator.comparing(Row::key);
    private static final Comparator<Row> BY_STAMP = Comparator.comparing(
                    (Row row) -> Objects.requireNonNull(row.stamp()))
            .thenComparing(BY_KEY);

    private final VirtualTime time;
    private final Map<String, List<Version>> versions = new TreeMap<>();
    private int cut = Integer.MAX_VALUE;
    private int requests;

    RemoteTable(VirtualTime time) {
        this.time = time;
    }

    void cutAnswersAt(int rows) {
        cut = rows;
    }

    int requests() {
        return requests;
    }

    /** Writes with the stamp of this second, visible after a delay; a row with a change on its way is locked. */
    void write(String key, Duration delay) {
        write(key, time.instant().truncatedTo(ChronoUnit.SECONDS), delay);
    }

    void write(String key, @Nullable Instant stamp, Duration delay) {
        List<Version> history = versions.computeIfAbsent(key, unused -> new ArrayList<>());
        boolean locked = history.stream().anyMatch(it -> it.visibleAt().isAfter(time.instant()));
        if (!locked) {
            Row row = new Row(key, stamp, history.size() + 1);
            history.add(new Version(row, time.instant().plus(delay)));
        }
    }

    void delete(String key) {
        versions.remove(key);
    }

    List<Row> visible() {
        return versions.values().stream()
                .flatMap(history -> history.stream()
                        .filter(it -> !it.visibleAt().isAfter(time.instant()))
                        .reduce((earlier, later) -> later)
                        .stream())
                .map(Version::row)
                .toList();
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        requests++;
        Instant newest = visible().stream()
                .flatMap(row -> Stream.ofNullable(row.stamp()))
                .filter(stamp -> atMost == null || !stamp.isAfter(atMost))
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new FrontierProbe<>(newest, time.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public List<Row> pageByStamp(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        Row behind = after == null ? null : new Row(after.key().get(0), after.stamp(), 0);
        return page(
                row -> inWindow(row.stamp(), window) && (behind == null || BY_STAMP.compare(row, behind) > 0),
                BY_STAMP,
                size);
    }

    @Override
    public List<Row> pageByKey(@Nullable List<String> after, int size) {
        return page(row -> after == null || row.key().compareTo(after.get(0)) > 0, BY_KEY, size);
    }

    private List<Row> page(Predicate<Row> filter, Comparator<Row> order, int size) {
        requests++;
        return visible().stream()
                .filter(filter)
                .sorted(order)
                .limit(Math.min(size, cut))
                .toList();
    }

    private static boolean inWindow(@Nullable Instant stamp, FrontierWindow<Instant> window) {
        if (stamp == null) {
            return false;
        }
        Instant from = window.from();
        Instant to = window.to();
        return (from == null || stamp.compareTo(from) >= (window.fromIncluded() ? 0 : 1))
                && (to == null || !stamp.isAfter(to));
    }

    @Override
    public @Nullable Instant stampOf(Row row) {
        return row.stamp();
    }

    @Override
    public List<String> keyOf(Row row) {
        return List.of(row.key());
    }
}
