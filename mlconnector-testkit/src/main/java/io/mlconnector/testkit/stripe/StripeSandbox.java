package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A Stripe account on a loopback port. It keeps customers, a catalog, invoices, credit notes and payments, refuses what
 * the live API refuses, and fails on command.
 *
 * <pre>{@code
 * try (StripeSandbox stripe = StripeSandbox.start()) {
 *     StripeClient client = StripeClient.builder()
 *             .setApiKey(stripe.apiKey())
 *             .setApiBase(stripe.baseUrl().toString())
 *             .build();
 *     stripe.failNext(1, StripeFault.droppedAnswer());
 * }
 * }</pre>
 *
 * <p>What a method returns is a copy of the sandbox's own truth, oldest object first. Safe for use by several threads.
 */
public final class StripeSandbox implements AutoCloseable {

    private final Account account;
    private final StripeDashboard dashboard;
    private final StripeMoney money;
    private final StripeEvents eventBehaviour;
    private final MovableClock clock;
    private final ApiKeys keys;
    private final FaultPlan faults = new FaultPlan();
    private final Traffic traffic = new Traffic();
    private final Gateway gateway;
    private final LoopbackServer server;

    StripeSandbox(StripeSandboxBuilder builder) {
        clock = new MovableClock(builder.clock());
        World world = new World(clock, builder.searchLag(), builder.apiVersion());
        account = new Account(world);
        dashboard = new StripeDashboard(account);
        money = new StripeMoney(account);
        eventBehaviour = new StripeEvents(account);
        keys = new ApiKeys(world.newId("sk_test_", 32), builder.restrictedKeys());
        RateLimit rateLimit = new RateLimit(clock, builder.requestsPerSecond(), builder.endpointRequestsPerSecond());
        gateway = new Gateway(account, keys, rateLimit, faults, traffic);
        server = new LoopbackServer(gateway);
    }

    /**
     * Starts a sandbox on the system clock, without search lag and without rate limit.
     *
     * @return the running sandbox
     */
    public static StripeSandbox start() {
        return builder().start();
    }

    /**
     * Returns a builder for a sandbox with other settings.
     *
     * @return a new builder
     */
    public static StripeSandboxBuilder builder() {
        return new StripeSandboxBuilder();
    }

    /**
     * Returns where the sandbox listens, without a slash at the end.
     *
     * @return the base URL
     */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /**
     * Returns the secret key that is valid now.
     *
     * @return a key that begins with {@code sk_test_}
     */
    public String apiKey() {
        return keys.secretKey();
    }

    /**
     * Replaces the secret key. The old one is refused from now on as expired.
     *
     * @return the new key
     */
    public String rollKey() {
        keys.roll(account.world().newId("sk_test_", 32));
        return keys.secretKey();
    }

    /**
     * Makes a new secret key, beside which the old one is taken until {@link #expireOldKeys}, as where a key is rolled with some
     * hours to change over.
     *
     * @return the new key
     */
    public String addKey() {
        keys.add(account.world().newId("sk_test_", 32));
        return keys.secretKey();
    }

    /** Refuses the keys that {@link #addKey} has replaced, as expired. */
    public void expireOldKeys() {
        keys.expireOld();
    }

    /**
     * Returns the time of the sandbox.
     *
     * @return the time of the given clock plus everything by which it was advanced
     */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Moves the time of the sandbox forward, ahead of the clock that it was given.
     *
     * @param by how far, not negative
     * @throws IllegalArgumentException if {@code by} is negative
     */
    public void advance(Duration by) {
        clock.advance(by);
    }

    /**
     * Lets the next calls go wrong, whatever they are.
     *
     * @param calls how many, at least 1
     * @param fault what happens to them
     * @throws IllegalArgumentException if {@code calls} is less than 1
     */
    public void failNext(int calls, StripeFault fault) {
        failNext(calls, fault, (method, path) -> true);
    }

    /**
     * Lets the next calls to one place go wrong. Faults that fit the same call are used up in the order of their adding.
     *
     * @param calls how many, at least 1
     * @param fault what happens to them
     * @param where tells by method and path which calls are meant
     * @throws IllegalArgumentException if {@code calls} is less than 1
     */
    public void failNext(int calls, StripeFault fault, BiPredicate<String, String> where) {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(where, "where");
        faults.add(calls, fault, where);
    }

    /**
     * Executes the next fitting call, but holds its answer until the test releases it; also one that replays the answer to an
     * earlier call, or that a limit refuses.
     *
     * @param where tells by method and path which call is meant
     * @return the handle of the call
     */
    public HeldCall holdNext(BiPredicate<String, String> where) {
        HeldCall held = new HeldCall();
        failNext(1, StripeFault.held(held), where);
        return held;
    }

    /** Forgets all faults that have not happened yet. */
    public void clearFaults() {
        faults.clear();
    }

