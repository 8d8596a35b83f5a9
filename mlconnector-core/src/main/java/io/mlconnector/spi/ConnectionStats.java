package io.mlconnector.spi;

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
 */
public record ConnectionStats(
        long requests, long throttled, long retries, Duration waited, long tokenRequests, long bytesReceived) {

    /** Nothing has been done yet. */
    public static final ConnectionStats NONE = new ConnectionStats(0, 0, 0, Duration.ZERO, 0, 0);

    /**
     * Returns these counters and others added up.
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
                bytesReceived + other.bytesReceived);
    }
}
