package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a call from the wire through faults, key, limits, parameters and idempotency to its execution, and back. */
final class Gateway implements HttpHandler {

    private static final String DEFAULT_VERSION = "2026-07-29.dahlia";

    private final Account account;
    private final ApiKeys keys;
    private final RateLimit rateLimit;
    private final FaultPlan faults;
    private final Traffic traffic;
    private final Idempotency idempotency;
    private final CountDownLatch closing = new CountDownLatch(1);

    Gateway(Account account, ApiKeys keys, RateLimit rateLimit, FaultPlan faults, Traffic traffic) {
        this.account = account;
        this.keys = keys;
        this.rateLimit = rateLimit;
        this.faults = faults;
        this.traffic = traffic;
        this.idempotency = new Idempotency(account.world().clock());
    }

    void close() {
        closing.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        traffic.enter();
        Call call = new Call(exchange, account);
        try (exchange) {
            Answer answer = answer(call);
            traffic.record(call.record(answer));
            if (answer != null) {
                send(exchange, call, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the sandbox is closing");
        } finally {
            traffic.leave();
        }
    }

    /** The answer, or null where the connection is to be dropped. */
    private @Nullable Answer answer(Call call) throws InterruptedException, IOException {
        call.readBody();
        StripeFault fault = faults.take(call.method(), call.path());
        if (fault != null && fault.stage() == StripeFault.Stage.DROPPED_BEFORE) {
            return null;
        }
        if (fault != null && fault.stage() == StripeFault.Stage.INSTEAD_OF_THE_CALL) {
            return fault.answer();
        }
        Answer answer;
        try {
            answer = admitted(call, fault);
        } catch (StripeRefusal refusal) {
            answer = refused(call, refusal);
        }
        return fault != null && fault.stage() == StripeFault.Stage.DROPPED_AFTER ? null : answer;
    }

    private Answer admitted(Call call, @Nullable StripeFault fault) throws InterruptedException {
        String key = keys.authenticate(call.header("Authorization"));
        String limited = rateLimit.refuse(call.method() + " " + call.route());
        if (limited != null) {
            return delayed(StripeFault.rateLimitAnswer(limited), fault);
        }
        Routes.Match match = call.match();
        if (match == null) {
            throw new StripeRefusal(
                    404,
                    StripeRefusal.INVALID_REQUEST,
                    null,
                    null,
                    "Unrecognized request URL (" + call.method() + ": " + call.path() + ").",
                    true);
        }
        keys.authorize(key, match.route());
        FormValue.Group form = call.form();
        ObjectNode params = match.route().schema().read(form);
        Expansion.check(params.path("expand"));
        Invocation invocation = new Invocation(call.path(), match.variables(), params);

        String idempotencyKey = call.method().equals("POST") ? call.header("Idempotency-Key") : null;
        if (idempotencyKey == null) {
            return executed(call, match.route(), invocation, fault);
        }
        Answer stored =
                idempotency.begin(idempotencyKey, new Idempotency.Fingerprint(call.method(), call.path(), form));
        if (stored != null) {
            return delayed(stored.withHeader("Idempotent-Replayed", "true"), fault);
        }
        boolean completed = false;
        try {
            Answer answer = executed(call, match.route(), invocation, fault);
            idempotency.store(idempotencyKey, answer.withHeader("Original-Request", call.requestId()));
            completed = true;
            return answer;
        } finally {
            if (!completed) {
                idempotency.abandon(idempotencyKey);
            }
        }
    }

    private Answer executed(Call call, Route route, Invocation invocation, @Nullable StripeFault fault)
            throws InterruptedException {
        if (fault != null && fault.stage() == StripeFault.Stage.FAILED_IN_EXECUTION) {
            return fault.answer();
        }
        Answer answer;
        try {
            Origin origin = new Origin(call.requestId(), call.header("Idempotency-Key"));
            answer = account.execute(route, invocation, origin);
        } catch (StripeRefusal refusal) {
            if (refusal.beforeExecution()) {
                throw refusal;
            }
            answer = refused(call, refusal);
        } catch (RuntimeException e) {
            String message = "The sandbox failed: " + e;
            answer = refused(call, new StripeRefusal(500, "api_error", null, null, message, false));
        }
        return fault != null && fault.stage() == StripeFault.Stage.FAILED_AFTER_EXECUTION
                ? fault.answer()
                : delayed(answer, fault);
    }

    /** Holds an answer back where that is planned, whatever it says: a call that is held must never pass unnoticed. */
    private Answer delayed(Answer answer, @Nullable StripeFault fault) throws InterruptedException {
        if (fault != null && fault.stage() == StripeFault.Stage.DELAYED) {
            delay(fault);
        }
        return answer;
    }

    private void delay(StripeFault fault) throws InterruptedException {
        HeldCall hold = fault.hold();
        if (hold != null) {
            hold.hold();
        } else if (closing.await(fault.delay().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("closed while an answer was held back");
        }
    }

    private Answer refused(Call call, StripeRefusal refusal) {
        return Answer.json(
                refusal.status(), refusal.body(call.requestId(), account.world().now()));
    }

    private static void send(HttpExchange exchange, Call call, Answer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("Request-Id", call.requestId());
        String version = call.header("Stripe-Version");
        headers.set("Stripe-Version", version == null ? DEFAULT_VERSION : version);
        String key = call.header("Idempotency-Key");
        if (key != null && call.method().equals("POST")) {
            headers.set("Idempotency-Key", key);
        }
        answer.headers().forEach(headers::set);
        if (answer.body().length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    /** The wire side of a call. */
    private static final class Call {

        private final HttpExchange exchange;
        private final String requestId;
        private final Routes.@Nullable Match match;
        private byte[] body = new byte[0];

        Call(HttpExchange exchange, Account account) {
            this.exchange = exchange;
            this.requestId = account.world().newId("req_", 14);
            this.match = account.routes().find(method(), path());
        }

        void readBody() throws IOException {
            body = exchange.getRequestBody().readAllBytes();
        }

        String requestId() {
            return requestId;
        }

        String method() {
            return exchange.getRequestMethod();
        }

        String path() {
            return exchange.getRequestURI().getPath();
        }

        Routes.@Nullable Match match() {
            return match;
        }

        String route() {
            return match == null ? path() : match.route().pattern();
        }

        @Nullable String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }

        FormValue.Group form() {
            FormValue.Group form = FormValue.Group.empty();
            String query = exchange.getRequestURI().getRawQuery();
            FormDecoder.decodeInto(form, query == null ? "" : query);
            if (body.length > 0) {
                String type = header("Content-Type");
                if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
                    throw StripeRefusal.parameter(
                            null,
                            null,
                            "The content type of a body must be application/x-www-form-urlencoded, not " + type);
                }
                FormDecoder.decodeInto(form, new String(body, StandardCharsets.UTF_8));
            }
            return form;
        }

        StripeRequest record(@Nullable Answer answer) {
            return new StripeRequest(
                    method(),
                    path(),
                    route(),
                    answer == null ? 0 : answer.status(),
                    header("Idempotency-Key"),
                    answer != null && answer.headers().containsKey("Idempotent-Replayed"),
                    header("Stripe-Version"),
                    requestId);
        }
    }
}
