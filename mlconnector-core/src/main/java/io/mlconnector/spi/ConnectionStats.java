package io.mlconnector.spi;

/**
 * What a connection has done since it was opened.
 *
 * @param requests calls sent, retries and token calls included
 * @param throttled answers that asked to slow down
 * @param retries calls that were repeated
 * @param tokenRequests tokens or sessions asked for
 */
public record ConnectionStats(long requests, long throttled, long retries, long tokenRequests) {}
