package io.mlconnector.http;

import io.mlconnector.http.RemoteTable.Row;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets the world go on before each answer of a table, and notes which troubles an answer shows. */
final class WatchedTable extends PassingSet<Row> {

    /** What goes on around an answer. */
    interface Course {

        void beforeAnswer(boolean probe);

        void afterAnswer();
    }

    private final RemoteTable table;
    private final Course course;
    private final Set<Trouble> seen = EnumSet.noneOf(Trouble.class);
    private final Set<Row> overtaken = new HashSet<>();
    private Map<String, Row> before = Map.of();
    private @Nullable Instant newest;

    WatchedTable(RemoteTable table, Course course) {
        super(table);
        this.table = table;
        this.course = course;
    }

    Set<Trouble> seen() {
        return seen;
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        course.beforeAnswer(atMost == null);
        FrontierProbe<Instant> probe = super.probe(atMost);
        read(probe.newest());
        course.afterAnswer();
        return probe;
    }

    @Override
    public List<Row> pageByStamp(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        return page(
                () -> {
                    noteMoves(window, after);
                    return super.pageByStamp(window, after, size);
                },
                after);
    }

    @Override
    public List<Row> pageByKey(@Nullable List<String> after, int size) {
        return page(() -> super.pageByKey(after, size), null);
    }

    private List<Row> page(Supplier<List<Row>> answer, @Nullable FrontierCursor<Instant> after) {
        course.beforeAnswer(false);
        List<Row> rows = answer.get();
        if (after != null && !rows.isEmpty() && after.stamp().equals(rows.get(0).stamp())) {
            seen.add(Trouble.TIES);
        }
        if (table.cutLastAnswer()) {
            seen.add(Trouble.CUTS);
        }
        if (rows.stream().anyMatch(overtaken::contains)) {
            seen.add(Trouble.LATE);
        }
        rows.forEach(row -> read(row.stamp()));
        remember();
        course.afterAnswer();
        return rows;
    }

    /** What is on its way when an answer shows its stamp or a later one is late. */
    private void read(@Nullable Instant stamp) {
        if (stamp != null && (newest == null || stamp.isAfter(newest))) {
            newest = stamp;
        }
        Instant latest = newest;
        for (Row row : table.underWay()) {
            if (row.stamp() != null && latest != null && !row.stamp().isAfter(latest)) {
                overtaken.add(row);
            }
        }
    }

    private void remember() {
        before = new HashMap<>();
        table.visible().forEach(row -> before.put(row.key(), row));
    }

    private void noteMoves(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after) {
        if (after != null) {
            for (Row row : table.visible()) {
                Row earlier = before.get(row.key());
                if (earlier != null && !earlier.equals(row) && RemoteTable.isAhead(earlier, window, after)) {
                    seen.add(Trouble.MOVES);
                }
            }
        }
    }
}
