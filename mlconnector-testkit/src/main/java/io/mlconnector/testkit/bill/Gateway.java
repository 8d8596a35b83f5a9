package io.mlconnector.testkit.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Admits calls and answers them. */
final class Gateway implements WireServer.Handler {

    private final BillSandbox sandbox;
    private final BillSandboxBuilder settings;
    private final MovableClock clock;
    private final Sessions sessions;
    private final Books books;
    private final Hooks hooks;
    private final Traffic traffic;
    private final FaultPlan faults;
    private final @Nullable Rounds rounds;
    private Instant hour = Instant.MIN;
    private int callsOfTheHour;
    private int loginsOfTheHour;

    Gateway(
            BillSandbox sandbox,
            BillSandboxBuilder settings,
            MovableClock clock,
            Sessions sessions,
            Books books,
            Hooks hooks,
            Traffic traffic,
            FaultPlan faults,
            @Nullable Rounds rounds) {
        this.sandbox = sandbox;
        this.settings = settings;
        this.clock = clock;
        this.sessions = sessions;
        this.books = books;
        this.hooks = hooks;
        this.traffic = traffic;
        this.faults = faults;
        this.rounds = rounds;
    }

    @Override
    public @Nullable Reply answer(WireCall call) throws InterruptedException {
        Reply reply = admitted(call);
        traffic.record(new BillRequest(
                call.method(), call.path(), call.decodedQuery(), call.shownBody(), reply == null ? 0 : reply.status()));
        return reply;
    }

    private @Nullable Reply admitted(WireCall call) throws InterruptedException {
        if (!traffic.enter()) {
            return new BillRefusal(400, "BDC_1322", "Max number of concurrent requests per organization reached.")
                    .reply(clock.instant());
        }
        try {
            if (rounds == null) {
                Thread.sleep(settings.latency().toMillis());
            } else {
                rounds.await();
            }
            return faulty(call);
        } finally {
            traffic.exit(); // before the answer goes out, so that whoever has it may call again
        }
    }

    private @Nullable Reply faulty(WireCall call) throws InterruptedException {
        BillFault fault = faults.take(call.method(), call.path());
        if (fault == null) {
            return executed(call);
        }
        switch (fault.stage()) {
            case DROPPED_BEFORE -> {
                return null;
            }
            case INSTEAD -> {
                return fault.reply(clock.instant());
            }
            case HELD_BEFORE -> {
                fault.held().hold();
                return executed(call);
            }
            case DROPPED_AFTER -> {
                executed(call);
                return null;
            }
            case FAILED_AFTER -> {
                executed(call);
                return fault.reply(clock.instant());
            }
            case HELD_AFTER -> {
                Reply reply = executed(call);
                fault.held().hold();
                return reply;
            }
        }
        throw new IllegalStateException("no such stage: " + fault.stage());
    }

    private Reply executed(WireCall call) {
        try {
            requireQuota(call.path().endsWith("/login") || call.path().endsWith("Login.json"));
            return routed(call);
        } catch (BillRefusal refusal) {
            return refusal.reply(clock.instant());
        } catch (RuntimeException e) {
            return new BillRefusal(500, "BDC_1001", "The sandbox failed: " + e).reply(clock.instant());
        }
    }

