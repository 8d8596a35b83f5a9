package io.mlconnector.http;

import java.time.Duration;
import java.time.Instant;

/**
 * An access token and how long it is good for, on our clock.
 *
 * @param header the value of {@code Authorization}
 * @param refreshAt from when on it should be replaced
 * @param usableUntil from when on it must not be sent
 */
record OAuthToken(String header, Instant refreshAt, Instant usableUntil) {

    private static final Duration MARGIN = Duration.ofSeconds(15);

    /** Counts the lifetime from before the request for the token, so that the way of the answer is not added to it. */
    static OAuthToken of(String accessToken, Instant requestedAt, Duration lifetime) {
        Duration fifth = lifetime.dividedBy(5);
        Duration wanted = fifth.compareTo(MARGIN) > 0 ? fifth : MARGIN;
        // A token that lives for seconds would otherwise be stale on arrival.
        Duration half = lifetime.dividedBy(2);
        Duration margin = wanted.compareTo(half) > 0 ? half : wanted;
        Instant end = requestedAt.plus(lifetime);
        return new OAuthToken("Bearer " + accessToken, end.minus(margin), end.minus(lifetime.dividedBy(20)));
    }

    String accessToken() {
        return header.substring("Bearer ".length());
    }

    boolean freshAt(Instant now) {
        return now.isBefore(refreshAt);
    }

    boolean usableAt(Instant now) {
        return now.isBefore(usableUntil);
    }

    @Override
    public String toString() {
        return "OAuthToken[***, usableUntil=" + usableUntil + "]";
    }
}
