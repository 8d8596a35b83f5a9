package io.mlconnector.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a flow runs by itself. Immutable.
 *
 * <pre>{@code
 * Schedule.every(Duration.ofMinutes(10))
 * Schedule.cron("0 7 * * 1-5", ZoneId.of("Europe/Stockholm")).within(apCalendar, Closed.SKIP)
 * }</pre>
 */
public final class Schedule {

    /** What becomes of a run that is due in a closed time of the calendar. */
    public enum Closed {
        /** It moves to the next open moment. */
        MOVE,
        /** It is left out; the next one is the first that is due in an open time. */
        SKIP
    }

    /** What becomes of runs that were missed, because the process was down, the flow paused or an earlier run still going. */
    public enum Missed {
        /** They are made up for by one run, now. */
        RUN,
        /** They are left out. */
        SKIP
    }

    private static final int MOST_CLOSED_TIMES = 1_000;

    private final Times times;
    private final Duration jitter;
    private final @Nullable WorkCalendar calendar;
    private final Closed closed;
    private final Missed missed;

    private Schedule(Times times, Duration jitter, @Nullable WorkCalendar calendar, Closed closed, Missed missed) {
        this.times = times;
        this.jitter = jitter;
        this.calendar = calendar;
        this.closed = closed;
        this.missed = missed;
    }

    /**
     * Returns a schedule with a fixed pause after each run, and a jitter of a tenth of it. A flow that never ran begins at once.
     *
     * @param pause from the end of a run to the next one, from one second to ten years
     * @return the schedule
     */
    public static Schedule every(Duration pause) {
        return of(new PauseTimes(requireNonNull(pause, "pause"))).withJitter(pause.dividedBy(10));
    }

    /**
     * Returns a schedule with the times of a cron expression, without jitter. Needs {@code com.cronutils:cron-utils} on the class
     * path.
     *
     * <p>A time of day that the wall clock leaves out in spring comes at the moment of the change, and one that it shows twice in
     * autumn comes once. An expression whose hour is {@code *} keeps its rhythm through both changes.
     *
     * @param expression five fields as in crontab (minute, hour, day, month, weekday), or six or seven as in Quartz (second first; with
     *     {@code L}, {@code W}, {@code #} and {@code ?})
     * @param zone whose wall clock counts
     * @return the schedule
     * @throws IllegalArgumentException if it is no cron expression, or the parser is missing
     */
    public static Schedule cron(String expression, ZoneId zone) {
        requireNonNull(expression, "expression");
        requireNonNull(zone, "zone");
        try {
            return of(CronTimes.parse(expression, zone));
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    "a cron expression needs com.cronutils:cron-utils on the class path: '" + expression + "'", e);
        }
    }

    private static Schedule of(Times times) {
        return new Schedule(times, Duration.ZERO, null, Closed.MOVE, Missed.RUN);
    }

    /**
     * Returns this schedule with another jitter, so that many installations do not call at once.
     *
     * @param most how much each time is put off at random at most, not negative
     * @return the schedule
     */
    public Schedule withJitter(Duration most) {
        if (most.isNegative()) {
            throw new IllegalArgumentException("the jitter of a schedule must not be negative: " + most);
        }
        return new Schedule(times, most, calendar, closed, missed);
    }

    /**
     * Returns this schedule within the open times of a calendar. A run that has begun goes on past closing.
     *
     * @param openTimes the calendar
     * @param policy what becomes of a run that is due when it is closed
     * @return the schedule
     */
    public Schedule within(WorkCalendar openTimes, Closed policy) {
        return new Schedule(
                times, jitter, requireNonNull(openTimes, "openTimes"), requireNonNull(policy, "policy"), missed);
    }

    /**
     * Returns this schedule with another policy about missed runs. Default {@link Missed#RUN}.
     *
     * @param policy what becomes of them
     * @return the schedule
     */
    public Schedule missed(Missed policy) {
        return new Schedule(times, jitter, calendar, closed, requireNonNull(policy, "policy"));
    }

    /**
     * Returns the next time: later than an instant, and in an open time of the calendar.
     *
     * @param after the instant
     * @param random draws the jitter, which is left out where it would lead into a closed time
     * @return the time; empty if there is none, such as on 30 February
     */
    public Optional<Instant> next(Instant after, RandomGenerator random) {
        Optional<Instant> time = times.next(after);
        for (int i = 0; i < MOST_CLOSED_TIMES && time.isPresent(); i++) {
            Optional<Instant> open = open(time.get());
            if (open.isEmpty() || open.equals(time) || closed == Closed.MOVE) {
                return open.map(found -> late(found, random));
            }
            time = times.resume(time.get(), open.get());
        }
        return Optional.empty();
    }

    /** Returns the time after a run. */
    Optional<Instant> next(Instant began, Instant ended, RandomGenerator random) {
        return next(times.base(began, ended), random);
    }

    /** Returns the first open moment that is not before an instant. */
    Optional<Instant> open(Instant instant) {
        return calendar == null ? Optional.of(instant) : calendar.nextOpen(instant);
    }

    /** Returns the first time of a flow that never ran. */
    Optional<Instant> first(Instant now, RandomGenerator random) {
        return times.beginsAtOnce() ? open(now) : next(now, random);
    }

    boolean makesUpForMissed() {
        return missed == Missed.RUN;
    }

    private Instant late(Instant time, RandomGenerator random) {
        Instant later = time.plusMillis(random.nextLong(jitter.toMillis() + 1));
        return calendar == null || calendar.isOpen(later) ? later : time;
    }

    @Override
    public String toString() {
        return times
                + (jitter.isZero() ? "" : ", up to " + jitter + " later")
                + (calendar == null ? "" : ", within " + calendar);
    }
}
