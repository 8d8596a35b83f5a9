package io.mlconnector.webhook;

/**
 * What an endpoint has received since it was made.
 *
 * @param stored events that were new
 * @param repeated events that were known already
 * @param ignored requests of no interest
 * @param refused requests that were not genuine, not readable or too large
 * @param failed requests that could not be stored
 */
public record WebhookStats(long stored, long repeated, long ignored, long refused, long failed) {}
