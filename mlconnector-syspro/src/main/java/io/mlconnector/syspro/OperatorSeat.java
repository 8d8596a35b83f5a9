package io.mlconnector.syspro;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one session that an operator can have at a SYSPRO server. All connections of this process that use the operator share it
 * and take turns, because a second logon would end the first. What is in it is only touched by who holds the lock.
 */
final class OperatorSeat {

    private static final Map<String, OperatorSeat> SEATS = new ConcurrentHashMap<>();

    /** Fair, so that no flow starves. */
    final ReentrantLock lock = new ReentrantLock(true);

    private final String key;
    private int connections;

    /** The token, byte for byte; null while nobody is logged on. */
    @Nullable String token;

    /** Which credentials the token was given for. */
    @Nullable Object owner;

    /** When the token was last used, by our clock. */
    Instant lastUsed = Instant.EPOCH;

    /** Until when logons with {@link #refusedOwner} are not tried again, by our clock. */
    Instant refusedUntil = Instant.EPOCH;

    @Nullable Object refusedOwner;

    /** Whether somebody has undertaken to look after an idle session. */
    boolean watched;

    private OperatorSeat(String key) {
        this.key = key;
    }

    /** The seat of an operator, to be given back by {@link #release}. */
    static OperatorSeat of(URI server, String operator) {
        String key = server.getAuthority().toLowerCase(Locale.ROOT) + "\n" + operator.toUpperCase(Locale.ROOT);
        return SEATS.compute(key, (ignored, known) -> {
            OperatorSeat seat = known == null ? new OperatorSeat(key) : known;
            seat.connections++;
            return seat;
        });
    }

    void release() {
        SEATS.computeIfPresent(key, (ignored, seat) -> {
            if (seat != this) {
                return seat;
            }
            connections--;
            return connections == 0 ? null : seat;
        });
    }

    void forget() {
        token = null;
        owner = null;
    }
}
