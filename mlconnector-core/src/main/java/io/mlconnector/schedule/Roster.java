package io.mlconnector.schedule;

import io.mlconnector.engine.FlowReport;
import io.mlconnector.spi.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which flow runs when: what is due begins, a flow never beside itself, those that take turns in the order of their references,
 * and only so many at once. Knows the time and no timer. Safe for threads.
 */
final class Roster {

    /** How soon it is noticed that somebody else has resumed a flow, or gives it up, or that the ledger answers again. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    private final List<ScheduledFlow> flows;
    private final Function<String, FlowReport> run;
    private final StateStore store;
    private final InstantSource clock;
    private final int threads;
    private final Executor workers;
    private final Runnable wake;
    private int running;
    private boolean closing;

    /**
     * Makes a roster.
     *
     * @param flows in the order of their references
     * @param run runs a flow to the end of its pass
     * @param workers runs what it is given soon, and not while it is given it
     * @param wake sees to it that {@link #tick} is called soon
     */
    Roster(
            List<ScheduledFlow> flows,
            Function<String, FlowReport> run,
            StateStore store,
            InstantSource clock,
            int threads,
            Executor workers,
            Runnable wake) {
        this.flows = List.copyOf(flows);
        this.run = run;
        this.store = store;
        this.clock = clock;
        this.threads = threads;
        this.workers = workers;
        this.wake = wake;
    }

    /** Begins what is due, and returns when something will be due next. */
    synchronized Instant tick() {
        Instant now = clock.instant();
        flows.stream().filter(flow -> isDue(flow, now)).forEach(flow -> consult(flow, now));
        var due =
                new ArrayList<>(flows.stream().filter(flow -> isDue(flow, now)).toList());
        due.sort(Comparator.comparing(flow -> flow.due)); // stable: of one time, in the order of the references
        for (ScheduledFlow flow : due) {
            if (!closing && running < threads && !mustWait(flow)) {
                begin(flow);
            }
        }
        return flows.stream()
                .filter(flow -> !flow.running && flow.due.isAfter(now))
                .map(flow -> flow.due)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static boolean isDue(ScheduledFlow flow, Instant now) {
        return !flow.running && !flow.due.isAfter(now);
    }

    private boolean mustWait(ScheduledFlow flow) {
        return flows.stream().anyMatch(other -> other.running && other.takesTurnsWith(flow));
    }

    /** Looks into the ledger, where another process may have run or paused the flow meanwhile. */
    private void consult(ScheduledFlow flow, Instant now) {
        FlowState state;
        try {
            state = store.read(flow.name);
        } catch (LedgerException e) {
            tellOnce(flow, "the ledger does not tell how it stands", e);
            flow.lookAgain(now.plus(LOOK_AGAIN));
            return;
        }
        if (flow.asked) {
            return;
        }
        if (state.isPaused()) {
            flow.lookAgain(now.plus(LOOK_AGAIN));
        } else if (!state.equals(flow.planned)) {
            flow.plan(state, now);
        }
    }

    private void begin(ScheduledFlow flow) {
        boolean asked = flow.asked;
        Instant began = clock.instant();
        flow.running = true;
        flow.asked = false;
        flow.due = began.plus(LOOK_AGAIN); // if it should die without a word
        running++;
        workers.execute(() -> {
            boolean done = false;
            try {
                done = ran(flow, began);
            } finally {
                end(flow, asked && !done);
                wake.run();
            }
        });
    }

    /** Returns whether the flow has run, well or not. */
    private boolean ran(ScheduledFlow flow, Instant began) {
        boolean well = false;
        try {
            FlowReport report = run.apply(flow.name);
            well = report.completed();
            if (!well && isClosing()) {
                return true; // it goes on after the restart, as if this run had not been
            }
        } catch (LedgerException | IllegalStateException e) {
            tellOnce(flow, "it runs elsewhere, or the ledger fails", e);
            waitFor(flow);
            return false;
        } catch (RuntimeException e) {
            LOG.error("flow {} failed by a defect", flow.name, e);
        }
        try {
            FlowState state = store.ran(flow.name, began, clock.instant(), well);
            plan(flow, state);
        } catch (LedgerException e) {
            tellOnce(flow, "the ledger does not keep that it has run", e);
            waitFor(flow);
        }
        return true;
    }

    private synchronized void plan(ScheduledFlow flow, FlowState state) {
        flow.waits = false;
        flow.plan(state, clock.instant());
    }

    private synchronized void waitFor(ScheduledFlow flow) {
        flow.due = clock.instant().plus(LOOK_AGAIN);
    }

    private synchronized void end(ScheduledFlow flow, boolean stillAsked) {
        flow.running = false;
        running--;
        if (flow.asked) {
            flow.due = clock.instant();
        }
        flow.asked |= stillAsked;
    }

    private synchronized void tellOnce(ScheduledFlow flow, String what, RuntimeException e) {
        if (!flow.waits) {
            LOG.warn("flow {} waits, and is tried every {}: {}: {}", flow.name, LOOK_AGAIN, what, e.getMessage());
            flow.waits = true;
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    /** Begins nothing more. */
    synchronized void close() {
        closing = true;
    }

    /** Has a flow run as soon as it can, or once more if it is running. */
    synchronized void runNow(String flow) {
        ScheduledFlow found = flow(flow);
        found.asked = true;
        if (!found.running) {
            found.due = clock.instant();
        }
    }

    /** Looks at a flow anew, whose state was changed in this process. */
    synchronized void consult(String flow) {
        ScheduledFlow found = flow(flow);
        if (!found.running) {
            found.lookAgain(clock.instant());
        }
    }

    synchronized List<ScheduleStatus> status() {
        return flows.stream().map(this::status).toList();
    }

    private ScheduleStatus status(ScheduledFlow flow) {
        FlowState state = store.read(flow.name);
        Instant now = clock.instant();
        Instant next = null;
        if (flow.running || flow.asked) {
            next = now;
        } else if (!state.isPaused()) {
            next = state.equals(flow.planned)
                    ? flow.due
                    : state.due(flow.name, flow.schedule, now).orElse(null);
        }
        return new ScheduleStatus(
                flow.name,
                flow.schedule.toString(),
                next,
                flow.running,
                state.pausedBy(),
                state.began(),
                state.ended(),
                state.failures());
    }

    ScheduledFlow flow(String name) {
        return flows.stream()
                .filter(flow -> flow.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("flow '" + name + "' has no schedule; those that have: "
                        + flows.stream().map(flow -> flow.name).toList()));
    }
}
