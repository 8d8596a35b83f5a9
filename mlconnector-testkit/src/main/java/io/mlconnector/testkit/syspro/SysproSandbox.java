package io.mlconnector.testkit.syspro;

import static java.util.Objects.requireNonNull;

import io.mlconnector.testkit.internal.LoopbackServer;
import io.mlconnector.testkit.syspro.SysproRequest.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running SYSPRO simulator on 127.0.0.1: the OData service, and e.net business objects by REST and by SOAP. It keeps the tables of one
 * company in memory. Safe for threads.
 */
public final class SysproSandbox implements AutoCloseable {

    private static final String ROOT = "/SYSPRO8Odata/SYSPROOData/EDU1/";
    private static final String REST = "/sysprowcfservice/rest/";
    private static final String SOAP = "/sysprowcfservice/soap";

    /** HTTP.sys takes no more for request line and headers. */
    private static final int LONGEST_REQUEST_LINE = 16_384;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock;
    private final Sessions sessions = new Sessions("STRIPE", "s&cret", "EDU1");
    private final SysproStore store;
    private final BusinessObjects objects;
    private final EnetService enet;
    private final ODataService odata;
    private final SoapService soap;
    private final FaultPlan faults = new FaultPlan();
    private final List<SysproRequest> requests = new ArrayList<>();
    private final LoopbackServer server;

