package io.mlconnector.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A remote set in memory, with a clock of its own: stamps that may tie, changes that become visible late, and a server that may cut its
 * answers without a word.
 */
final class RemoteTable implements FrontierSet<RemoteTable.Row, Instant> {

    record Row(String key, @Nullable Instant stamp, int value) {}

    private record Version(Row row, Instant visibleAt) {}

    static final Comparator<Row> BY_STAMP = Comparator.comparing((Row row) -> Objects.requireNonNull(row.stamp()))
            .thenComparing(Row::key);

    private static final Comparator<Row> BY_KEY = Comparator.comparing(Row::key);

    private final InstantSource clock;
    private final Map<String, List<Version>> versions = new TreeMap<>();
    private UnaryOperator<Instant> stamping = now -> now.truncatedTo(ChronoUnit.SECONDS);
    private IntSupplier cut = () -> Integer.MAX_VALUE;
    private boolean dated = true;
    private boolean cutLastAnswer;
    private int requests;
    private int values;

    /** @param clock the server's own */
    RemoteTable(InstantSource clock) {
        this.clock = clock;
    }

    /** Sets what rows are stamped with at a time of the server's clock; the default is the second. */
    void stampsBy(UnaryOperator<Instant> stamping) {
        this.stamping = stamping;
    }

    /** Sets how many rows an answer has at most, asked for each. */
    void cutAnswersAt(IntSupplier rows) {
        this.cut = rows;
    }

    /** Leaves the time out of every answer. */
    void withoutDate() {
        dated = false;
    }

    int requests() {
        return requests;
    }

    /** Whether the last answer had fewer rows than were asked for and there. */
    boolean cutLastAnswer() {
        return cutLastAnswer;
    }

    /** The stamp of a change that is made now. */
    Instant stamp() {
        return stamping.apply(clock.instant());
    }

    void write(String key, Duration delay) {
        write(key, stamp(), delay);
    }

    /** Writes a version that becomes visible after a delay; false if the row is locked by a change on its way. */
    boolean write(String key, @Nullable Instant stamp, Duration delay) {
        Instant now = clock.instant();
        List<Version> history = versions.computeIfAbsent(key, unused -> new ArrayList<>());
        boolean locked = !history.isEmpty()
                && history.get(history.size() - 1).visibleAt().isAfter(now);
        if (!locked) {
            history.add(new Version(new Row(key, stamp, ++values), now.plus(delay)));
        }
        return !locked;
    }

    void delete(String key) {
        versions.remove(key);
    }

    boolean has(String key) {
        return versions.containsKey(key);
    }

    /** How many versions were ever written. */
    int written() {
        return values;
    }

    /** The rows as anybody sees them now, by key. */
    List<Row> visible() {
        Instant now = clock.instant();
        var rows = new ArrayList<Row>(versions.size());
        for (List<Version> history : versions.values()) {
            for (int i = history.size() - 1; i >= 0; i--) {
                if (!history.get(i).visibleAt().isAfter(now)) {
                    rows.add(history.get(i).row());
                    break;
                }
            }
        }
        return rows;
    }

    /** What is written and not yet visible. */
    List<Row> underWay() {
        Instant now = clock.instant();
        var rows = new ArrayList<Row>();
        for (List<Version> history : versions.values()) {
            Version last = history.get(history.size() - 1);
            if (last.visibleAt().isAfter(now)) {
                rows.add(last.row());
            }
        }
        return rows;
    }

    @Override
    public FrontierProbe<Instant> probe(@Nullable Instant atMost) {
        requests++;
        Instant newest = null;
        for (Row row : visible()) {
            Instant stamp = row.stamp();
            if (stamp != null
                    && (atMost == null || !stamp.isAfter(atMost))
                    && (newest == null || stamp.isAfter(newest))) {
                newest = stamp;
            }
        }
        return new FrontierProbe<>(newest, dated ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : null);
    }

    @Override
    public List<Row> pageByStamp(FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after, int size) {
        return page(row -> isAhead(row, window, after), BY_STAMP, size);
    }

    @Override
    public List<Row> pageByKey(@Nullable List<String> after, int size) {
        return page(row -> after == null || row.key().compareTo(after.get(0)) > 0, BY_KEY, size);
    }

    private List<Row> page(Predicate<Row> filter, Comparator<Row> order, int size) {
        requests++;
        var rows = new ArrayList<>(visible());
        rows.removeIf(filter.negate());
        rows.sort(order);
        int most = Math.min(size, cut.getAsInt());
        cutLastAnswer = most < Math.min(size, rows.size());
        return List.copyOf(rows.subList(0, Math.min(most, rows.size())));
    }

    /** Whether a row lies in a window and behind a cursor. */
    static boolean isAhead(Row row, FrontierWindow<Instant> window, @Nullable FrontierCursor<Instant> after) {
        Instant stamp = row.stamp();
        if (stamp == null) {
            return false;
        }
        Instant from = window.from();
        Instant to = window.to();
        return (from == null || stamp.compareTo(from) >= (window.fromIncluded() ? 0 : 1))
                && (to == null || !stamp.isAfter(to))
                && (after == null || BY_STAMP.compare(row, new Row(after.key().get(0), after.stamp(), 0)) > 0);
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
