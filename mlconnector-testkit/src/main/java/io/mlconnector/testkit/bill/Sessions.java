package io.mlconnector.testkit.bill;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is logged in. A session ends when it is idle. Guarded by itself. */
final class Sessions {

    private final MovableClock clock;
    private final Duration idle;
    private final Map<String, Instant> lastUse = new HashMap<>();
    private int logins;

    Sessions(MovableClock clock, Duration idle) {
        this.clock = clock;
        this.idle = idle;
    }

    synchronized String open() {
        logins++;
        String id = String.format("%032x", 0x3f0c9a5e_7b1d48c2L + logins);
        lastUse.put(id, clock.instant());
        return id;
    }

    synchronized boolean use(@Nullable String id) {
        Instant last = lastUse.get(id);
        if (last == null || clock.instant().isAfter(last.plus(idle))) {
            return false;
        }
        lastUse.put(String.valueOf(id), clock.instant());
        return true;
    }

    synchronized void endAll() {
        lastUse.clear();
    }

    synchronized int logins() {
        return logins;
    }
}
