package io.mlconnector.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the rows of a set are stamped with when they change. Stamps of one row never decrease; two rows may have the same. The usual
 * kinds are {@link #time(Duration)} and {@link #number(long, Duration)}. Implementations are immutable.
 *
 * @param <S> the type of a stamp
 */
public interface StampKind<S extends Comparable<? super S>> {

    /**
     * Returns a stamp as text for a position.
     *
     * @param stamp the stamp
     * @return the text, from which {@link #parse(String)} makes an equal stamp
     */
    String format(S stamp);

    /**
     * Reads a stamp from a position.
     *
     * @param text what {@link #format} made
     * @return the stamp
     * @throws IllegalArgumentException if the text is no stamp of this kind
     */
    S parse(String text);

    /**
     * Returns the stamp from which the next cycle reads when everything up to {@code watermark} was read: the watermark less an
     * overlap that covers changes which become visible late.
     *
     * @param watermark the newest stamp of the last cycle
     * @return the lower bound, not after the watermark
     */
    S lowerBound(S watermark);

    /**
     * Returns a stamp before this one, as near to it as a filter can tell apart.
     *
     * @param stamp the stamp
     * @return an earlier one
     */
    S before(S stamp);

    /**
     * Returns after which time, measured on the remote clock, no change with a stamp that was already visible can turn up any more.
     *
     * @return the time, not negative
     */
    Duration settleTime();

    /**
     * Returns the latest stamp that is believable at a time of the remote clock; a later one is a fault in the data. An earlier one
     * that is wrong all the same cannot be told from a right one, and hides what is changed until its time has come.
     *
     * @param remoteTime the {@code Date} of an answer
     * @return the bound, or empty if stamps have nothing to do with time
     */
    Optional<S> latestPlausible(Instant remoteTime);

    /**
     * Returns the latest stamp that lies in the past at a time of the remote clock, whatever the zone of stamps.
     *
     * @param remoteTime the {@code Date} of an answer
     * @return the bound, or empty if stamps have nothing to do with time
     */
    Optional<S> latestPast(Instant remoteTime);

    /**
     * Returns the kind for times of any resolution. Columns without a zone are read and written as if they were UTC; what matters
     * is only that both directions do the same. A stamp more than 15 hours (the largest shift of zones and slack) ahead of the
     * remote clock is not believed.
     *
     * @param overlap at least one second more than the longest time between a stamp and the moment its change becomes visible,
     *     transactions and the clocks of several nodes included, and one hour more where the column holds local times of a zone with
     *     summer time; zero only where a change is visible at its stamp and no two share one
     * @return the kind
     * @throws IllegalArgumentException if the overlap is negative
     */
    static StampKind<Instant> time(Duration overlap) {
        return new TimeStamps(overlap);
    }

    /**
     * Returns the kind for row versions and other growing numbers.
     *
     * @param overlap how many numbers may be given out before the change with an earlier one becomes visible, at least 0
     * @param settleTime longer than the longest transaction, not negative
     * @return the kind
     * @throws IllegalArgumentException if a value is negative
     */
    static StampKind<Long> number(long overlap, Duration settleTime) {
        return new NumberStamps(overlap, settleTime);
    }
}
