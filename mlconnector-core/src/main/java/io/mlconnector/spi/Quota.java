package io.mlconnector.spi;

import java.time.Duration;

/**
 * The call quota of a connection. Every call asks before it is sent; connections that share a remote limit share a
 * quota. Implementations are safe for threads.
 */
public interface Quota {

    /** A quota without a limit. */
    Quota UNLIMITED = permits -> Duration.ZERO;

    /**
     * Takes {@code permits} and tells how long the caller must wait before it sends. The permits are taken in any
     * case: a caller that waits longer than told does no harm, one that sends earlier breaks the quota.
     *
     * @param permits how many calls, at least 1
     * @return how long to wait, zero if there is no need to
     */
    Duration reserve(int permits);
}
