package io.mlconnector.testkit.ifs;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** What the builder of the sandbox collected. */
record SandboxSettings(
        int port,
        InstantSource clock,
        ZoneId columnZone,
        String realm,
        String clientId,
        String clientSecret,
        Duration tokenLifetime,
        int defaultPageSize,
        int maximumPageSize,
        int requestsPerMinute,
        boolean nextLinks,
        boolean counts,
        boolean timeZoneAware,
        boolean encodedSlashes,
        boolean htmlOnUnauthorized,
        List<EntitySetDefinition> sets,
        Set<String> loggedUnits) {

    /** The scheme and authority under which the client sees the server. */
    String origin(WireRequest request) {
        return "http://" + request.header("Host").orElse("127.0.0.1");
    }
}
