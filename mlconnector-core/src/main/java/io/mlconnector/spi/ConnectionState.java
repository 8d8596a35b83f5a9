package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a connection stands.
 *
 * @param failures how many calls have failed since the last one that was answered
 * @param failure why the last of them failed; null if none did
 * @param refused whether the last of them failed because the credentials were refused
 * @param paused how much longer nothing is sent, because the system said so or was overrun; zero if it may be called
 * @param tokenUntil until when the token in use is valid, by our clock; null if there is none
 */
public record ConnectionState(
        int failures,
        @Nullable String failure,
        boolean refused,
        Duration paused,
        @Nullable Instant tokenUntil) {

    /** Nothing is wrong. */
    public static final ConnectionState FINE = new ConnectionState(0, null, false, Duration.ZERO, null);

    /** Refuses negative numbers. */
    public ConnectionState {
        requireNonNull(paused, "paused");
        if (failures < 0 || paused.isNegative()) {
            throw new IllegalArgumentException("neither may be negative: failures " + failures + ", paused " + paused);
        }
    }

    /**
     * Returns the worse of this state and another, of two ways into one system.
     *
     * @param other the other
     * @return this one, unless the other is worse
     */
    public ConnectionState worse(ConnectionState other) {
        if (refused != other.refused) {
            return refused ? this : other;
        }
        if (failures != other.failures) {
            return failures > other.failures ? this : other;
        }
        return paused.compareTo(other.paused) >= 0 ? this : other;
    }
}
