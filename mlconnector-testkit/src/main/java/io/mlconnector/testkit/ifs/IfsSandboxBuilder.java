package io.mlconnector.testkit.ifs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Describes a sandbox and starts it. Not safe for threads. */
public final class IfsSandboxBuilder {

    private final List<EntitySetDefinition> sets = new ArrayList<>();
    private final Set<String> loggedUnits = new LinkedHashSet<>();
    private int port;
    private InstantSource clock = InstantSource.system();
    private ZoneId columnZone = ZoneOffset.UTC;
    private String realm = "acmeast1";
    private String clientId = "mlconnector";
    private String clientSecret = "sandbox-secret";
    private Duration tokenLifetime = Duration.ofMinutes(3);
    private int defaultPageSize = 100;
    private int maximumPageSize = 5000;
    private int requestsPerMinute;
    private boolean nextLinks;
    private boolean counts = true;
    private boolean timeZoneAware;
    private boolean encodedSlashes = true;
    private boolean htmlOnUnauthorized;

    IfsSandboxBuilder() {}

    /**
     * Sets the port on 127.0.0.1. Default: 0, any free one.
     *
     * @param number 0 to 65535
     * @return this builder
     */
    public IfsSandboxBuilder port(int number) {
        port = between(0, number, 65_535, "port");
        return this;
    }

    /**
     * Sets the server's clock, which stamps rows, expires tokens and fills the {@code Date} header. Default: the
     * machine's clock.
     *
     * @param source the clock
     * @return this builder
     */
    public IfsSandboxBuilder clock(InstantSource source) {
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets the zone whose local time the modified columns hold, although they are shown with a {@code Z}. Default: UTC.
     *
     * @param zone the zone
     * @return this builder
     */
    public IfsSandboxBuilder columnZone(ZoneId zone) {
        columnZone = requireNonNull(zone, "zone");
        return this;
    }

    /**
     * Sets the realm in the token URL. Default: {@code acmeast1}.
     *
     * @param name the realm
     * @return this builder
     */
    public IfsSandboxBuilder realm(String name) {
        realm = requireNonNull(name, "name");
        return this;
    }

    /**
     * Sets the only credentials that get a token. Default: {@code mlconnector} with a fixed secret.
     *
     * @param id the client id
     * @param secret the client secret
     * @return this builder
     */
    public IfsSandboxBuilder client(String id, String secret) {
        clientId = requireNonNull(id, "id");
        clientSecret = requireNonNull(secret, "secret");
        return this;
    }

    /**
     * Sets how long a token lives. Default: 180 seconds.
     *
     * @param lifetime in whole seconds, at least one
     * @return this builder
     */
    public IfsSandboxBuilder tokenLifetime(Duration lifetime) {
        between(1, lifetime.toSeconds(), Integer.MAX_VALUE, "tokenLifetime");
        tokenLifetime = lifetime;
        return this;
    }

    /**
     * Sets where a query without {@code $top} is cut. Default: 100 rows.
     *
     * @param rows at least 1
     * @return this builder
     */
    public IfsSandboxBuilder defaultPageSize(int rows) {
        defaultPageSize = between(1, rows, Integer.MAX_VALUE, "defaultPageSize");
        return this;
    }

    /**
     * Sets where every query is cut, whatever {@code $top} says. Default: 5000 rows.
     *
     * @param rows at least 1
     * @return this builder
     */
    public IfsSandboxBuilder maximumPageSize(int rows) {
        maximumPageSize = between(1, rows, Integer.MAX_VALUE, "maximumPageSize");
        return this;
    }

    /**
     * Limits the OData requests in any minute of the server's clock; more are answered with 429. Default: no limit.
     *
     * @param requests at least 1
     * @return this builder
     */
    public IfsSandboxBuilder requestsPerMinute(int requests) {
        requestsPerMinute = between(1, requests, Integer.MAX_VALUE, "requestsPerMinute");
        return this;
    }

    /**
     * Gives an {@code @odata.nextLink} where an answer is cut. It counts positions, so it drifts when rows change.
     * Default: answers are cut silently.
     *
     * @return this builder
     */
    public IfsSandboxBuilder withNextLinks() {
        nextLinks = true;
        return this;
    }

    /**
     * Leaves {@code @odata.count} out although it was asked for. Default: it is given.
     *
     * @return this builder
     */
    public IfsSandboxBuilder withoutCounts() {
        counts = false;
        return this;
    }

    /**
     * Accepts the time zone header. Default: it fails a request that filters on a time.
     *
     * @return this builder
     */
    public IfsSandboxBuilder timeZoneAware() {
        timeZoneAware = true;
        return this;
    }

    /**
     * Refuses encoded slashes in keys with 400, as some gateways do. Default: they are accepted.
     *
     * @return this builder
     */
    public IfsSandboxBuilder refuseEncodedSlashes() {
        encodedSlashes = false;
        return this;
    }

    /**
     * Answers requests without a valid token with an HTML page. Default: an empty body.
     *
     * @return this builder
     */
    public IfsSandboxBuilder htmlOnUnauthorized() {
        htmlOnUnauthorized = true;
        return this;
    }

    /**
     * Adds a set. Without any, the {@link IfsEntitySets#generic() generic} ones are served.
     *
     * @param set the definition
     * @return this builder
     */
    public IfsSandboxBuilder addSet(EntitySetDefinition set) {
        sets.add(requireNonNull(set, "set"));
        return this;
    }

    /**
     * Adds several sets.
     *
     * @param definitions such as {@link IfsEntitySets#cloud()}
     * @return this builder
     */
    public IfsSandboxBuilder addSets(Collection<EntitySetDefinition> definitions) {
        definitions.forEach(this::addSet);
        return this;
    }

    /**
     * Adds {@code HistoryLogHandling.svc/HistoryLogOverviewSet}, which gets an entry in {@code LogId}, {@code LuName},
     * {@code TimeStamp}, {@code Keys} and {@code HistoryType} whenever a row of one of the logical units is created,
     * changed or deleted, by a client or by the test. An entry becomes visible with its change. Default: no log.
     *
     * @param units the logical units, such as {@code CustomerInfo}
     * @return this builder
     */
    public IfsSandboxBuilder withHistoryLog(String... units) {
        loggedUnits.addAll(List.of(units));
        return this;
    }

    /**
     * Starts the sandbox.
     *
     * @return a running sandbox without rows
     * @throws IllegalArgumentException if two sets have one path
     * @throws java.io.UncheckedIOException if the port cannot be opened
     */
    public IfsSandbox start() {
        return new IfsSandbox(new SandboxSettings(
                port,
                clock,
                columnZone,
                realm,
                clientId,
                clientSecret,
                tokenLifetime,
                defaultPageSize,
                maximumPageSize,
                requestsPerMinute,
                nextLinks,
                counts,
                timeZoneAware,
                encodedSlashes,
                htmlOnUnauthorized,
                served(),
                Set.copyOf(loggedUnits)));
    }

    private List<EntitySetDefinition> served() {
        List<EntitySetDefinition> served = new ArrayList<>(sets.isEmpty() ? IfsEntitySets.generic() : sets);
        if (!loggedUnits.isEmpty()) {
            served.add(HistoryLog.SET);
        }
        return List.copyOf(served);
    }

    private static int between(int lowest, long value, int highest, String name) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " must be " + lowest + " to " + highest + ", but is " + value);
        }
        return (int) value;
    }
}
