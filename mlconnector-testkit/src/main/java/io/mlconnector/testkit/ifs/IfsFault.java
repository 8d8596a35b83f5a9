package io.mlconnector.testkit.ifs;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Something that goes wrong with one request. Immutable; hand it to {@link IfsSandbox#failNext(int, IfsFault)}. */
public final class IfsFault {

    /** Answers in place of the server; empty closes the connection. */
    interface Effect {
        Optional<Reply> answer(Supplier<Reply> server, HeldAnswers held) throws InterruptedException;
    }

    private final String name;
    private final Effect effect;

    private IfsFault(String name, Effect effect) {
        this.name = name;
        this.effect = effect;
    }

    Effect effect() {
        return effect;
    }

    private static IfsFault instead(String name, Reply reply) {
        return new IfsFault(name, (server, held) -> Optional.of(reply));
    }

    private static Reply tooManyRequests() {
        return Reply.of(429, "text/plain", "Too Many Requests");
    }

    /**
     * Status 429 that names no time.
     *
     * @return the fault
     */
    public static IfsFault throttled() {
        return instead("throttled", tooManyRequests());
    }

    /**
     * Status 429 with {@code Retry-After} in seconds.
     *
     * @param retryAfter how long to stay away, in whole seconds
     * @return the fault
     */
    public static IfsFault throttledFor(Duration retryAfter) {
        return instead("throttledFor", tooManyRequests().with("Retry-After", Long.toString(retryAfter.toSeconds())));
    }

    /**
     * Status 429 with {@code Retry-After} as an HTTP date.
     *
     * @param retryAt when to come back
     * @return the fault
     */
    public static IfsFault throttledUntil(Instant retryAt) {
        return instead("throttledUntil", tooManyRequests().with("Retry-After", ServerClock.httpDate(retryAt)));
    }

    /**
     * Status 503 for outdated cached metadata, with {@code Retry-After: 1}. Nothing was executed.
     *
     * @return the fault
     */
    public static IfsFault metadataOutdated() {
        return instead(
                "metadataOutdated",
                Refusal.answer(503, "MI_MODIFIED_ERROR", "Cached Service metadata is outdated. Please try again.")
                        .with("Retry-After", "1"));
    }

    /**
     * Status 500 for a business rule that the record breaks: an account that does not exist.
     *
     * @return the fault
     */
    public static IfsFault businessError() {
        return businessError("20111", "Account.FND_RECORD_NOT_EXIST: The Account object does not exist.");
    }

    /**
     * Status 500 for a business rule of the caller's choice.
     *
     * @param code the code in the details
     * @param message the message in the details
     * @return the fault
     */
    public static IfsFault businessError(String code, String message) {
        return instead("businessError", Refusal.databaseAnswer(code, message));
    }

    /**
     * Status 500 for a row that another session holds.
     *
     * @return the fault
     */
    public static IfsFault recordLocked() {
        return instead("recordLocked", Refusal.databaseAnswer("20113", "FND_LOCKED: The Voucher is currently locked."));
    }

    /**
     * Status 502 with an HTML page of a gateway.
     *
     * @return the fault
     */
    public static IfsFault badGateway() {
        return instead("badGateway", Reply.html(502, "502 Bad Gateway"));
    }

    /**
     * Status 302 to another place, such as a login page.
     *
     * @param location where to
     * @return the fault
     */
    public static IfsFault redirectTo(URI location) {
        return instead("redirectTo", Reply.empty(302).with("Location", location.toString()));
    }

    /**
     * Any other answer.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param body the body
     * @return the fault
     */
    public static IfsFault answering(int status, String contentType, String body) {
        return instead("answering", Reply.of(status, contentType, body));
    }

    /**
     * Closes the connection before the request is looked at.
     *
     * @return the fault
     */
    public static IfsFault connectionDropped() {
        return new IfsFault("connectionDropped", (server, held) -> Optional.empty());
    }

    /**
     * Carries the request out and closes the connection instead of answering.
     *
     * @return the fault
     */
    public static IfsFault answerLost() {
        return new IfsFault("answerLost", (server, held) -> {
            Reply unused = server.get();
            return Optional.empty();
        });
    }

    /**
     * Carries the request out at once and holds the answer back until the time is over, or until {@link
     * IfsSandbox#releaseAnswers()}.
     *
     * @param delay how long, in real time
     * @return the fault
     */
    public static IfsFault slow(Duration delay) {
        return new IfsFault("slow", (server, held) -> {
            Reply reply = server.get();
            held.hold(delay);
            return Optional.of(reply);
        });
    }

    /**
     * Carries the request out and answers with the first half of the body.
     *
     * @return the fault
     */
    public static IfsFault truncatedAnswer() {
        return new IfsFault(
                "truncatedAnswer", (server, held) -> Optional.of(server.get().truncated()));
    }

    /**
     * Carries the request out and answers without {@code ETag} and {@code @odata.etag}.
     *
     * @return the fault
     */
    public static IfsFault withoutEtag() {
        return new IfsFault(
                "withoutEtag", (server, held) -> Optional.of(server.get().withoutEtag()));
    }

    /**
     * Lets something else happen first, such as another user's change of the row, and then carries the request out.
     *
     * @param other what comes first; runs on a thread of the server
     * @return the fault
     */
    public static IfsFault overtakenBy(Runnable other) {
        return new IfsFault("overtakenBy", (server, held) -> {
            other.run();
            return Optional.of(server.get());
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
