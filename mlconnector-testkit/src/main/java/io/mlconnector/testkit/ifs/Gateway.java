package io.mlconnector.testkit.ifs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** What every request passes before it reaches the service: faults, the rate limit and the token. */
final class Gateway {

    private final SandboxSettings settings;
    private final ServerClock clock;
    private final TokenEndpoint tokens;
    private final ODataService service;
    private final RateLimit rateLimit;
    private final FaultPlan faults;
    private final IfsTraffic traffic;
    private final HeldAnswers held;

    Gateway(
            SandboxSettings settings,
            ServerClock clock,
            TokenEndpoint tokens,
            ODataService service,
            FaultPlan faults,
            IfsTraffic traffic,
            HeldAnswers held) {
        this.settings = settings;
        this.clock = clock;
        this.tokens = tokens;
        this.service = service;
        this.rateLimit = new RateLimit(settings.requestsPerMinute(), clock);
        this.faults = faults;
        this.traffic = traffic;
        this.held = held;
    }

    Optional<Reply> answer(WireRequest request) throws InterruptedException {
        IfsRequest seen = new IfsRequest(request.method(), request.path(), request.query());
        traffic.began(seen);
        try {
            Optional<IfsFault> fault = faults.take(seen);
            Optional<Reply> reply = fault.isPresent()
                    ? fault.get().effect().answer(() -> process(request), held)
                    : Optional.of(process(request));
            reply.ifPresent(answer -> traffic.answered(answer.status()));
            return reply.map(answer -> finish(request, answer));
        } finally {
            traffic.ended();
        }
    }

    private Reply process(WireRequest request) {
        try {
            if (TokenEndpoint.serves(request)) {
                return tokens.answer(request);
            }
            Optional<Long> wait = rateLimit.secondsToWait();
            if (wait.isPresent()) {
                return Reply.of(429, "text/plain", "Too Many Requests")
                        .with("Retry-After", wait.get().toString());
            }
            if (!tokens.accepts(request.header("Authorization").orElse(""))) {
                Reply reply = settings.htmlOnUnauthorized() ? Reply.html(401, "Unauthorized") : Reply.empty(401);
                return reply.with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            }
            return service.answer(request);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (RuntimeException e) {
            return Reply.of(500, "text/plain", "the sandbox itself failed: " + e);
        }
    }

    private Reply finish(WireRequest request, Reply reply) {
        Reply dated = reply.with("Date", clock.httpDate());
        boolean zipped = request.header("Accept-Encoding").orElse("").contains("gzip");
        return zipped && dated.body().length > 0
                ? dated.withBody(gzip(dated.body())).with("Content-Encoding", "gzip")
                : dated;
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
