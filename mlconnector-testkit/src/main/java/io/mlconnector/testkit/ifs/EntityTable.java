package io.mlconnector.testkit.ifs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of one set. Every method is one transaction; callers that need several lock the table around them. */
final class EntityTable {

    private record LateCommit(List<Object> key, Map<String, Object> values, Instant stamp, Instant visibleAt) {}

    private final EntitySetDefinition definition;
    private final ServerClock clock;
    private final String segment;
    private final Map<List<Object>, StoredRow> rows = new LinkedHashMap<>();
    private final List<LateCommit> lateCommits = new ArrayList<>();
    private final Map<Ordering, List<StoredRow>> sorted = new HashMap<>();
    private final Map<List<Object>, Long> lastNumbers = new HashMap<>();
    private @Nullable HistoryLog history;
    private int inserted;

    EntityTable(EntitySetDefinition definition, ServerClock clock, int number) {
        this.definition = definition;
        this.clock = clock;
        this.segment = String.format(Locale.ROOT, "AAAW%02dAAGAA", number % 100);
    }

    /** Has changes of rows noted. Called before the first change. */
    void logTo(HistoryLog log) {
        history = log.covers(definition) ? log : null;
    }

    EntitySetDefinition definition() {
        return definition;
    }

    /** An immutable snapshot of the visible rows. */
    synchronized List<StoredRow> sorted(Ordering ordering) {
        applyDueCommits();
        return sorted.computeIfAbsent(ordering, wanted -> wanted.sort(List.copyOf(rows.values())));
    }

    synchronized Optional<StoredRow> find(List<Object> key) {
        applyDueCommits();
        return Optional.ofNullable(rows.get(key));
    }

    /** Whether a transaction that is not committed yet holds the row. */
    synchronized boolean isLocked(List<Object> key) {
        applyDueCommits();
        return lateCommits.stream().anyMatch(commit -> commit.key().equals(key));
    }

    /** Stores the whole row, new or not, and stamps it unless the values carry a stamp. */
    synchronized StoredRow store(Map<String, Object> values) {
        List<Object> key = key(values);
        commitAllOf(key);
        HistoryLog.Event event = changing(key);
        StoredRow stored = write(key, values, clock.stamp());
        if (history != null) {
            history.note(definition, key, event);
        }
        return stored;
    }

    synchronized Optional<StoredRow> remove(List<Object> key) {
        commitAllOf(key);
        Optional<StoredRow> removed = Optional.ofNullable(rows.remove(key));
        sorted.clear();
        if (history != null && removed.isPresent()) {
            history.note(definition, key, HistoryLog.Event.DELETE);
        }
        return removed;
    }

    /** Stamps the changes now and shows them after the delay; until then the row is locked. */
    synchronized void storeLater(Map<String, Object> values, Duration delay) {
        List<Object> key = key(values);
        commitAllOf(key);
        Instant stamp = clock.stamp();
        Map<String, Object> stamped = new LinkedHashMap<>(values);
        definition.modifiedColumn().ifPresent(column -> stamped.putIfAbsent(column, stamp));
        lateCommits.add(new LateCommit(key, stamped, stamp, clock.instant().plus(delay)));
        if (history != null) {
            history.noteLater(definition, key, changing(key), delay);
        }
    }

    private HistoryLog.Event changing(List<Object> key) {
        return rows.containsKey(key) ? HistoryLog.Event.UPDATE : HistoryLog.Event.INSERT;
    }

    /** The next free number of the assigned key column for rows that share the other keys. */
    synchronized long nextNumber(Column assigned, Map<String, Object> values) {
        List<Object> others = definition.keys().stream()
                .filter(column -> !column.equals(assigned))
                .map(column -> (Object) String.valueOf(values.get(column.name())))
                .toList();
        long next = lastNumbers.getOrDefault(others, definition.firstNumber(assigned) - 1) + 1;
        while (isTaken(assigned, values, next)) {
            next++;
        }
        lastNumbers.put(others, next);
        return next;
    }

    private boolean isTaken(Column assigned, Map<String, Object> values, long number) {
        Map<String, Object> candidate = new HashMap<>(values);
        candidate.put(assigned.name(), numberAs(assigned.type(), number));
        if (definition.keyNames().stream().allMatch(candidate::containsKey)) {
            return rows.containsKey(key(candidate));
        }
        List<String> given =
                definition.keyNames().stream().filter(candidate::containsKey).toList();
        return rows.values().stream()
                .anyMatch(stored -> given.stream()
                        .allMatch(
                                name -> candidate.get(name).equals(stored.row().value(name))));
    }

    static Object numberAs(EdmType type, long number) {
        if (type == EdmType.STRING) {
            return Long.toString(number);
        }
        return type == EdmType.INT32 ? (Object) Math.toIntExact(number) : (Object) number;
    }

    private List<Object> key(Map<String, Object> values) {
        List<Object> key = new ArrayList<>();
        for (Column column : definition.keys()) {
            Object value = values.get(column.name());
            if (value == null) {
                throw new IllegalArgumentException("a row of " + definition + " needs " + column.name());
            }
            key.add(value);
        }
        return List.copyOf(key);
    }

    private StoredRow write(List<Object> key, Map<String, Object> values, Instant stamp) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (Column column : definition.columns()) {
            Object value = values.get(column.name());
            if (value != null) {
                ordered.put(column.name(), value);
            }
        }
        definition.initialState().ifPresent(state -> ordered.putIfAbsent(Column.STATE.name(), state));
        definition.modifiedColumn().ifPresent(column -> ordered.putIfAbsent(column, stamp));
        Instant version = definition
                .modifiedColumn()
                .map(ordered::get)
                .map(Instant.class::cast)
                .orElse(stamp);
        StoredRow known = rows.get(key);
        String address = known == null ? nextAddress() : known.address();
        StoredRow stored = new StoredRow(key, new IfsRow(ordered), address, version);
        rows.put(key, stored);
        sorted.clear();
        return stored;
    }

    private String nextAddress() {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        StringBuilder address = new StringBuilder(segment);
        for (int shift = 30; shift >= 0; shift -= 6) {
            address.append(digits.charAt((inserted >> shift) & 63));
        }
        inserted++;
        return address.toString();
    }

    private void applyDueCommits() {
        if (lateCommits.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<LateCommit> due = lateCommits.stream()
                .filter(commit -> !commit.visibleAt().isAfter(now))
                .toList();
        due.forEach(this::apply);
    }

    private void commitAllOf(List<Object> key) {
        applyDueCommits();
        lateCommits.stream().filter(commit -> commit.key().equals(key)).toList().forEach(this::apply);
    }

    private void apply(LateCommit commit) {
        lateCommits.remove(commit);
        StoredRow known = rows.get(commit.key());
        Map<String, Object> merged =
                known == null ? new HashMap<>() : new HashMap<>(known.row().values());
        merged.putAll(commit.values());
        write(commit.key(), merged, commit.stamp());
    }
}
