package io.mlconnector.ifs;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a version of a row proves. */
final class Versions {

    /** The clocks of a database and of its web server may differ by so much. */
    private static final long SKEW = 5;

    /** Zones are shifted by whole quarters of an hour. */
    private static final long SHIFT = Duration.ofMinutes(15).toSeconds();

    private Versions() {}

    /**
     * Whether every change of a row after it was read shows in its ETag. That is so if the row was not changed in the
     * second in which it was read, because versions count seconds. The stamp may be shown in local time, so only the
     * distance within a quarter of an hour is looked at.
     *
     * @param stamp when the row was last changed; null if it does not say
     * @param sentAt when the server answered; null if it did not say
     */
    static boolean showEveryChange(@Nullable Instant stamp, @Nullable Instant sentAt) {
        if (stamp == null || sentAt == null) {
            return false;
        }
        long distance = Math.floorMod(sentAt.getEpochSecond() - stamp.getEpochSecond(), SHIFT);
        return distance >= SKEW && distance <= SHIFT - SKEW;
    }
}
