package io.mlconnector.testkit.cloudsuite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A tenant of Infor CloudSuite on this machine: one company with the division AAA. Values are texts, as M3 sends them. Safe for
 * threads.
 */
public final class CloudSuiteSandbox implements AutoCloseable {

    static {
        // Without it each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "ACMEFIN_TST";
    private static final String API = "/" + TENANT + "/M3/m3api-rest/v2/execute";

    private final Map<String, String> ionapi = new LinkedHashMap<>();
    private final Books books;
    private final MiService service;
    private final TokenService tokens;
    private final RateLimit limit;
    private final Faults faults = new Faults();
    private final ConcurrentLinkedQueue<Supplier<Reply>> underWay = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cloudsuite-sandbox");
        thread.setDaemon(true);
        return thread;
    });

    CloudSuiteSandbox(CloudSuiteSandboxBuilder builder) {
        books = new Books(builder.clock);
        var catalogue = new Catalogue(books, builder.apsPrograms, builder.paymentList, builder.ignoresTime);
        service = new MiService(catalogue, builder.paddedValues, builder.swedish);
        limit = new RateLimit(builder.requestsPerMinute, builder.clock);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        ionapi.putAll(Map.of(
                "ti", TENANT,
                "cn", "ml-connector",
                "dt", "12",
                "ci", TENANT + "~FAKEclientid000000000000",
                "cs", "FAKE-client-secret",
                "iu", address,
                "pu", address + "/" + TENANT + "/as/",
                "ot", "token.oauth2",
                "or", "revoke_token.oauth2"));
        ionapi.put("saak", TENANT + "#FAKEaccesskey0000");
        ionapi.put("sask", "FAKE-service-secret");
        tokens = new TokenService(ionapi, builder.clock, builder.tokenLifetime, builder.tokensPerDay);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts a standard tenant on a free port of this machine.
     *
     * @return the sandbox
     */
    public static CloudSuiteSandbox start() {
        return builder().start();
    }

    /**
     * Returns a builder for a tenant that differs from a standard one.
     *
     * @return the builder
     */
    public static CloudSuiteSandboxBuilder builder() {
        return new CloudSuiteSandboxBuilder();
    }

    /**
     * Returns the content of the {@code .ionapi} file.
     *
     * @return JSON
     */
    public String ionapi() {
        return JSON.valueToTree(ionapi).toString();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean forToken = path.startsWith("/" + TENANT + "/as/");
            Optional<MiService.Request> asked = forToken ? Optional.empty() : request(exchange, path, body);
            var request = new CloudSuiteRequest(
                    exchange.getRequestMethod(),
                    asked.map(MiService.Request::program).orElse(""),
                    asked.stream()
                            .flatMap(it -> it.items().stream())
                            .map(MiService.Item::transaction)
                            .toList());
            Supplier<Reply> gateway = forToken
                    ? () -> tokens.answer(path, body)
                    : () -> asked.map(service::execute).orElseGet(() -> Reply.html(404, "Not Found"));
            Optional<Reply> reply = answer(exchange, request, gateway);
            if (reply.isPresent()) {
                send(exchange, reply.get());
            }
        }
    }

    private Optional<Reply> answer(HttpExchange exchange, CloudSuiteRequest request, Supplier<Reply> gateway) {
        if (!request.isTokenRequest()) {
            requests.incrementAndGet();
            if (!limit.allows()) {
                throttled.incrementAndGet();
                return Optional.of(CloudSuiteFault.tooManyRequests());
            }
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (!tokens.accepts(authorization == null ? "" : authorization)) {
                return Optional.of(Reply.json(401, "{\"error\":\"Unauthorized\"}"));
            }
            writes.addAndGet(request.writes() ? 1 : 0);
        }
        Optional<CloudSuiteFault> fault = faults.take(request);
        return fault.isPresent()
                ? fault.get().effect().answer(gateway, () -> underWay.add(gateway))
                : Optional.of(gateway.get());
    }

    private static Optional<MiService.Request> request(HttpExchange exchange, String path, String body) {
        if (path.equals(API) && exchange.getRequestMethod().equals("POST")) {
            return Optional.of(MiService.bulk(body));
        }
        if (!path.startsWith(API + "/") || !exchange.getRequestMethod().equals("GET")) {
            return Optional.empty();
        }
        List<String> names = Arrays.asList(path.substring(API.length() + 1).split("/", -1));
        if (names.size() != 2) {
            return Optional.empty();
        }
        String query = exchange.getRequestURI().getRawQuery();
        return Optional.of(MiService.single(names.get(0), names.get(1), query(query == null ? "" : query)));
    }

    private static Map<String, String> query(String raw) {
        var query = new LinkedHashMap<String, String>();
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                query.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        exchange.getResponseBody().write(reply.body());
    }

    /**
     * Puts a customer there, or changes fields of it.
     *
     * @param number CUNO
     * @param fields names and values in turn
     */
    public void customer(String number, String... fields) {
        synchronized (service) {
            Map<String, String> row = books.customers.computeIfAbsent(
                    number,
                    id -> new LinkedHashMap<>(Map.of(
                            "CONO",
                            "100",
                            "CUNO",
                            id,
                            "CUNM",
                            "Customer " + id,
                            "CUA1",
                            "12 Mill Lane",
                            "TOWN",
                            "Leeds",
                            "PONO",
                            "LS1 4AB",
                            "CSCD",
                            "GB",
                            "CUCD",
                            "EUR",
                            "STAT",
                            "20")));
            row.putAll(table(fields));
            row.put("LMTS", Long.toString(books.now()));
        }
    }

    /**
     * Enters an invoice without lines, or changes fields of it.
     *
     * @param customer CUNO, also the payer
     * @param number CINO
     * @param year INYR
     * @param fields names and values in turn, such as CUAM, VTAM and CUCD
     */
    public void invoice(String customer, String number, int year, String... fields) {
        invoice(customer, number, year, List.of(), fields);
    }

    /**
     * Enters an invoice with lines, or changes fields of it.
     *
     * @param customer CUNO, also the payer
     * @param number CINO
     * @param year INYR
     * @param lines fields of each line, such as IVRF, AMT2 and VTAM
     * @param fields names and values in turn, such as CUAM, VTAM and CUCD
     */
    public void invoice(String customer, String number, int year, List<Map<String, String>> lines, String... fields) {
        synchronized (service) {
            var head = new LinkedHashMap<String, String>();
            head.put("CUNO", customer);
            head.put("PYNO", customer);
            head.put("CINO", number);
            head.put("INYR", Integer.toString(year));
            Map<String, String> known = books.invoices.get(Books.invoiceKey(head));
            if (known != null) {
                known.putAll(table(fields));
                known.put("LMTS", Long.toString(books.now()));
                return;
            }
            head.put("CUCD", "EUR");
            head.put("IVDT", Integer.toString(year) + books.today().substring(4));
            head.putAll(table(fields));
            books.enter(head, lines);
        }
    }

    /**
     * Puts an accounting identity there, or changes it.
     *
     * @param dimension 1 for the account, to 7
     * @param value AITM
     * @param fields names and values in turn, such as LCCD for blocked
     */
    public void account(int dimension, String value, String... fields) {
        synchronized (service) {
            books.identity(Integer.toString(dimension), value, table(fields));
        }
    }

    private static Map<String, String> table(String... fields) {
        var table = new LinkedHashMap<String, String>();
        for (int at = 0; at < fields.length; at += 2) {
            table.put(fields[at], fields[at + 1]);
        }
        return table;
    }

    /** Does what the job of ARS040 does at night: posts every batch that is checked. */
    public void updateBatches() {
        synchronized (service) {
            books.batches.values().stream()
                    .filter(batch -> batch.status.equals("0"))
                    .forEach(books::update);
        }
    }

    /**
     * Cancels every batch that is not posted.
     */
    public void cancelBatches() {
        synchronized (service) {
            books.batches.values().stream()
                    .filter(batch -> !batch.status.equals("9"))
                    .forEach(batch -> batch.status = "4");
        }
    }

    /**
     * Returns the lines of all batches, each with PBID and BPYS, the status of its batch: 2 in change, 0 checked, 9 posted.
     *
     * @return the lines, in the order of their batches
     */
    public List<Map<String, String>> paymentLines() {
        synchronized (service) {
            var lines = new ArrayList<Map<String, String>>();
            books.batches
                    .values()
                    .forEach(batch -> batch.lines.forEach(line -> {
                        var row = new LinkedHashMap<>(line);
                        row.put("BPYS", batch.status);
                        lines.add(row);
                    }));
            return lines;
        }
    }

    /**
     * Returns the charges of all batches.
     *
     * @return the charges, in the order of their batches
     */
    public List<Map<String, String>> charges() {
        synchronized (service) {
            var charges = new ArrayList<Map<String, String>>();
            books.batches.values().forEach(batch -> charges.addAll(batch.charges));
            return charges;
        }
    }

    /**
     * Returns the general ledger.
     *
     * @return lines with VONO, AIT1 to AIT7, CUAM in the voucher's currency CUCD, negative for credit, and ACAM in local currency
     */
    public List<Map<String, String>> voucherLines() {
        synchronized (service) {
            return books.vouchers.stream()
                    .map(line -> (Map<String, String>) new LinkedHashMap<>(line))
                    .toList();
        }
    }

    /**
     * Returns an invoice as the customer ledger shows it, such as RECO, OCUA and PCUA.
     *
     * @param customer CUNO
     * @param number CINO
     * @param year INYR
     * @return its fields
     */
    public Map<String, String> invoice(String customer, String number, int year) {
        synchronized (service) {
            Map<String, String> found =
                    books.invoices.get(String.join("|", customer, customer, number, Integer.toString(year)));
            if (found == null) {
                throw new IllegalArgumentException("no invoice " + number + " of " + year + " for " + customer);
            }
            return new LinkedHashMap<>(found);
        }
    }

    /**
     * Returns what the clock of the server shows.
     *
     * @return the instant
     */
    public Instant now() {
        return Instant.ofEpochMilli(books.now());
    }

    /**
     * Returns all customers.
     *
     * @return their fields, by number
     */
    public List<Map<String, String>> customers() {
        synchronized (service) {
            return books.customers.values().stream()
                    .map(row -> (Map<String, String>) new LinkedHashMap<>(row))
                    .toList();
        }
    }

    /**
     * Returns all invoices.
     *
     * @return their fields, in the order in which they were entered
     */
    public List<Map<String, String>> invoices() {
        synchronized (service) {
            return books.invoices.values().stream()
                    .map(row -> (Map<String, String>) new LinkedHashMap<>(row))
                    .toList();
        }
    }

    /**
     * Lets requests go wrong.
     *
     * @param times how many
     * @param condition which
     * @param fault what goes wrong
     */
    public void failNext(int times, Predicate<CloudSuiteRequest> condition, CloudSuiteFault fault) {
        faults.add(times, condition, fault);
    }

    /**
     * Lets the next request that writes go wrong.
     *
     * @param fault what goes wrong
     */
    public void failNextWrite(CloudSuiteFault fault) {
        failNext(1, CloudSuiteRequest::writes, fault);
    }

    /** Lets no more requests go wrong. */
    public void stopFailing() {
        faults.clear();
    }

    /**
     * Ends the next bulk request before its end: later transactions are not processed.
     *
     * @param items how many transactions are executed before
     */
    public void terminateNextBulkAfter(int items) {
        service.terminateAfter(items);
    }

    /**
     * Executes what is still under way, see {@link CloudSuiteFault#timeoutBeforeEffect()}.
     *
     * @return how many requests there were
     */
    public int land() {
        int landed = 0;
        for (Supplier<Reply> next = underWay.poll(); next != null; next = underWay.poll()) {
            Reply unheard = next.get();
            landed += unheard.status() > 0 ? 1 : 0;
        }
        return landed;
    }

    /** Ends all tokens, as when the app is changed in the gateway. */
    public void expireTokens() {
        tokens.expireTokens();
    }

    /** Ends the service account. */
    public void expireServiceAccount() {
        tokens.expireAccount();
    }

    /**
     * Returns how many tokens were issued.
     *
     * @return the number
     */
    public int tokensIssued() {
        return tokens.issued();
    }

    /**
     * Returns how many tokens were given back.
     *
     * @return the number
     */
    public int tokensRevoked() {
        return tokens.revoked();
    }

    /**
     * Returns how many requests the gateway got, without those for tokens.
     *
     * @return the number
     */
    public long requests() {
        return requests.get();
    }

    /**
     * Returns how many of the requests write.
     *
     * @return the number
     */
    public long writes() {
        return writes.get();
    }

    /**
     * Returns how many requests were too many for a minute.
     *
     * @return the number of answers of 429 for that reason
     */
    public long throttled() {
        return throttled.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
