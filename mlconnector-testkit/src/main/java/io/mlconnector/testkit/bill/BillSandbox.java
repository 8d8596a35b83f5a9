package io.mlconnector.testkit.bill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A running sandbox of BILL with one organisation. It takes two bills of the same number, so that doubles show, and pays a bill of a vendor
 * with automatic payment at once, so that accidents show. Safe for threads.
 */
public final class BillSandbox implements AutoCloseable {

    /** The organisation. */
    public static final String ORGANIZATION = "00802QWMKTRZLPVH8d4s";

    /** The developer key. */
    public static final String DEV_KEY = "01SANDBOXDEVKEY00001";

    /** The name of the sync token. */
    public static final String USERNAME = "ml-connector-sync";

    private final MovableClock clock;
    private final Sessions sessions;
    private final Books books;
    private final Hooks hooks;
    private final Traffic traffic;
    private final FaultPlan faults = new FaultPlan();
    private final @Nullable Rounds rounds;
    private final WireServer server;
    private volatile String password = "sandbox-token-value";

    BillSandbox(BillSandboxBuilder builder) {
        clock = new MovableClock(builder.clock());
        sessions = new Sessions(clock, builder.idleLimit());
        books = new Books(clock, builder.listsShowArchived(), builder.paymentsMoveBills());
        hooks = new Hooks(books, ORGANIZATION, clock);
        traffic = new Traffic(builder.callsAtOnce());
        rounds = builder.grace().isZero()
                ? null
                : new Rounds(builder.callsAtOnce(), builder.latency(), builder.grace(), clock);
        server = new WireServer(new Gateway(this, builder, clock, sessions, books, hooks, traffic, faults, rounds));
    }

    /**
     * Starts a sandbox with the defaults.
     *
     * @return the running sandbox
     */
    public static BillSandbox start() {
        return builder().start();
    }

    /**
     * Returns a builder.
     *
     * @return the builder
     */
    public static BillSandboxBuilder builder() {
        return new BillSandboxBuilder();
    }

