package io.mlconnector.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger keeps about the runs of a flow by its schedule. Every process plans the next one out of it, and comes to the same
 * time.
 *
 * @param began when the last run began; null if there was none
 * @param ended when it ended; null if there was none
 * @param failures how many runs have failed one after the other
 * @param pausedBy who has paused the flow; null if it is not paused
 */
record FlowState(
        @Nullable Instant began,
        @Nullable Instant ended,
        int failures,
        @Nullable String pausedBy) {

    private static final String BEGAN = "began";
    private static final String ENDED = "ended";
    private static final String FAILURES = "failures";
    private static final String PAUSED_BY = "pausedBy";
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int DOUBLINGS = 6;

    static FlowState of(Map<String, String> notes) {
        return new FlowState(
                instant(notes.get(BEGAN)),
                instant(notes.get(ENDED)),
                Integer.parseInt(notes.getOrDefault(FAILURES, "0")),
                notes.get(PAUSED_BY));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    Map<String, @Nullable String> notes() {
        var notes = new TreeMap<String, @Nullable String>();
        notes.put(BEGAN, began == null ? null : began.toString());
        notes.put(ENDED, ended == null ? null : ended.toString());
        notes.put(FAILURES, "" + failures);
        notes.put(PAUSED_BY, pausedBy);
        return notes;
    }

    FlowState ran(Instant from, Instant to, boolean well) {
        return new FlowState(from, to, well ? 0 : failures + 1, pausedBy);
    }

    FlowState paused(@Nullable String person) {
        return new FlowState(began, ended, failures, person);
    }

    boolean isPaused() {
        return pausedBy != null;
    }

    /**
     * Returns when the flow is due. After a failure that is in a minute, and after each further one in twice the time up to an hour,
     * whatever the schedule says.
     *
     * @return the time; empty if there is none
     */
    Optional<Instant> due(String flow, Schedule schedule, Instant now) {
        if (began == null || ended == null) {
            return schedule.first(now, random(flow, now));
        }
        RandomGenerator random = random(flow, ended);
        if (failures > 0) {
            return schedule.open(ended.plus(pause(random)));
        }
        Optional<Instant> next = schedule.next(began, ended, random);
        if (next.isEmpty() || !next.get().isBefore(now)) {
            return next;
        }
        return schedule.makesUpForMissed() ? schedule.open(now) : schedule.next(now, random);
    }

    private Duration pause(RandomGenerator random) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
        Duration whole = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        return whole.plusMillis(random.nextLong(whole.toMillis() / 10 + 1));
    }

    /** The same draw in every process, and another one after every run. */
    private static RandomGenerator random(String flow, Instant since) {
        return new SplittableRandom(31 * since.toEpochMilli() + flow.hashCode());
    }
}
