package io.mlconnector.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What an engine remembers of its runs, for health and progress. Safe for threads. */
final class Pulse implements SyncListener {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, OfFlow> flows = new ConcurrentHashMap<>();

    Pulse(InstantSource clock) {
        this.clock = clock;
    }

    OfFlow of(String flow) {
        return flows.computeIfAbsent(flow, name -> new OfFlow());
    }

    @Override
    public void runStarted(String flow, String run) {
        of(flow).started(run, clock.instant());
    }

    @Override
    public void pageRead(PageRead page) {
        of(page.flow()).read(page, clock.instant());
    }

    @Override
    public void pageSettled(FlowReport soFar) {
        of(soFar.flow()).settled(soFar.polled(), clock.instant());
    }

    @Override
    public void runEnded(FlowReport report) {
        of(report.flow()).ended(report, clock.instant());
    }

    /** What is remembered of one flow. */
    static final class OfFlow {

        private @Nullable Instant lastSuccessAt;
        private int failuresInARow;
        private @Nullable String lastFailure;
        private boolean balanced = true;

        /** What had happened at the source by then is at the target. */
        private @Nullable Instant inStepUntil;

        private @Nullable Instant inStepNext;
        private @Nullable Running running;

        private synchronized void started(String run, Instant now) {
            running = new Running(run, now);
            inStepNext = null;
        }

        private synchronized void read(PageRead page, Instant now) {
            inStepNext = page.behind().map(now::minus).orElse(null);
        }

        private synchronized void settled(long records, Instant now) {
            if (inStepNext != null) {
                inStepUntil = inStepNext;
            }
            if (running != null) {
                running.settled(records, now);
            }
        }

        private synchronized void ended(FlowReport report, Instant now) {
            running = null;
            balanced = report.balanced();
            lastFailure = report.failure();
            if (report.completed()) {
                lastSuccessAt = now;
                failuresInARow = 0;
            } else {
                failuresInARow++;
            }
        }

        synchronized @Nullable Instant lastSuccessAt() {
            return lastSuccessAt;
        }

        synchronized int failuresInARow() {
            return failuresInARow;
        }

        synchronized @Nullable String lastFailure() {
            return lastFailure;
        }

        synchronized boolean balanced() {
            return balanced;
        }

        synchronized @Nullable Duration behind(Instant now) {
            return inStepUntil == null ? null : Duration.between(inStepUntil, now);
        }

        synchronized @Nullable Running running() {
            return running;
        }
    }

    /** A run on its way. */
    static final class Running {

        private final String run;
        private final Instant startedAt;
        private final Deque<Sample> samples = new ArrayDeque<>();

        /** How many records the run will have read at its end; null until somebody has asked. */
        private @Nullable OptionalLong expected;

        private record Sample(Instant at, long records) {}

        Running(String run, Instant startedAt) {
            this.run = run;
            this.startedAt = startedAt;
            samples.add(new Sample(startedAt, 0));
        }

        private synchronized void settled(long records, Instant now) {
            samples.add(new Sample(now, records));
            while (samples.size() > 2 && Duration.between(second().at(), now).compareTo(WINDOW) > 0) {
                samples.remove();
            }
        }

        private Sample second() {
            return samples.stream().skip(1).findFirst().orElseThrow();
        }

        String run() {
            return run;
        }

        synchronized long records() {
            return samples.getLast().records();
        }

        synchronized @Nullable OptionalLong expected() {
            return expected;
        }

        synchronized void expect(OptionalLong records) {
            expected = records;
        }

        synchronized Progress progress(String flow) {
            Sample first = samples.getFirst();
            Sample newest = samples.getLast();
            double seconds = Duration.between(first.at(), newest.at()).toNanos() / 1e9;
            OptionalLong remaining = expected == null || expected.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.max(0, expected.getAsLong() - newest.records()));
            return new Progress(
                    flow,
                    run,
                    startedAt,
                    newest.records(),
                    seconds > 0 ? (newest.records() - first.records()) / seconds : 0,
                    remaining);
        }
    }
}