    /**
     * Returns the address of the API.
     *
     * @return the address, with the path {@code /connect}
     */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.port() + "/connect");
    }

    /**
     * Returns the address of the login of version 2.
     *
     * @return the address
     */
    public URI version2LoginUrl() {
        return baseUrl().resolve("/api/v2/Login.json");
    }

    /**
     * Returns the value of the sync token.
     *
     * @return the password
     */
    public String password() {
        return password;
    }

    /**
     * Makes another value of the sync token; sessions that are open end.
     *
     * @param next the new value
     */
    public void changePassword(String next) {
        password = requireNonNull(next, "next");
        sessions.endAll();
    }

    /**
     * Returns the settings of a connection to this sandbox, besides those that a test adds.
     *
     * @return names and values
     */
    public Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("baseUrl", baseUrl().toString());
        settings.put("credential", "user");
        settings.put("username", USERNAME);
        settings.put("password", password);
        settings.put("organizationId", ORGANIZATION);
        settings.put("devKey", DEV_KEY);
        return settings;
    }

    /**
     * Returns what the clock shows.
     *
     * @return the time
     */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Moves the clock.
     *
     * @param by how far, not back
     */
    public void advance(Duration by) {
        clock.advance(by);
    }

    /** Ends all sessions, as if they had been idle. */
    public void endSessions() {
        sessions.endAll();
    }

    /**
     * Returns how often somebody logged in.
     *
     * @return the number
     */
    public int logins() {
        return sessions.logins();
    }

    /**
     * Makes the next calls fail.
     *
     * @param calls how many
     * @param fault how
     * @param where which, by method and path
     */
    public void failNext(int calls, BillFault fault, BiPredicate<String, String> where) {
        faults.add(calls, requireNonNull(fault, "fault"), requireNonNull(where, "where"));
    }

    /**
     * Holds the next call back, before or after its effect.
     *
     * @param afterEffect whether it has taken effect when it is held
     * @param where which, by method and path
     * @return the call
     */
    public HeldCall holdNext(boolean afterEffect, BiPredicate<String, String> where) {
        var held = new HeldCall();
        faults.add(1, afterEffect ? BillFault.heldAfter(held) : BillFault.heldBefore(held), where);
        return held;
    }

    /**
     * Returns all calls so far.
     *
     * @return the calls, oldest first
     */
    public List<BillRequest> requests() {
        return traffic.requests();
    }

    /**
     * Returns how many calls of a kind were made.
     *
     * @param method the method
     * @param suffix how the path ends
     * @return the number
     */
    public long requestCount(String method, String suffix) {
        return requests().stream().filter(request -> request.is(method, suffix)).count();
    }

    /**
     * Returns how many calls were answered with a status of 400 or more.
     *
     * @return the number
     */
    public long refused() {
        return requests().stream().filter(request -> request.status() >= 400).count();
    }

    /**
     * Returns the largest number of calls that ran at once.
     *
     * @return the number
     */
    public int peakConcurrency() {
        return traffic.peak();
    }

    /** Begins to measure how many of the calls that may run at once do run. */
    public void measureUse() {
        requireRounds().measure();
    }

    /**
     * Returns how many of the calls that might have run at once did run since {@link #measureUse()}.
     *
     * @return from 0 to 1
     */
    public double use() {
        return requireRounds().used();
    }

    private Rounds requireRounds() {
        if (rounds == null) {
            throw new IllegalStateException("use is measured in rounds: see BillSandboxBuilder.rounds");
        }
        return rounds;
    }

    /**
     * Returns all vendors.
     *
     * @return the vendors, oldest first
     */
    public List<JsonNode> vendors() {
        return books.all("vendors");
    }

    /**
     * Returns all bills.
     *
     * @return the bills, oldest first
     */
    public List<JsonNode> bills() {
        return books.all("bills");
    }

    /**
     * Returns all payments.
     *
     * @return the payments, oldest first
     */
    public List<JsonNode> payments() {
        return books.all("payments");
    }

    /**
     * Enters a vendor by hand.
     *
     * @param name its name
     * @param currency its currency
     * @return its id
     */
    public String enterVendor(String name, String currency) {
        ObjectNode vendor = JsonNodeFactory.instance.objectNode();
        vendor.put("name", name).put("billCurrency", currency).put("accountType", "BUSINESS");
        vendor.putObject("address")
                .put("line1", "88 Kiln Street")
                .put("city", "Aurora")
                .put("zipOrPostalCode", "60505")
                .put("country", "US");
        return books.createVendors(List.of(vendor)).get(0).path("id").asText();
    }

    /**
     * Enters a bill by hand.
     *
     * @param vendor the vendor's id
     * @param number its number
     * @param amount its amount
     * @return its id
     */
    public String enterBill(String vendor, String number, String amount) {
        ObjectNode bill = JsonNodeFactory.instance.objectNode();
        bill.put("vendorId", vendor).put("dueDate", "2026-12-18");
        bill.putObject("invoice").put("invoiceNumber", number).put("invoiceDate", "2026-11-18");
        bill.putArray("billLineItems").addObject().put("amount", new BigDecimal(amount));
        return books.createBills(List.of(bill)).get(0).path("id").asText();
    }

    /**
     * Changes a vendor by hand.
     *
     * @param id its id
     * @param field which field
     * @param value its value
     */
    public void changeVendor(String id, String field, String value) {
        books.changeVendor(id, JsonNodeFactory.instance.objectNode().put(field, value));
    }

    /**
     * Archives or restores by hand.
     *
     * @param resource {@code vendors} or {@code bills}
     * @param id which one
     * @param archived whether it is archived
     */
    public void archive(String resource, String id, boolean archived) {
        books.archive(resource, id, archived);
    }

    /**
     * Turns automatic payment of a vendor on or off.
     *
     * @param vendor the vendor's id
     * @param enabled whether it is on
     */
    public void autoPay(String vendor, boolean enabled) {
        books.autoPay(vendor, enabled);
    }

    /**
     * Pays a bill today.
     *
     * @param bill the bill's id
     * @param amount how much; all that is due if null
     * @param singleStatus where the payment stands, such as {@code CLEARED}
     * @return the payment's id
     */
    public String pay(String bill, @Nullable String amount, String singleStatus) {
        return books.pay(bill, amount == null ? null : new BigDecimal(amount), singleStatus, "BDC");
    }

    /**
     * Moves a payment on.
     *
     * @param payment the payment's id
     * @param singleStatus where it stands, such as {@code VOIDED}
     */
    public void movePayment(String payment, String singleStatus) {
        books.move(payment, singleStatus);
    }

    /**
     * Puts a value that BILL itself would not show.
     *
     * @param resource the list
     * @param id which object
     * @param field which field
     * @param value the value
     */
    public void disfigure(String resource, String id, String field, JsonNode value) {
        books.put(resource, id, field, value);
    }

    /**
     * Adds an account to the chart.
     *
     * @param number its number
     * @param name its name
     * @return its id
     */
    public String addAccount(String number, String name) {
        ObjectNode account = JsonNodeFactory.instance.objectNode();
        account.put("name", name);
        account.putObject("account").put("type", "EXPENSE").put("number", number);
        return books.classification("classifications/chart-of-accounts", account);
    }

    /**
     * Adds a department, a location or a class.
     *
     * @param axis {@code departments}, {@code locations} or {@code accounting-classes}
     * @param shortName its short name
     * @param name its name
     * @return its id
     */
    public String addClassification(String axis, String shortName, String name) {
        return books.classification(
                "classifications/" + axis,
                JsonNodeFactory.instance.objectNode().put("name", name).put("shortName", shortName));
    }

    /**
     * Returns how many bills share vendor and number with another one.
     *
     * @return the number of those too many
     */
    public int doubledBills() {
        var counts = new LinkedHashMap<String, Integer>();
        for (JsonNode bill : bills()) {
            String key = bill.path("vendorId").asText() + " "
                    + bill.path("invoice").path("invoiceNumber").asText();
            counts.merge(key, 1, Integer::sum);
        }
        return counts.values().stream().mapToInt(count -> count - 1).sum();
    }

    /**
     * Returns the webhook subscriptions.
     *
     * @return the subscriptions
     */
    public List<JsonNode> subscriptions() {
        return hooks.all();
    }

    /**
     * Turns a subscription off, as BILL does after deliveries that failed.
     *
     * @param id its id
     */
    public void disableSubscription(String id) {
        hooks.disable(id);
    }

    /**
     * Returns the signing key of a subscription.
     *
     * @param id its id
     * @return the key, if there is such a subscription
     */
    public Optional<String> signingKey(String id) {
        return Optional.ofNullable(hooks.key(id));
    }

    /**
     * Returns what delivers events from now on.
     *
     * @return the deliveries
     */
    public BillWebhooks webhooks() {
        return new BillWebhooks(books, hooks);
    }

    /** Stops the sandbox. */
    @Override
    public void close() {
        server.close();
    }
}
