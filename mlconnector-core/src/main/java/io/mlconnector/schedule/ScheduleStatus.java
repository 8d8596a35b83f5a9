package io.mlconnector.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the schedule of a flow stands.
 *
 * @param flow the flow
 * @param schedule the schedule, for people
 * @param next when it runs next, which has begun already while it runs; null if it is paused or is never due again
 * @param running whether this process runs it just now by its schedule
 * @param pausedBy who has paused it; null if it is not paused
 * @param began when its last run by the schedule began, in whatever process; null if there was none
 * @param ended when that ended; null if there was none
 * @param failures how many runs have failed one after the other
 */
public record ScheduleStatus(
        String flow,
        String schedule,
        @Nullable Instant next,
        boolean running,
        @Nullable String pausedBy,
        @Nullable Instant began,
        @Nullable Instant ended,
        int failures) {

    /** Refuses nulls. */
    public ScheduleStatus {
        requireNonNull(flow, "flow");
        requireNonNull(schedule, "schedule");
    }
}
