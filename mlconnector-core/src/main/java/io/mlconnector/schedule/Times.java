package io.mlconnector.schedule;

import java.time.Instant;
import java.util.Optional;

/** The times of a schedule, before any calendar and any jitter. Immutable. */
interface Times {

    /** Returns the first time that is later than an instant, if one ever comes. */
    Optional<Instant> next(Instant after);

    /** Returns the first time that is not before an instant, counted on from a time of the schedule, if one ever comes. */
    Optional<Instant> resume(Instant time, Instant notBefore);

    /** Returns whether a flow that never ran is due at once. */
    boolean beginsAtOnce();

    /** Returns from which moment of a run the next time counts. */
    Instant base(Instant began, Instant ended);
}
