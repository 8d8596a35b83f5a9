package io.mlconnector.http;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A poller beside writers. Between any two polls rows are written and time passes; now and then the poller crashes and goes on
 * from the position it had kept before the crash.
 */
final class PollingModel {

    static final Duration LATEST = Duration.ofSeconds(8);

    /** What happens before a poll. */
    record Step(int writes, int millis, boolean crash) {}

    record Setup(
            int rows, int pageSize, int cut, boolean loadByKey, Duration overlap, boolean endsOnShortPage, long dice) {}

    private final Setup setup;
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final RemoteTable table = new RemoteTable(time);
    private final Map<String, Integer> delivered = new HashMap<>();
    private String position = Frontier.START;
    private String kept = Frontier.START;

    PollingModel(Setup setup) {
        this.setup = setup;
        this.random = new Random(setup.dice());
        table.cutAnswersAt(setup.cut());
    }

    /** Runs the steps and two quiet cycles, and returns the rows whose last version never arrived. */
    List<RemoteTable.Row> lostAfter(List<Step> steps) {
        for (int i = 0; i < setup.rows() / 2; i++) {
            table.write(key(i), Duration.ZERO);
        }
        for (Step step : steps) {
            for (int i = 0; i < step.writes(); i++) {
                Duration delay =
                        random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextLong(LATEST.toMillis()));
                table.write(key(random.nextInt(setup.rows())), delay);
            }
            time.advance(Duration.ofMillis(step.millis()));
            if (step.crash()) {
                position = kept;
            }
            poll();
        }
        time.advance(LATEST.plusSeconds(1));
        cycle();
        cycle();
        return table.visible().stream()
                .filter(row -> delivered.getOrDefault(row.key(), 0) != row.value())
                .toList();
    }

    private void cycle() {
        boolean last = poll();
        for (int polls = 0; !last; polls++) {
            if (polls > 10_000) {
                throw new AssertionError("a cycle does not end");
            }
            last = poll();
        }
    }

    private boolean poll() {
        // A new one each time: nothing may hang on the object.
        FrontierPage<RemoteTable.Row> page = frontier().poll(position);
        for (RemoteTable.Row row : page.rows()) {
            delivered.merge(row.key(), row.value(), Math::max);
        }
        if (random.nextBoolean()) {
            kept = position;
        }
        position = page.next();
        return page.last();
    }

    private Frontier<RemoteTable.Row, Instant> frontier() {
        FrontierSet<RemoteTable.Row, Instant> set = setup.endsOnShortPage() ? new EndsOnShortPage() : table;
        return Frontier.builder("rows", set, StampKind.time(setup.overlap()))
                .pageSize(setup.pageSize())
                .loadByKey(setup.loadByKey())
                .clock(time)
                .build();
    }

    private static String key(int number) {
        return "K" + (1000 + number);
    }

    private @Nullable FrontierCursor<Instant> endAfter;
    private @Nullable List<String> endAfterKey;

    /** Behaves as if the frontier took a page with fewer rows than it asked for as the last one. */
    private final class EndsOnShortPage implements FrontierSet<RemoteTable.Row, Instant> {

        @Override
        public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
            return table.probe(atMost);
        }

        @Override
        public List<RemoteTable.Row> pageByStamp(
                FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
            if (after != null && after.equals(endAfter)) {
                return List.of();
            }
            List<RemoteTable.Row> rows = table.pageByStamp(window, after, size);
            RemoteTable.Row last = rows.isEmpty() || rows.size() == size ? null : rows.get(rows.size() - 1);
            Instant stamp = last == null ? null : last.stamp();
            endAfter = last == null || stamp == null ? null : new FrontierCursor<>(stamp, List.of(last.key()));
            return rows;
        }

        @Override
        public List<RemoteTable.Row> pageByKey(@Nullable List<String> after, int size) {
            if (after != null && after.equals(endAfterKey)) {
                return List.of();
            }
            List<RemoteTable.Row> rows = table.pageByKey(after, size);
            endAfterKey = rows.isEmpty() || rows.size() == size
                    ? null
                    : List.of(rows.get(rows.size() - 1).key());
            return rows;
        }

        @Override
        public @Nullable Instant stampOf(RemoteTable.Row row) {
            return row.stamp();
        }

        @Override
        public List<String> keyOf(RemoteTable.Row row) {
            return List.of(row.key());
        }
    }
}
