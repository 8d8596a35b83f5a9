package io.mlconnector.config;

import io.mlconnector.spi.Settings;
import java.time.Duration;

/** How many flows run at once, and how long the end of their pages is waited for. */
record SchedulerSettings(int threads, Duration drainWait) {

    static SchedulerSettings read(Settings settings) {
        return new SchedulerSettings(
                settings.integer("threads", 4, 1, 64), settings.duration("drainWait", Duration.ofMinutes(1)));
    }
}
