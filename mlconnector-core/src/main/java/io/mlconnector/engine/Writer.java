package io.mlconnector.engine;

import io.mlconnector.http.Backoff;
import io.mlconnector.model.BusinessRecord;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Sink;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.spi.Write;
import io.mlconnector.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends writes in parallel lanes. A record key always takes the same lane. When a lane meets a dead system, the others
 * stop before their next call.
 */
final class Writer<T extends BusinessRecord> implements AutoCloseable {

    private static final Backoff THROTTLED = Backoff.ofDefaults().withAttempts(8);

    private final Sink<T> sink;
    private final Runnable leaseCheck;
    private final Surroundings surroundings;
    private final RunWork work;
    private final int lanes;
    private final int conflictRounds;
    private final ExecutorService executor;

    /** The check throws if the flow is another process's by now; it is made before every call. */
    Writer(
            Flow<T> flow,
            Sink<T> sink,
            Runnable leaseCheck,
            Surroundings surroundings,
            RunWork work,
            int conflictRounds) {
        this.sink = sink;
        this.leaseCheck = leaseCheck;
        this.surroundings = surroundings;
        this.work = work;
        this.lanes = flow.lanes();
        this.conflictRounds = conflictRounds;
        this.executor = surroundings.workers().open("mlconnector-" + flow.name(), lanes);
    }

    /**
     * Sends every write once, and again where that is safe. On return each effect has an outcome, or none if it was not
     * sent because the system is dead.
     *
     * @return what stopped the lanes; null if nothing did
     */
    @Nullable RuntimeException write(List<Effect<T>> batch) {
        var stopped = new AtomicBoolean();
        var running = new ArrayList<Future<?>>();
        for (List<Effect<T>> lane : intoLanes(batch)) {
            running.add(executor.submit(() -> work.named(() -> runLane(lane, stopped))));
        }
        RuntimeException failure = null;
        for (Future<?> lane : running) {
            RuntimeException fault = await(lane);
            failure = failure == null ? fault : failure;
        }
        return failure;
    }

    /** Sends one write on the calling thread. */
    void writeNow(Effect<T> effect) {
        send(List.of(effect));
    }

    private List<List<Effect<T>>> intoLanes(List<Effect<T>> batch) {
        var byLane = new ArrayList<List<Effect<T>>>();
        for (int lane = 0; lane < lanes; lane++) {
            byLane.add(new ArrayList<>());
        }
        for (Effect<T> effect : batch) {
            byLane.get(Math.floorMod(effect.intent().source().hashCode(), lanes))
                    .add(effect);
        }
        byLane.removeIf(List::isEmpty);
        return byLane;
    }

    /** Returns the lane. */
    private List<Effect<T>> runLane(List<Effect<T>> lane, AtomicBoolean stopped) {
        int size = Math.max(1, sink.maxBatch());
        for (int from = 0; from < lane.size() && !stopped.get(); from += size) {
            try {
                send(lane.subList(from, Math.min(from + size, lane.size())));
            } catch (RuntimeException e) {
                stopped.set(true);
                throw e;
            }
        }
        return lane;
    }

    private void send(List<Effect<T>> group) {
        List<Effect<T>> waiting = new ArrayList<>(group);
        for (int attempt = 1; !waiting.isEmpty(); attempt++) {
            sendOnce(waiting);
            Duration pause = Duration.ZERO;
            var again = new ArrayList<Effect<T>>();
            for (Effect<T> effect : waiting) {
                if (effect.outcome() instanceof WriteOutcome.Throttled throttled) {
                    again.add(effect);
                    pause = longer(pause, throttled.retryAfter());
                } else if (effect.outcome() instanceof WriteOutcome.Conflicted conflicted) {
                    if (attempt < conflictRounds) {
                        again.add(effect);
                    } else {
                        effect.ended(
                                WriteOutcome.Deferred.later("changed at the target during " + attempt
                                        + (attempt == 1 ? " try: " : " tries: ") + conflicted.detail()),
                                now());
                    }
                }
            }
            if (!again.isEmpty()) {
                if (attempt >= THROTTLED.attempts()) {
                    again.forEach(Effect::unsent);
                    throw new UnavailableException(
                            flowLabel(group) + " is still throttled after " + attempt + " tries",
                            MlConnectorException.Details.NONE);
                }
                surroundings.pause(longer(pause, THROTTLED.delay(attempt, surroundings.random())));
            }
            waiting = again;
        }
    }

    private void sendOnce(List<Effect<T>> group) {
        leaseCheck.run();
        List<Write<T>> writes = group.stream().map(Effect::write).toList();
        group.forEach(Effect::sent);
        List<WriteOutcome> outcomes;
        try {
            outcomes = work.batch(group.get(0).intent().source(), group.size(), () -> sink.write(writes));
        } catch (UnavailableException | AuthenticationException e) {
            group.forEach(Effect::unsent); // the contract: nothing of the batch was written
            throw e;
        } catch (RuntimeException e) {
            // A defect of the adapter says nothing about what was sent: the effect is looked up like any lost answer.
            surroundings.log().warn("the sink failed unexpectedly; its writes will be looked up", e);
            group.forEach(effect -> effect.ended(new WriteOutcome.Ambiguous("the adapter failed: " + e), now()));
            return;
        }
        if (outcomes.size() != writes.size()) {
            group.forEach(effect -> effect.ended(
                    new WriteOutcome.Ambiguous(
                            "the adapter returned " + outcomes.size() + " outcomes for " + writes.size() + " writes"),
                    now()));
            return;
        }
        for (int i = 0; i < outcomes.size(); i++) {
            group.get(i).ended(outcomes.get(i), now());
        }
    }

    private static @Nullable RuntimeException await(Future<?> lane) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    lane.get();
                    return null;
                } catch (ExecutionException e) {
                    return e.getCause() instanceof RuntimeException fault
                            ? fault
                            : new IllegalStateException("a lane died", e.getCause());
                } catch (InterruptedException e) {
                    interrupted = true; // calls in flight are awaited, so that their outcome is known
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T extends BusinessRecord> String flowLabel(List<Effect<T>> group) {
        return "flow " + group.get(0).intent().flow();
    }

    private Instant now() {
        return surroundings.clock().instant();
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
