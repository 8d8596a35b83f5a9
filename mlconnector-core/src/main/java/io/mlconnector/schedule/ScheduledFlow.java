package io.mlconnector.schedule;

import io.mlconnector.engine.Flow;
import io.mlconnector.spi.Endpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A flow with its schedule, and where it stands. Guarded by its {@link Roster}. */
final class ScheduledFlow {

    final String name;
    final Schedule schedule;
    private final Endpoint source;
    private final Endpoint target;

    /** When to look at it next. */
    Instant due = Instant.MIN;

    /** The state out of which {@link #due} was found; null if it is to be found anew. */
    @Nullable FlowState planned;

    boolean running;

    /** Somebody wants it to run now. */
    boolean asked;

    /** It has been told that the flow must wait. */
    boolean waits;

    ScheduledFlow(Flow<?> flow, Schedule schedule) {
        this.name = flow.name();
        this.schedule = schedule;
        this.source = flow.source();
        this.target = flow.target();
    }

    /** Whether both go from the same connection to the same other one, or are the two ways of a two-way flow. */
    boolean takesTurnsWith(ScheduledFlow other) {
        return (source.connection().equals(other.source.connection())
                        && target.connection().equals(other.target.connection()))
                || (source.equals(other.target) && target.equals(other.source));
    }

    void plan(FlowState state, Instant now) {
        planned = state;
        due = state.due(name, schedule, now).orElse(Instant.MAX);
    }

    void lookAgain(Instant at) {
        planned = null;
        due = at;
    }
}