    private synchronized void requireQuota(boolean login) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.HOURS);
        if (!now.equals(hour)) {
            hour = now;
            callsOfTheHour = 0;
            loginsOfTheHour = 0;
        }
        callsOfTheHour++;
        loginsOfTheHour += login ? 1 : 0;
        if (callsOfTheHour > settings.requestsPerHour() || loginsOfTheHour > 200) {
            throw new BillRefusal(
                    400,
                    "BDC_1144",
                    "Max number of allowed requests per hour reached: " + settings.requestsPerHour() + ".");
        }
    }

    private Reply routed(WireCall call) {
        String path = call.path();
        if (path.equals("/connect/v3/login") && call.method().equals("POST")) {
            return login(call.json());
        }
        if (path.equals("/api/v2/Login.json") && call.method().equals("POST")) {
            return loginOfVersion2(call.form());
        }
        if (!BillSandbox.DEV_KEY.equals(call.header("devKey"))) {
            throw new BillRefusal(401, "BDC_1102", "Invalid developer key.");
        }
        if (!sessions.use(call.header("sessionId"))) {
            throw new BillRefusal(401, "BDC_1109", "Session is invalid.  Please log in.");
        }
        if (path.startsWith("/connect-events/v3/")) {
            List<String> parts = parts(path.substring("/connect-events/v3/".length()));
            return Reply.json(
                    200,
                    hooks.answer(call.method(), parts, call.query(), call.json(), call.header("X-Idempotent-Key")));
        }
        if (!path.startsWith("/connect/v3/")) {
            throw new BillRefusal(404, "BDC_1121", "API not supported: " + path);
        }
        return resource(call, path.substring("/connect/v3/".length()));
    }

    private Reply login(JsonNode body) {
        if (!BillSandbox.DEV_KEY.equals(body.path("devKey").asText())) {
            throw new BillRefusal(401, "BDC_1102", "Invalid developer key.");
        }
        if (!BillSandbox.USERNAME.equals(body.path("username").asText())
                || !sandbox.password().equals(body.path("password").asText())
                || !BillSandbox.ORGANIZATION.equals(body.path("organizationId").asText())) {
            throw new BillRefusal(401, "BDC_1101", "Username or password is wrong.");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("sessionId", sessions.open());
        answer.put("organizationId", BillSandbox.ORGANIZATION);
        answer.put("userId", "00602KZPLVTQWXNR5m2c");
        return Reply.json(200, answer);
    }

    private Reply loginOfVersion2(Map<String, String> form) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        boolean known = BillSandbox.DEV_KEY.equals(form.get("devKey"))
                && BillSandbox.USERNAME.equals(form.get("userName"))
                && sandbox.password().equals(form.get("password"))
                && BillSandbox.ORGANIZATION.equals(form.get("orgId"));
        answer.put("response_status", known ? 0 : 1);
        answer.put("response_message", known ? "Success" : "Error");
        ObjectNode data = answer.putObject("response_data");
        if (known) {
            data.put("sessionId", sessions.open());
        } else {
            data.put("error_code", "BDC_1101").put("error_message", "Username or password is wrong.");
        }
        return Reply.json(200, answer);
    }

    private Reply resource(WireCall call, String path) {
        if (path.equals("login/session")) {
            ObjectNode session = JsonNodeFactory.instance.objectNode();
            session.put("organizationId", BillSandbox.ORGANIZATION).put("mfaStatus", "SETUP");
            return Reply.json(200, session);
        }
        if (path.equals("payments") && call.method().equals("POST")) {
            throw new BillRefusal(403, "BDC_1361", "Untrusted session.");
        }
        if (Books.isList(path)) {
            return call.method().equals("GET") ? Reply.json(200, books.list(path, call.query())) : created(call, path);
        }
        int slash = path.lastIndexOf('/');
        String before = path.substring(0, Math.max(0, slash));
        String last = path.substring(slash + 1);
        if (Books.isList(before)) {
            return last.equals("bulk") ? bulk(call, before) : one(call, before, last);
        }
        int second = before.lastIndexOf('/');
        if (second > 0 && (last.equals("archive") || last.equals("restore"))) {
            String resource = before.substring(0, second);
            return Reply.json(200, books.archive(resource, before.substring(second + 1), last.equals("archive")));
        }
        throw new BillRefusal(404, "BDC_1121", "API not supported: " + path);
    }

    private Reply created(WireCall call, String resource) {
        if (!call.method().equals("POST")) {
            throw new BillRefusal(404, "BDC_1121", "API not supported: " + call.method() + " " + resource);
        }
        List<JsonNode> one = List.of(call.json());
        return switch (resource) {
            case "vendors" -> Reply.json(201, books.createVendors(one).get(0));
            case "bills" -> Reply.json(201, books.createBills(one).get(0));
            default -> throw new BillRefusal(404, "BDC_1121", "API not supported: POST " + resource);
        };
    }

    private Reply bulk(WireCall call, String resource) {
        var bodies = new ArrayList<JsonNode>();
        JsonNode json = call.json();
        if (!json.isArray()) {
            throw BillRefusal.field("a raw array is needed");
        }
        json.forEach(bodies::add);
        int most = resource.equals("bills") ? 100 : 20;
        if (bodies.isEmpty() || bodies.size() > most) {
            throw BillRefusal.field("at most " + most + " " + resource + " can be created at once");
        }
        ArrayNode made = JsonNodeFactory.instance.arrayNode();
        if (resource.equals("bills")) {
            books.createBills(bodies).forEach(made::add);
            return Reply.json(201, made);
        }
        books.createVendors(bodies).forEach(made::add);
        return Reply.json(201, JsonNodeFactory.instance.objectNode().set("vendors", made));
    }

    private Reply one(WireCall call, String resource, String id) {
        return switch (call.method()) {
            case "GET" -> {
                ObjectNode held = books.copy(resource, id);
                if (held == null) {
                    throw new BillRefusal(404, "BDC_1003", resource + " " + id + " is not found.");
                }
                yield Reply.json(200, held);
            }
            case "PATCH" ->
                Reply.json(
                        200,
                        resource.equals("vendors")
                                ? books.changeVendor(id, call.json())
                                : books.changeBill(id, call.json(), false));
            case "PUT" -> Reply.json(200, books.changeBill(id, call.json(), true));
            default -> throw new BillRefusal(404, "BDC_1121", "API not supported: " + call.method());
        };
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    @Override
    public String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
    }
}
