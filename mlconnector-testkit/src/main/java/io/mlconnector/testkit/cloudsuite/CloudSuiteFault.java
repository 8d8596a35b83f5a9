package io.mlconnector.testkit.cloudsuite;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Something that goes wrong with one request. Immutable; hand it to {@link CloudSuiteSandbox#failNext}. */
public final class CloudSuiteFault {

    /** Answers in place of the gateway; empty closes the connection. */
    interface Effect {
        Optional<Reply> answer(Supplier<Reply> gateway, Runnable later);
    }

    private final String name;
    private final Effect effect;

    private CloudSuiteFault(String name, Effect effect) {
        this.name = name;
        this.effect = effect;
    }

    Effect effect() {
        return effect;
    }

    private static CloudSuiteFault instead(String name, Reply reply) {
        return new CloudSuiteFault(name, (gateway, later) -> Optional.of(reply));
    }

    private static Reply timedOut() {
        return Reply.json(504, "{\"error\":\"Gateway Timeout\"}");
    }

    static Reply tooManyRequests() {
        return Reply.json(429, "{\"error\":\"Too Many Requests\"}");
    }

    /**
     * Status 429 that names no time.
     *
     * @return the fault
     */
    public static CloudSuiteFault throttled() {
        return instead("throttled", tooManyRequests());
    }

    /**
     * Status 429 with {@code Retry-After}.
     *
     * @param retryAfter how long to stay away, in whole seconds
     * @return the fault
     */
    public static CloudSuiteFault throttledFor(Duration retryAfter) {
        return instead("throttledFor", tooManyRequests().with("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /**
     * Status 401, as for a token that the gateway does not know any more. Nothing is executed.
     *
     * @return the fault
     */
    public static CloudSuiteFault unauthorized() {
        return instead("unauthorized", Reply.json(401, "{\"error\":\"Unauthorized\"}"));
    }

    /**
     * Status 403. Nothing is executed.
     *
     * @return the fault
     */
    public static CloudSuiteFault forbidden() {
        return instead("forbidden", Reply.json(403, "{\"error\":\"Forbidden\"}"));
    }

    /**
     * Status 503 with an HTML page. Nothing is executed.
     *
     * @return the fault
     */
    public static CloudSuiteFault unavailable() {
        return instead("unavailable", Reply.html(503, "Service Unavailable"));
    }

    /**
     * Status 504, and M3 never executes the request.
     *
     * @return the fault
     */
    public static CloudSuiteFault timeout() {
        return instead("timeout", timedOut());
    }

    /**
     * Status 504, although M3 has executed the request.
     *
     * @return the fault
     */
    public static CloudSuiteFault timeoutAfterEffect() {
        return new CloudSuiteFault("timeoutAfterEffect", (gateway, later) -> {
            Reply unused = gateway.get();
            return Optional.of(timedOut());
        });
    }

    /**
     * Status 504, and M3 executes the request later, at {@link CloudSuiteSandbox#land()}.
     *
     * @return the fault
     */
    public static CloudSuiteFault timeoutBeforeEffect() {
        return new CloudSuiteFault("timeoutBeforeEffect", (gateway, later) -> {
            later.run();
            return Optional.of(timedOut());
        });
    }

    /**
     * M3 executes the request, and the connection breaks before the answer.
     *
     * @return the fault
     */
    public static CloudSuiteFault answerLost() {
        return new CloudSuiteFault("answerLost", (gateway, later) -> {
            Reply unused = gateway.get();
            return Optional.empty();
        });
    }

    /**
     * The connection breaks, and M3 never executes the request.
     *
     * @return the fault
     */
    public static CloudSuiteFault connectionDropped() {
        return new CloudSuiteFault("connectionDropped", (gateway, later) -> Optional.empty());
    }

    /**
     * M3 executes the request, and the answer cannot be read.
     *
     * @return the fault
     */
    public static CloudSuiteFault unreadableAnswer() {
        return new CloudSuiteFault("unreadableAnswer", (gateway, later) -> {
            Reply unused = gateway.get();
            return Optional.of(Reply.html(200, "M3"));
        });
    }

    /**
     * Something else happens first, and M3 then executes the request.
     *
     * @param other what comes first; runs on a thread of the server
     * @return the fault
     */
    public static CloudSuiteFault overtakenBy(Runnable other) {
        return new CloudSuiteFault("overtakenBy", (gateway, later) -> {
            other.run();
            return Optional.of(gateway.get());
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
