package io.mlconnector.testkit.ifs;

import static java.util.Objects.requireNonNull;

import io.mlconnector.testkit.internal.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A running IFS Cloud simulator on 127.0.0.1. It serves the token endpoint and the entity sets it was built with, and
 * keeps their rows in memory. Safe for threads.
 *
 * <p>Sets are named by their path, or by their name alone if only one service has it. Keys are given as values in the
 * order of the definition. Times of rows come from the server's clock in whole seconds, whatever clock the client has.
 */
public final class IfsSandbox implements AutoCloseable {

    private final SandboxSettings settings;
    private final ServerClock clock;
    private final EntityStore store;
    private final TokenEndpoint tokens;
    private final ODataService service;
    private final FaultPlan faults = new FaultPlan();
    private final IfsTraffic traffic = new IfsTraffic();
    private final HeldAnswers held = new HeldAnswers();
    private final LoopbackServer server;

    IfsSandbox(SandboxSettings settings) {
        this.settings = settings;
        clock = new ServerClock(settings.clock(), settings.columnZone());
        store = new EntityStore(settings.sets(), clock);
        store.logHistory(settings.loggedUnits());
        tokens = new TokenEndpoint(settings, clock);
        service = new ODataService(settings, store);
        Gateway gateway = new Gateway(settings, clock, tokens, service, faults, traffic, held);
        try {
            server = new LoopbackServer(
                    settings.port(),
                    "ifs-sandbox",
                    (method, target, headers, body) -> gateway.answer(new WireRequest(method, target, headers, body)));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + settings.port() + " cannot be opened on 127.0.0.1", e);
        }
    }

    /**
     * Starts the description of a sandbox.
     *
     * @return a builder with the defaults
     */
    public static IfsSandboxBuilder builder() {
        return new IfsSandboxBuilder();
    }

    /**
     * Starts a sandbox with the {@link IfsEntitySets#generic() generic} sets and every default.
     *
     * @return the running sandbox
     */
    public static IfsSandbox start() {
        return builder().start();
    }

    /**
     * Returns where the services are.
     *
     * @return scheme, host and port, without trailing slash
     */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /**
     * Returns where tokens are issued.
     *
     * @return the token endpoint of the realm
     */
    public URI tokenUrl() {
        return URI.create(baseUrl() + TokenEndpoint.path(settings.realm()));
    }

    /**
     * Returns the only client id that gets a token.
     *
     * @return the id
     */
    public String clientId() {
        return settings.clientId();
    }

    /**
     * Returns the secret of the client.
     *
     * @return the secret
     */
    public String clientSecret() {
        return tokens.clientSecret();
    }

    /**
     * Regenerates the secret of the client, as an administrator does: the old one gets no token any more, and tokens that are
     * out stay valid.
     *
     * @param next the new secret
     */
    public void clientSecret(String next) {
        tokens.clientSecret(requireNonNull(next, "next"));
    }

    /**
     * Returns the server's time.
     *
     * @return the injected clock plus what {@link #advance(Duration)} added
     */
    public Instant serverTime() {
        return clock.instant();
    }

    /**
     * Moves the server's clock forward.
     *
     * @param duration how far, not negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the clock moves forward only, not by " + duration);
        }
        clock.advance(duration);
    }

    /** Makes every token that was issued so far invalid. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /**
     * Takes the client's grant for a service away: its requests are answered with 403.
     *
     * @param servicePath path of the service without leading slash
     */
    public void revoke(String servicePath) {
        if (!store.services().contains(servicePath)) {
            throw new IllegalArgumentException("no service " + servicePath + " among " + store.services());
        }
        service.revoked().add(servicePath);
    }

    /**
     * Gives a grant back.
     *
     * @param servicePath path of the service without leading slash
     */
    public void grant(String servicePath) {
        service.revoked().remove(servicePath);
    }

    /**
     * Makes the next OData requests fail. Token requests are left alone.
     *
     * @param times how many, at least 1
     * @param fault what happens to each
     */
    public void failNext(int times, IfsFault fault) {
        failNext(times, request -> !request.isTokenRequest(), fault);
    }

    /**
     * Makes the next matching requests fail, token requests among them. Faults strike in the order they were asked for.
     *
     * @param times how many, at least 1
     * @param condition which requests; called under a lock, so it must be quick
     * @param fault what happens to each
     */
    public void failNext(int times, Predicate<IfsRequest> condition, IfsFault fault) {
        faults.add(times, requireNonNull(condition, "condition"), requireNonNull(fault, "fault"));
    }

    /** Forgets all faults that have not struck yet. */
    public void stopFailing() {
        faults.clear();
    }

    /** Lets all answers go that {@link IfsFault#slow(Duration)} holds back at this moment. */
    public void releaseAnswers() {
        held.release();
    }

    /**
     * Returns the counters.
     *
     * @return the live counters
     */
    public IfsTraffic traffic() {
        return traffic;
    }

    /**
     * Returns the sets that are served.
     *
     * @return their definitions
     */
    public List<EntitySetDefinition> sets() {
        return store.definitions();
    }

    /**
     * Returns all visible rows of a set.
     *
     * @param set path or name of the set
     * @return a snapshot in order of creation
     */
    public List<IfsRow> rows(String set) {
        return store.table(set).sorted(Ordering.NONE).stream()
                .map(StoredRow::row)
                .toList();
    }

    /**
     * Returns one visible row.
     *
     * @param set path or name of the set
     * @param key the key values in the order of the definition
     * @return the row, or empty if there is none
     */
    public Optional<IfsRow> row(String set, Object... key) {
        EntityTable table = store.table(set);
        return table.find(EntityStore.key(table.definition(), List.of(key))).map(StoredRow::row);
    }

    /**
     * Creates or replaces a row. The modified column is stamped from the server's clock unless the values carry it.
     *
     * @param set path or name of the set
     * @param values columns and values, the key among them; what is left out or null is null
     * @return the row as stored
     */
    public IfsRow put(String set, Map<String, ?> values) {
        EntityTable table = store.table(set);
        return table.store(EntityStore.typed(table.definition(), values)).row();
    }

    /**
     * Changes columns of a row and stamps it.
     *
     * @param set path or name of the set
     * @param changes the key and the columns to change; a null value clears its column
     * @return the row as stored
     * @throws IllegalArgumentException if there is no such row
     */
    public IfsRow patch(String set, Map<String, ?> changes) {
        EntityTable table = store.table(set);
        EntitySetDefinition definition = table.definition();
        Map<String, Object> typed = EntityStore.typed(definition, changes);
        synchronized (table) {
            List<Object> key = EntityStore.key(
                    definition, definition.keyNames().stream().map(typed::get).toList());
            StoredRow known = table.find(key)
                    .orElseThrow(() -> new IllegalArgumentException("no row " + key + " in " + definition));
            Map<String, Object> merged = new HashMap<>(known.row().values());
            definition.modifiedColumn().ifPresent(merged::remove);
            merged.keySet().removeAll(changes.keySet());
            merged.putAll(typed);
            return table.store(merged).row();
        }
    }

    /**
     * Deletes a row.
     *
     * @param set path or name of the set
     * @param key the key values in the order of the definition
     * @return whether there was one
     */
    public boolean delete(String set, Object... key) {
        EntityTable table = store.table(set);
        return table.remove(EntityStore.key(table.definition(), List.of(key))).isPresent();
    }

    /**
     * Creates or changes a row in a transaction that takes long: the row is stamped with the time of now and becomes
     * visible when the server's clock has moved on by the delay. Until then a client that changes it is told that it is
     * locked; {@link #put}, {@link #patch} and {@link #delete} of the row commit the transaction first.
     *
     * @param set path or name of the set
     * @param values the key and the columns to change
     * @param delay how long the commit takes
     */
    public void commitLater(String set, Map<String, ?> values, Duration delay) {
        EntityTable table = store.table(set);
        table.storeLater(EntityStore.typed(table.definition(), values), delay);
    }

    /** Stops the server, closes its connections and lets held answers go. */
    @Override
    public void close() {
        held.release();
        server.close();
    }

    @Override
    public String toString() {
        return "IfsSandbox at " + baseUrl();
    }
}
