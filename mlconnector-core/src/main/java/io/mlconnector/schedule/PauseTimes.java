package io.mlconnector.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A fixed pause from the end of a run to the next one. */
record PauseTimes(Duration pause) implements Times {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    PauseTimes {
        if (pause.compareTo(SHORTEST) < 0 || pause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the pause of a schedule is from one second to ten years: " + pause);
        }
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(after.plus(pause));
    }

    @Override
    public Optional<Instant> resume(Instant time, Instant notBefore) {
        long pauses = Duration.between(time, notBefore).dividedBy(pause);
        Instant reached = time.plus(pause.multipliedBy(pauses));
        return Optional.of(reached.isBefore(notBefore) ? reached.plus(pause) : reached);
    }

    @Override
    public boolean beginsAtOnce() {
        return true;
    }

    @Override
    public Instant base(Instant began, Instant ended) {
        return ended;
    }

    @Override
    public String toString() {
        return "every " + pause;
    }
}
