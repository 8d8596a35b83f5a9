package io.mlconnector.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page that was read from a source and is about to be written.
 *
 * @param flow the flow
 * @param run the id of the run
 * @param records how many records it holds, malformed ones included
 * @param last whether the source was caught up with it
 * @param newest how long ago the newest record of the page had changed when it was read, by the clock of its system; null if the
 *     system does not tell
 */
public record PageRead(
        String flow,
        String run,
        int records,
        boolean last,
        @Nullable Duration newest) {

    /** Refuses nulls. */
    public PageRead {
        requireNonNull(flow, "flow");
        requireNonNull(run, "run");
    }

    /**
     * Returns how far the source was ahead of the flow when the page was read.
     *
     * @return zero if the source was caught up, and otherwise the age of the newest record; empty if that is not known
     */
    public Optional<Duration> behind() {
        return last ? Optional.of(Duration.ZERO) : Optional.ofNullable(newest);
    }
}
