package io.mlconnector.http;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call on its way: quota, credentials, sending, classification, repetition. For one thread. */
final class CallRun {

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_HOPS = 5;

    private final HttpApi api;
    private final HttpCall call;
    private final Instant deadline;
    private URI uri;
    private int attempts;
    private int hops;
    private boolean refreshed;

    /** What an earlier attempt left uncertain, if any did. */
    private @Nullable String evidence;

    CallRun(HttpApi api, HttpCall call) {
        this.api = api;
        this.call = call;
        this.uri = call.uri();
        this.deadline = api.clock.instant().plus(api.backoff.budget());
    }

    HttpAnswer run() {
        try {
            while (true) {
                Optional<HttpAnswer> answer = attempt(awaitTurn());
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw truthful(givenUp("interrupted", null, e));
        } catch (UnavailableException | AuthenticationException e) {
            throw truthful(e);
        }
    }

    /** A write that may have taken effect is neither merely unavailable nor merely refused. */
    private MlConnectorException truthful(MlConnectorException fault) {
        return evidence == null
                ? fault
                : new OutcomeUnknownException(
                        prefix() + evidence + ", then " + fault.getMessage(), details(null), fault);
    }

    /** Returns an empty value if the call is to be sent again. */
    private Optional<HttpAnswer> attempt(Map<String, String> credentials) throws InterruptedException {
        HttpAnswer answer;
        try {
            answer = exchanged(credentials);
        } catch (NotSentException e) {
            attempts++;
            retry(
                    "not connected to " + Origins.of(uri) + " (" + e.getMessage() + ")",
                    null,
                    Optional.empty(),
                    false,
                    e);
            return Optional.empty();
        } catch (BodyTooLargeException e) {
            uncertain("the answer was received, but " + e.getMessage(), null, e, false);
            throw givenUp(e.getMessage() + "; ask for less at once or raise the limit", null, e);
        } catch (IOException e) {
            attempts++;
            String seen = e.getClass().getSimpleName() + ": " + e.getMessage();
            uncertain("no answer to " + call.operation() + " (" + seen + ")", null, e, true);
            retry("no answer (" + seen + ")", null, Optional.empty(), false, e);
            return Optional.empty();
        } catch (InterruptedException e) {
            uncertain("interrupted while waiting for the answer to " + call.operation(), null, e, false);
            throw e;
        }
        if (redirected(answer)) {
            return Optional.empty();
        }
        return judge(answer, credentials);
    }

    private HttpAnswer exchanged(Map<String, String> credentials) throws IOException, InterruptedException {
        api.slots.take();
        try {
            return api.wire.exchange(call, uri, credentials, evidence != null);
        } finally {
            api.slots.giveBack();
        }
    }

    private Optional<HttpAnswer> judge(HttpAnswer answer, Map<String, String> credentials) throws InterruptedException {
        if (answer.status() == 429) {
            api.counters.throttled.increment();
        }
        String seen = "status " + answer.status();
        switch (api.classifier.classify(answer)) {
            case FINAL -> {
                return Optional.of(answer);
            }
            case UNAUTHENTICATED -> refresh(answer, credentials);
            case RETRY_NOTHING_DONE -> {
                attempts++;
                Optional<Duration> wanted = RetryAfter.of(answer, api.longestPause);
                retry(seen, answer, wanted, wanted.isPresent() || answer.status() == 429, null);
            }
            case RETRY_IF_REPEATABLE -> {
                attempts++;
                Optional<Duration> wanted = RetryAfter.of(answer, api.longestPause);
                wanted.ifPresent(api.pause::atLeast);
                uncertain(seen + " in answer to " + call.operation(), answer, null, true);
                retry(seen, answer, wanted, wanted.isPresent(), null);
            }
        }
        return Optional.empty();
    }

    private void refresh(HttpAnswer answer, Map<String, String> credentials) {
        if (refreshed || !api.authenticator.refused(credentials)) {
            throw new AuthenticationException(
                    prefix() + "credentials refused with status " + answer.status()
                            + (refreshed ? ", again with new ones" : ""),
                    details(answer));
        }
        refreshed = true;
        uri = call.uri(); // whom a system does not know it may have sent to its login page
        hops = 0;
        api.counters.retries.increment();
        LOG.debug(
                "{}: {} refused with status {}, trying new credentials",
                api.connection,
                call.operation(),
                answer.status());
    }

    /** Remembers that the attempt may have taken effect; throws if it must not be repeated for that reason. */
    private void uncertain(String seen, @Nullable HttpAnswer answer, @Nullable Exception cause, boolean mayGoOn) {
        if (call.repeat() == Repeat.SAFE) {
            return;
        }
        evidence = seen;
        if (call.repeat() == Repeat.ONCE || !mayGoOn) {
            restoreFlag(cause);
            throw new OutcomeUnknownException(prefix() + seen, details(answer), cause);
        }
    }

    private void retry(
            String why,
            @Nullable HttpAnswer answer,
            Optional<Duration> wanted,
            boolean pauseAll,
            @Nullable Exception cause)
            throws InterruptedException {
        Duration drawn = api.backoff.delay(attempts - 1, api.random);
        Duration delay = wanted.filter(it -> it.compareTo(drawn) > 0).orElse(drawn);
        if (pauseAll) {
            api.pause.atLeast(delay);
        }
        if (attempts >= api.backoff.attempts()) {
            throw givenUp(why + ", after " + attempts + " attempts", answer, cause);
        }
        if (api.clock.instant().plus(delay).isAfter(deadline)) {
            throw givenUp(why + ", and a wait of " + delay + " exceeds the time of the call", answer, cause);
        }
        api.counters.retries.increment();
        LOG.debug("{}: {} {}, attempt {} follows in {}", api.connection, call.operation(), why, attempts + 1, delay);
        if (!pauseAll) {
            sleep(delay);
        }
    }

    /** Waits for the end of a pause, for the quota and for credentials, and again for a pause that began in the meantime. */
    private Map<String, String> awaitTurn() throws InterruptedException {
        Map<String, String> credentials;
        do {
            Duration left = api.pause.left();
            if (isPositive(left) && api.clock.instant().plus(left).isAfter(deadline)) {
                throw givenUp("the connection is paused for another " + left, null, null);
            }
            sleep(left);
            sleep(api.quota.reserve(1));
            credentials = api.authenticator.authenticate();
        } while (isPositive(api.pause.left()));
        if (Thread.interrupted()) {
            throw new InterruptedException("before sending"); // who is interrupted would not wait for the answer
        }
        return sendable(credentials);
    }

    private Map<String, String> sendable(Map<String, String> credentials) {
        try {
            credentials.forEach(HeaderRules::require);
            return credentials;
        } catch (IllegalArgumentException e) {
            throw new AuthenticationException(
                    prefix() + "the credentials cannot be sent: " + e.getMessage(), details(null));
        }
    }

    private boolean redirected(HttpAnswer answer) {
        boolean reads = call.repeat() == Repeat.SAFE
                && (call.method().equals("GET") || call.method().equals("HEAD"));
        Optional<String> location = answer.header("Location");
        if (!reads || !REDIRECTS.contains(answer.status()) || location.isEmpty()) {
            return false;
        }
        URI target = target(location.get(), answer);
        if (!Origins.of(target).equals(Origins.of(uri))) {
            throw givenUp(
                    "redirect to another origin refused: " + Origins.of(target)
                            + " (often a login page, so the credentials may not have been accepted)",
                    answer,
                    null);
        }
        hops++;
        if (hops > MAX_HOPS) {
            throw givenUp("more than " + MAX_HOPS + " redirects", answer, null);
        }
        uri = target;
        return true;
    }

    private URI target(String location, HttpAnswer answer) {
        try {
            URI target = uri.resolve(location);
            if (target.getHost() != null && target.getRawUserInfo() == null) {
                return target;
            }
        } catch (IllegalArgumentException malformed) {
            // Falls through: the message would quote the location, which may hold a secret.
        }
        throw givenUp("redirect to a malformed location", answer, null);
    }

    private UnavailableException givenUp(String why, @Nullable HttpAnswer answer, @Nullable Exception cause) {
        return new UnavailableException(prefix() + why, details(answer), cause);
    }

    private String prefix() {
        return api.connection + ": " + call.operation() + ": ";
    }

    private Details details(@Nullable HttpAnswer answer) {
        String status = answer == null ? null : String.valueOf(answer.status());
        String requestId = answer == null ? null : answer.requestId().orElse(null);
        return new Details(api.connection, call.operation(), status, requestId);
    }

    private void sleep(Duration duration) throws InterruptedException {
        if (isPositive(duration)) {
            api.counters.waitedNanos.add(duration.toNanos());
            api.sleeper.sleep(duration);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void restoreFlag(@Nullable Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }
}
