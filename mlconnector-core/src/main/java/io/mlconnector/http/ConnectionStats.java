package io.mlconnector.http;

import java.time.Duration;

/**
 * What a connection has done since it was built.
 *
 * @param requests attempts handed to the network, repetitions and followed redirects included
 * @param throttled answers with status 429
 * @param retries attempts that repeated an earlier one, after a new token too
 * @param waited time spent in waits for the quota, a pause or a backoff, added up over all threads
 * @param tokenRequests requests for a token or session
 * @param bytesReceived bytes of bodies as they came over the wire, before decompression
 */
public record ConnectionStats(
        long requests, long throttled, long retries, Duration waited, long tokenRequests, long bytesReceived) {}
