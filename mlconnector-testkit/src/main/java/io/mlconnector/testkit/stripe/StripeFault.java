package io.mlconnector.testkit.stripe;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One way for a call to go wrong, handed to {@link StripeSandbox#failNext(int, StripeFault)}. */
public final class StripeFault {

    enum Stage {
        INSTEAD_OF_THE_CALL,
        DROPPED_BEFORE,
        FAILED_IN_EXECUTION,
        FAILED_AFTER_EXECUTION,
        DROPPED_AFTER,
        DELAYED
    }

    private final Stage stage;
    private final @Nullable Answer answer;
    private final Duration delay;
    private final @Nullable HeldCall hold;

    private StripeFault(Stage stage, @Nullable Answer answer, Duration delay, @Nullable HeldCall hold) {
        this.stage = stage;
        this.answer = answer;
        this.delay = delay;
        this.hold = hold;
    }

    /**
     * Returns a 429 that says too many calls are made; the call is not executed.
     *
     * @param reason the value of {@code Stripe-Rate-Limited-Reason}, such as {@code global-rate} or {@code endpoint-rate}
     * @return the fault
     */
    public static StripeFault rateLimited(String reason) {
        Objects.requireNonNull(reason, "reason");
        return instead(rateLimitAnswer(reason));
    }

    /**
     * Returns a 429 that says another call holds the object, with the advice to retry; the call is not executed.
     *
     * @return the fault
     */
    public static StripeFault lockTimeout() {
        Answer answer = refusal(
                429, StripeRefusal.INVALID_REQUEST, "lock_timeout", "This object is locked by another request.");
        return instead(answer.withHeader("Stripe-Should-Retry", "true"));
    }

    /**
     * Returns a 409; the call is not executed.
     *
     * @return the fault
     */
    public static StripeFault conflict() {
        return instead(
                refusal(409, StripeRefusal.INVALID_REQUEST, null, "The request conflicts with another request."));
    }

    /**
     * Returns a 502 with an HTML page, as a proxy sends it; the call is not executed.
     *
     * @return the fault
     */
    public static StripeFault badGateway() {
        byte[] page = "<html><body><h1>502 Bad Gateway</h1></body></html>".getBytes(StandardCharsets.UTF_8);
        return instead(new Answer(502, "text/html", page, Map.of()));
    }

    /**
     * Returns a 502 without a body; the call is not executed.
     *
     * @return the fault
     */
    public static StripeFault emptyBadGateway() {
        return instead(new Answer(502, "text/html", new byte[0], Map.of()));
    }

    /**
     * Returns a 503; the call is not executed.
     *
     * @return the fault
     */
    public static StripeFault unavailable() {
        return instead(refusal(503, "api_error", null, "The service is temporarily unavailable."));
    }

    /**
     * Returns a fault that closes the connection before the call is executed.
     *
     * @return the fault
     */
    public static StripeFault droppedBefore() {
        return new StripeFault(Stage.DROPPED_BEFORE, null, Duration.ZERO, null);
    }

    /**
     * Returns a fault that executes the call and then closes the connection: the answer is lost, the effect is not.
     *
     * @return the fault
     */
    public static StripeFault droppedAnswer() {
        return new StripeFault(Stage.DROPPED_AFTER, null, Duration.ZERO, null);
    }

    /**
     * Returns a 500 without effect; it is stored under the idempotency key and replayed.
     *
     * @return the fault
     */
    public static StripeFault serverError() {
        return new StripeFault(Stage.FAILED_IN_EXECUTION, serverErrorAnswer(), Duration.ZERO, null);
    }

    /**
     * Returns a 500 although the call took effect; it is stored under the idempotency key and replayed.
     *
     * @return the fault
     */
    public static StripeFault serverErrorAfterEffect() {
        return new StripeFault(Stage.FAILED_AFTER_EXECUTION, serverErrorAnswer(), Duration.ZERO, null);
    }

    /**
     * Returns a fault that executes the call and holds its answer back, in real time; its idempotency key stays in use.
     *
     * @param delay how long the answer takes
     * @return the fault
     */
    public static StripeFault slowAnswer(Duration delay) {
        Objects.requireNonNull(delay, "delay");
        return new StripeFault(Stage.DELAYED, null, delay, null);
    }

    static StripeFault held(HeldCall call) {
        return new StripeFault(Stage.DELAYED, null, Duration.ZERO, call);
    }

    static Answer rateLimitAnswer(String reason) {
        return refusal(429, StripeRefusal.INVALID_REQUEST, "rate_limit", "Request rate limit exceeded.")
                .withHeader("Stripe-Rate-Limited-Reason", reason);
    }

    Stage stage() {
        return stage;
    }

    Answer answer() {
        return Objects.requireNonNull(answer, "answer");
    }

    Duration delay() {
        return delay;
    }

    @Nullable HeldCall hold() {
        return hold;
    }

    private static StripeFault instead(Answer answer) {
        return new StripeFault(Stage.INSTEAD_OF_THE_CALL, answer, Duration.ZERO, null);
    }

    private static Answer serverErrorAnswer() {
        return refusal(500, "api_error", null, "Something went wrong on the server's side.");
    }

    private static Answer refusal(int status, String type, @Nullable String code, String message) {
        return Answer.json(status, new StripeRefusal(status, type, code, null, message, true).body("req_fault", 0));
    }
}