    private SysproSandbox(Builder builder) {
        clock = builder.clock;
        store = new SysproStore(builder.versionsAsNumbers, builder.modifiedDates, this::serverTime);
        objects = new BusinessObjects(store);
        enet = new EnetService(sessions, store, objects);
        odata = new ODataService(store.tables(), ROOT, "odata", "p4ss", builder.pageLimit);
        soap = new SoapService(enet, builder.soap);
        try {
            server = new LoopbackServer(
                    0,
                    "syspro-sandbox",
                    (method, target, headers, body) -> handle(new WireRequest(method, target, headers, body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts the description of a sandbox.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts a sandbox with every default.
     *
     * @return the running sandbox
     */
    public static SysproSandbox start() {
        return builder().start();
    }

    /** Describes a sandbox. For one thread. */
    public static final class Builder {

        private boolean versionsAsNumbers = true;
        private boolean modifiedDates;
        private boolean soap = true;
        private int pageLimit = 5000;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Shows {@code TimeStamp} as SYSPRO's own tables do: as bytes that can neither be compared nor ordered by. By default it is
         * a number, as a view shows it.
         *
         * @return this builder
         */
        public Builder versionsAsBytes() {
            versionsAsNumbers = false;
            return this;
        }

        /**
         * Adds {@code LastModifiedDate} to customers and invoices, as a view may.
         *
         * @return this builder
         */
        public Builder modifiedDates() {
            modifiedDates = true;
            return this;
        }

        /**
         * Leaves the SOAP service out.
         *
         * @return this builder
         */
        public Builder withoutSoap() {
            soap = false;
            return this;
        }

        /**
         * Sets how many rows are given at once; 5000 unless set.
         *
         * @param rows at least 1
         * @return this builder
         */
        public Builder pageLimit(int rows) {
            pageLimit = rows;
            return this;
        }

        /**
         * Sets the server's clock.
         *
         * @param time tells the time
         * @return this builder
         */
        public Builder clock(InstantSource time) {
            clock = requireNonNull(time, "time");
            return this;
        }

        /**
         * Starts the sandbox.
         *
         * @return the running sandbox
         */
        public SysproSandbox start() {
            return new SysproSandbox(this);
        }
    }

    /**
     * Returns where the OData service is, without the company.
     *
     * @return the address
     */
    public URI baseUrl() {
        return URI.create(origin() + "/SYSPRO8Odata/SYSPROOData");
    }

    /**
     * Returns where the REST service of e.net is.
     *
     * @return the address
     */
    public URI enetUrl() {
        return URI.create(origin() + "/SYSPROWCFService/Rest");
    }

    private String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    /**
     * Returns the settings of a connection to this sandbox, as a configuration names them.
     *
     * @return names and values
     */
    public Map<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("baseUrl", baseUrl().toString());
        settings.put("company", "EDU1");
        settings.put("user", "odata");
        settings.put("password", "p4ss");
        settings.put("enetUrl", enetUrl().toString());
        settings.put("operator", "STRIPE");
        settings.put("operatorPassword", "s&cret");
        settings.put("currencies", Map.of("R", "ZAR"));
        settings.put("requestsPerSecond", 100_000);
        return settings;
    }

    /**
     * Returns the server's time.
     *
     * @return its clock plus what {@link #advance} added
     */
    public Instant serverTime() {
        return clock.instant().plus(ahead.get());
    }

    /**
     * Moves the server's clock forward.
     *
     * @param duration how far
     */
    public void advance(Duration duration) {
        ahead.updateAndGet(before -> before.plus(duration));
    }

    /**
     * Creates or changes a row, which takes the next row version.
     *
     * @param table the table
     * @param values columns and values, the key among them; a null value clears its column
     * @return the row as stored
     */
    public Map<String, Object> put(String table, Map<String, ? extends @Nullable Object> values) {
        return store.put(table, values);
    }

    /**
     * Begins a transaction that creates or changes a row: it takes the next row version at once, and nobody sees it before it
     * commits.
     *
     * @param table the table
     * @param values columns and values, the key among them; a null value clears its column
     * @return commits the transaction
     */
    public Runnable begin(String table, Map<String, ? extends @Nullable Object> values) {
        return store.begin(table, values);
    }

    /**
     * Returns the rows of a table.
     *
     * @param table the table
     * @return copies, in order of creation
     */
    public List<Map<String, Object>> rows(String table) {
        return store.table(table).rows();
    }

    /**
     * Returns one row.
     *
     * @param table the table
     * @param key the values of its key
     * @return a copy of the row, if it is there
     */
    public Optional<Map<String, Object>> row(String table, Object... key) {
        return store.table(table).row(key);
    }

    /**
     * Removes a row.
     *
     * @param table the table
     * @param key the values of its key
     */
    public void remove(String table, Object... key) {
        store.table(table).remove(key);
    }

    /**
     * Returns everything that was posted, doubles included.
     *
     * @return the postings, in order
     */
    public List<Posting> postings() {
        return objects.postings();
    }

    /**
     * Returns the names of elements that were sent and are not known: they were dropped without a word.
     *
     * @return the names
     */
    public List<String> droppedElements() {
        return objects.dropped();
    }

    /** Has somebody else log on as the operator, which ends the session that is there. */
    public void stealSession() {
        sessions.start();
    }

    /** Ends all sessions, as idle ones end. */
    public void expireSessions() {
        sessions.expire();
    }

    /**
     * Returns how many sessions there are.
     *
     * @return the number, each of which holds a licence
     */
    public int sessions() {
        return sessions.open();
    }

    /**
     * Returns how often somebody has logged on.
     *
     * @return the number
     */
    public int logons() {
        return sessions.logons();
    }

    /**
     * Takes the licence for a business object away.
     *
     * @param businessObject such as {@code ARSTPY}
     */
    public void unlicense(String businessObject) {
        enet.unlicensed().add(businessObject);
    }

    /**
     * Closes a posting period.
     *
     * @param period {@code C}, {@code P} or {@code B}
     */
    public void closePeriod(String period) {
        objects.closePeriod(period);
    }

    /**
     * Makes the next matching requests fail. Faults strike in the order they were asked for.
     *
     * @param times how many, at least 1
     * @param condition which requests; called under a lock, so it must be quick
     * @param fault what happens to each
     */
    public void failNext(int times, Predicate<SysproRequest> condition, SysproFault fault) {
        faults.add(times, requireNonNull(condition, "condition"), requireNonNull(fault, "fault"));
    }

    /**
     * Makes the next postings fail.
     *
     * @param times how many, at least 1
     * @param fault what happens to each
     */
    public void failNextPosts(int times, SysproFault fault) {
        failNext(times, request -> request.kind() == Kind.POST, fault);
    }

    /** Forgets all faults that have not struck yet. */
    public void stopFailing() {
        faults.clear();
    }

    /**
     * Returns the requests since the start or the last {@link #forgetRequests}.
     *
     * @return a copy, in order of arrival
     */
    public List<SysproRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /**
     * Counts requests of a kind.
     *
     * @param kind which
     * @return how many there were
     */
    public long count(Kind kind) {
        return requests().stream().filter(request -> request.kind() == kind).count();
    }

    /** Counts requests from here on. */
    public void forgetRequests() {
        synchronized (requests) {
            requests.clear();
        }
    }

    private Optional<Reply> handle(WireRequest request) {
        SysproRequest seen = seen(request);
        synchronized (requests) {
            requests.add(seen);
        }
        Optional<SysproFault> fault = faults.take(seen);
        Optional<Reply> reply = fault.isPresent()
                ? fault.get().effect().answer(() -> process(request, seen), text -> telling(request, text))
                : Optional.of(process(request, seen));
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(serverTime().atZone(ZoneOffset.UTC));
        return reply.map(answer -> answer.with("Date", date));
    }

    private Reply telling(WireRequest request, String text) {
        return request.path().toLowerCase(Locale.ROOT).equals(SOAP) ? soap.telling(request, text) : Reply.enet(text);
    }

    private SysproRequest seen(WireRequest request) {
        if (odata.serves(request)) {
            return new SysproRequest(Kind.READ, ODataService.subject(request));
        }
        String path = request.path().toLowerCase(Locale.ROOT);
        if (path.startsWith(REST)) {
            Kind kind = kind(path.substring(REST.length()));
            return new SysproRequest(kind, request.parameters().getOrDefault("businessobject", ""));
        }
        return path.equals(SOAP) && request.method().equals("POST")
                ? soap.seen(request)
                : new SysproRequest(Kind.OTHER, "");
    }

    private static Kind kind(String route) {
        return switch (route) {
            case "logon" -> Kind.LOGON;
            case "logoff" -> Kind.LOGOFF;
            case "getlogonprofile" -> Kind.PROFILE;
            case "query/query" -> Kind.QUERY;
            case "transaction/post" -> Kind.POST;
            default -> Kind.OTHER;
        };
    }

    private Reply process(WireRequest request, SysproRequest seen) {
        if (request.target().length() > LONGEST_REQUEST_LINE) {
            return Reply.html(400, "Bad Request - Request Too Long");
        }
        if (odata.serves(request)) {
            return odata.answer(request);
        }
        if (request.path().toLowerCase(Locale.ROOT).equals(SOAP)) {
            return soap.answer(request);
        }
        if (!request.method().equals("GET")) {
            return Reply.html(405, "Method not allowed");
        }
        return seen.kind() == Kind.OTHER
                ? Reply.html(404, "Endpoint not found")
                : Reply.enet(enet.answer(seen.kind(), request.parameters()));
    }

    @Override
    public void close() {
        server.close();
    }
}
