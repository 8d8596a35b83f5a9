package io.mlconnector.cloudsuite;

import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Quota;
import io.mlconnector.spi.UnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts calls by the day, in UTC. Warns when four fifths are used, and refuses what goes beyond where that would lock a tenant out. */
final class DailyCount implements Quota {

    private static final Logger LOG = LoggerFactory.getLogger(DailyCount.class);

    private final String name;
    private final int limit;
    private final boolean refuses;
    private final InstantSource clock;

    private LocalDate day = LocalDate.MIN;
    private int used;

    DailyCount(String name, int limit, boolean refuses, InstantSource clock) {
        this.name = name;
        this.limit = limit;
        this.refuses = refuses;
        this.clock = clock;
    }

    @Override
    public synchronized Duration reserve(int permits) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(day)) {
            day = today;
            used = 0;
        }
        if (refuses && used + permits > limit) {
            throw new UnavailableException(
                    name + ": the " + limit + " of a day are used up; the next are for tomorrow, in UTC", Details.NONE);
        }
        int before = used;
        used += permits;
        if (before < threshold() && used >= threshold()) {
            LOG.warn("{}: {} of {} are used today", name, used, limit);
        }
        return Duration.ZERO;
    }

    private int threshold() {
        return Math.max(1, (int) (limit * 4L / 5));
    }

    synchronized int used() {
        return used;
    }

    synchronized boolean nearlyUsedUp() {
        return used >= threshold();
    }

    int limit() {
        return limit;
    }
}