    /**
     * Returns every call that was answered or dropped, in that order.
     *
     * @return the calls
     */
    public List<StripeRequest> requests() {
        return traffic.requests();
    }

    /**
     * Counts the calls to one endpoint.
     *
     * @param method the HTTP method
     * @param route the pattern of the endpoint, such as {@code /v1/invoices/{id}/finalize}
     * @return how many there were
     */
    public long requestCount(String method, String route) {
        return traffic.requests().stream()
                .filter(request ->
                        request.method().equals(method) && request.route().equals(route))
                .count();
    }

    /**
     * Counts the calls that were answered with 429.
     *
     * @return how many there were
     */
    public long throttled() {
        return traffic.requests().stream()
                .filter(request -> request.status() == 429)
                .count();
    }

    /**
     * Returns the highest number of calls that were in the sandbox at the same time.
     *
     * @return the peak
     */
    public int peakConcurrency() {
        return traffic.peak();
    }

    /**
     * Returns the customers that are not deleted.
     *
     * @return copies
     */
    public List<JsonNode> customers() {
        return objects("customer");
    }

    /**
     * Returns the invoices that are not deleted; each shows its first ten lines.
     *
     * @return copies
     */
    public List<JsonNode> invoices() {
        return objects("invoice");
    }

    /**
     * Returns all lines of an invoice.
     *
     * @param invoice the id of the invoice
     * @return copies
     * @throws IllegalArgumentException if there is no such invoice
     */
    public List<JsonNode> lines(String invoice) {
        ObjectNode found = account.world().find(Kind.INVOICE, invoice);
        if (found == null) {
            throw new IllegalArgumentException("no such invoice: " + invoice);
        }
        return account.snapshot(() -> account.book().lines(found));
    }

    /**
     * Returns the events of all changes, also those that the API no longer shows.
     *
     * @return the events
     */
    public List<JsonNode> events() {
        return account.snapshot(() -> account.world().table(Kind.EVENT).oldestFirst().stream()
                .map(row -> account.world().journal().document(row))
                .toList());
    }

    /**
     * Returns the mails that customers received, each with {@code what}, {@code object} and {@code to}.
     *
     * @return the mails
     */
    public List<JsonNode> mails() {
        return account.snapshot(() -> account.world().mails().oldestFirst());
    }

    /**
     * Returns the objects of one kind that are not deleted.
     *
     * @param object the name of the kind on the wire, such as {@code credit_note} or {@code charge}
     * @return copies
     * @throws IllegalArgumentException if the sandbox has no such kind
     */
    public List<JsonNode> objects(String object) {
        for (Kind kind : Kind.values()) {
            if (kind.object().equals(object)) {
                return account.snapshot(() -> account.world().table(kind).oldestFirst());
            }
        }
        throw new IllegalArgumentException("no such kind of object: " + object);
    }

    /**
     * Groups the invoices by a metadata value: a group of two is a duplicate.
     *
     * @param key the metadata key; invoices without it are left out
     * @return invoices by value, in the order of their creation
     */
    public Map<String, List<JsonNode>> invoicesByMetadata(String key) {
        return byMetadata(invoices(), key);
    }

    /**
     * Groups the customers by a metadata value: a group of two is a duplicate.
     *
     * @param key the metadata key; customers without it are left out
     * @return customers by value, in the order of their creation
     */
    public Map<String, List<JsonNode>> customersByMetadata(String key) {
        return byMetadata(customers(), key);
    }

    /**
     * Returns what people can do to the account besides the API.
     *
     * @return the Dashboard
     */
    public StripeDashboard dashboard() {
        return dashboard;
    }

    /**
     * Returns what customers, card holders and banks can do.
     *
     * @return their doings
     */
    public StripeMoney money() {
        return money;
    }

    /**
     * Returns how events behave.
     *
     * @return what can be changed of it
     */
    public StripeEvents eventBehaviour() {
        return eventBehaviour;
    }

    /**
     * Adds a webhook endpoint. It is sent what happens from now on, when the test says so.
     *
     * @param address where to send events
     * @param types which events; all if none are named
     * @return the endpoint
     */
    public StripeWebhooks webhooks(URI address, String... types) {
        return new StripeWebhooks(account, address, Set.of(types));
    }

    /** Stops listening and drops calls that are still held. */
    @Override
    public void close() {
        gateway.close();
        server.close();
    }

    private static Map<String, List<JsonNode>> byMetadata(List<JsonNode> objects, String key) {
        Map<String, List<JsonNode>> groups = new LinkedHashMap<>();
        for (JsonNode object : objects) {
            JsonNode value = object.path("metadata").path(key);
            if (value.isTextual()) {
                groups.computeIfAbsent(value.asText(), absent -> new ArrayList<>())
                        .add(object);
            }
        }
        return groups;
    }
}
