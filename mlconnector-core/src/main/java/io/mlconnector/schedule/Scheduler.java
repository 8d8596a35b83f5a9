package io.mlconnector.schedule;

import static java.util.Objects.requireNonNull;

import io.mlconnector.engine.SyncEngine;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the flows of an engine by their schedules. Safe for threads.
 *
 * <p>A flow never runs beside itself. Flows from one connection to another run one after the other, referenced records first, and
 * so do the two ways of a two-way flow; others run side by side. A run that failed is tried again after a minute, then after twice as long each time up to an hour,
 * and keeps no other flow from running. A flow that another process runs is waited for; when that process dies, this one takes
 * over within seconds. When flows ran and which are paused is kept in the ledger, so that a restart goes on where it
 * stopped, and processes that share a ledger share its schedules.
 *
 * <pre>{@code
 * try (Scheduler scheduler = Scheduler.of(engine, ledger)
 *         .add("customers", Schedule.every(Duration.ofMinutes(10)))
 *         .add("invoices", Schedule.cron("0 7 * * 1-5", ZoneId.of("Europe/Stockholm")))
 *         .build()) {
 *     scheduler.start();
 *     ...
 * }
 * }</pre>
 */
public final class Scheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    /** Somebody may set the clock meanwhile, or the machine sleep. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final SyncEngine engine;
    private final InstantSource clock;
    private final StateStore store;
    private final Roster roster;
    private final Duration drainWait;
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService workers;
    private volatile boolean started;
    private @Nullable Future<?> nextTick;

    private Scheduler(Builder builder) {
        this.engine = builder.engine;
        this.clock = builder.clock;
        this.drainWait = builder.drainWait;
        this.timer = new ScheduledThreadPoolExecutor(1, daemons("mlconnector-timer"));
        this.workers = Executors.newFixedThreadPool(builder.threads, daemons("mlconnector-run"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
        this.store = new StateStore(builder.ledger, clock, builder.sleeper);
        this.roster = new Roster(builder.scheduled(), engine::run, store, clock, builder.threads, workers, this::wake);
    }

    /**
     * Starts a scheduler.
     *
     * @param engine runs the flows; close it after the scheduler
     * @param ledger the engine's ledger
     * @return a builder
     */
    public static Builder of(SyncEngine engine, Ledger ledger) {
        return new Builder(requireNonNull(engine, "engine"), requireNonNull(ledger, "ledger"));
    }

    /** Runs flows from now on, until the scheduler is closed. */
    public void start() {
        started = true;
        wake();
    }

    /**
     * Has a flow run as soon as its turn comes, paused or not, on a closed day or not; once more if it is running. Nothing runs
     * before {@link #start}.
     *
     * @param flow a flow with a schedule
     * @throws IllegalArgumentException if it has none
     */
    public void runNow(String flow) {
        roster.runNow(flow);
        wake();
    }

    /**
     * Pauses a flow: it does not run by its schedule until it is resumed, in no process and after no restart. A run that is going
     * on comes to its end. Other processes notice it when the flow is due.
     *
     * @param flow a flow with a schedule
     * @param person who says so, for the audit
     * @throws IllegalArgumentException if the flow has no schedule
     */
    public void pause(String flow, String person) {
        store.pause(roster.flow(flow).name, requireNonNull(person, "person"));
        roster.consult(flow);
        wake();
    }

    /**
     * Resumes a flow. Runs that it missed are made up for as its schedule says. Other processes notice it within seconds.
     *
     * @param flow a flow with a schedule
     * @param person who says so, for the audit
     * @throws IllegalArgumentException if the flow has no schedule
     */
    public void resume(String flow, String person) {
        store.resume(roster.flow(flow).name, requireNonNull(person, "person"));
        roster.consult(flow);
        wake();
    }

    /**
     * Returns how the schedules stand, out of the ledger. May be asked without {@link #start}.
     *
     * @return a status per flow with a schedule, in the order in which flows run
     */
    public List<ScheduleStatus> status() {
        return roster.status();
    }

    /**
     * Begins nothing more, has running passes end after the page that they are at, and waits for them. Those that take longer than
     * agreed are interrupted and have as long again; what they had sent by then is looked up when the flow runs next. The
     * engine runs no passes any more, and is still to be closed.
     */
    @Override
    public void close() {
        roster.close();
        timer.shutdownNow();
        engine.drain();
        workers.shutdown();
        if (!ended(drainWait)) {
            LOG.warn("flows are interrupted, because their page has not ended within {}", drainWait);
            workers.shutdownNow();
            if (!ended(drainWait)) {
                LOG.warn("a flow waits for an answer still, and is left behind");
            }
        }
    }

    private boolean ended(Duration wait) {
        try {
            return workers.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void wake() {
        if (!started) {
            return;
        }
        try {
            timer.execute(this::tick);
        } catch (RejectedExecutionException e) {
            LOG.debug("nothing more begins, because the scheduler is closed");
        }
    }

    /** On the timer's thread alone. */
    private void tick() {
        Duration wait = LONGEST_WAIT;
        try {
            Instant next = roster.tick();
            Instant now = clock.instant();
            if (next.isBefore(now.plus(LONGEST_WAIT))) {
                wait = Duration.between(now, next);
            }
        } catch (RuntimeException e) {
            LOG.error("the schedules are looked at again in {}", wait, e);
        }
        if (nextTick != null) {
            nextTick.cancel(false);
        }
        try {
            nextTick = timer.schedule(this::tick, Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("nothing more begins, because the scheduler is closed");
        }
    }

    private static ThreadFactory daemons(String prefix) {
        var count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Builds a scheduler. For one thread. */
    public static final class Builder {

        private final SyncEngine engine;
        private final Ledger ledger;
        private final Map<String, Schedule> schedules = new LinkedHashMap<>();
        private InstantSource clock = InstantSource.system();
        private Sleeper sleeper = Sleeper.REAL;
        private int threads = 4;
        private Duration drainWait = Duration.ofMinutes(1);

        private Builder(SyncEngine engine, Ledger ledger) {
            this.engine = engine;
            this.ledger = ledger;
        }

        /**
         * Adds a flow.
         *
         * @param flow the name of a flow of the engine
         * @param schedule when it runs
         * @return this builder
         * @throws IllegalArgumentException if the engine has no such flow
         */
        public Builder add(String flow, Schedule schedule) {
            if (schedules.putIfAbsent(engine.flow(flow).name(), requireNonNull(schedule, "schedule")) != null) {
                throw new ConfigurationException("flow " + flow + " has two schedules");
            }
            return this;
        }

        /**
         * Sets how many flows run at once. Default 4.
         *
         * @param most from 1 to 64
         * @return this builder
         */
        public Builder threads(int most) {
            if (most < 1 || most > 64) {
                throw new IllegalArgumentException("threads must be from 1 to 64: " + most);
            }
            threads = most;
            return this;
        }

        /**
         * Sets how long {@link Scheduler#close} waits for the pages that are being written. Default one minute.
         *
         * @param longest not negative
         * @return this builder
         */
        public Builder drainWait(Duration longest) {
            if (longest.isNegative()) {
                throw new IllegalArgumentException("drainWait must not be negative: " + longest);
            }
            drainWait = longest;
            return this;
        }

        /**
         * Sets the clock. Default: the system's.
         *
         * @param newClock tells the time
         * @return this builder
         */
        public Builder clock(InstantSource newClock) {
            clock = requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Sets how to wait. Default: really.
         *
         * @param newSleeper waits
         * @return this builder
         */
        public Builder sleeper(Sleeper newSleeper) {
            sleeper = requireNonNull(newSleeper, "newSleeper");
            return this;
        }

        /**
         * Returns the scheduler, which does nothing before it is started.
         *
         * @return the scheduler
         * @throws ConfigurationException naming every flow that is never due
         */
        public Scheduler build() {
            var faults = new ArrayList<String>();
            schedules.forEach((flow, schedule) -> {
                if (schedule.next(clock.instant(), new SplittableRandom(0)).isEmpty()) {
                    faults.add("flow " + flow + " is never due: " + schedule);
                }
            });
            if (!faults.isEmpty()) {
                throw new ConfigurationException(faults);
            }
            return new Scheduler(this);
        }

        private List<ScheduledFlow> scheduled() {
            return engine.flows().stream()
                    .filter(schedules::containsKey)
                    .map(flow -> new ScheduledFlow(engine.flow(flow), requireNonNull(schedules.get(flow))))
                    .toList();
        }
    }
}
