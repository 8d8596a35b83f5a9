package io.mlconnector.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a connection has done since it was opened.
 *
 * @param requests attempts handed to the network, repetitions and followed redirects included, requests for a token not
 * @param throttled answers with status 429
 * @param retries attempts that repeated an earlier one, after a new token too
 * @param waited time spent in waits for the quota, a pause or a backoff, added up over all threads
 * @param tokenRequests requests for a token or session
 * @param bytesReceived bytes of bodies as they came over the wire, before decompression
 * @param state how the connection stands now
 */
public record ConnectionStats(
        long requests,
        long throttled,
        long retries,
        Duration waited,
        long tokenRequests,
        long bytesReceived,
        ConnectionState state) {

    /** Nothing has been done yet. */
    public static final ConnectionStats NONE = new ConnectionStats(0, 0, 0, Duration.ZERO, 0, 0);

    /** Refuses nulls. */
    public ConnectionStats {
        requireNonNull(waited, "waited");
        requireNonNull(state, "state");
    }

    /**
     * Returns counters of a connection that tells nothing of its state.
     *
     * @param requests attempts handed to the network
     * @param throttled answers with status 429
     * @param retries attempts that repeated an earlier one
     * @param waited time spent in waits
     * @param tokenRequests requests for a token or session
     * @param bytesReceived bytes of bodies
     */
    public ConnectionStats(
            long requests, long throttled, long retries, Duration waited, long tokenRequests, long bytesReceived) {
        this(requests, throttled, retries, waited, tokenRequests, bytesReceived, ConnectionState.FINE);
    }

    /**
     * Returns these counters and others added up, and the worse state of the two.
     *
     * @param other other counters
     * @return the sums
     */
    public ConnectionStats plus(ConnectionStats other) {
        return new ConnectionStats(
                requests + other.requests,
                throttled + other.throttled,
                retries + other.retries,
                waited.plus(other.waited),
                tokenRequests + other.tokenRequests,
                bytesReceived + other.bytesReceived,
                state.worse(other.state));
    }
}
