package io.mlconnector.bill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlconnector.http.Authenticator;
import io.mlconnector.http.HttpAnswer;
import io.mlconnector.http.HttpApi;
import io.mlconnector.http.HttpCall;
import io.mlconnector.http.Repeat;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The session of a connection. One thread opens it while the others wait; it is opened anew before BILL ends it for being idle, and
 * once when BILL does not know it.
 */
final class BillSession implements Authenticator {

    private static final String OPERATION = "log in";
    private static final Duration REFUSAL_REMEMBERED = Duration.ofMinutes(1);

    private final String connection;
    private final BillSettings settings;
    private final HttpApi http;
    private final InstantSource clock;
    private final ReentrantLock opening = new ReentrantLock();
    private final AtomicLong logins = new AtomicLong();
    private volatile Secret password;
    private volatile @Nullable Session current;
    private volatile Instant lastUse = Instant.MIN;
    private @Nullable Refusal refusal;

    BillSession(String connection, BillSettings settings, HttpApi http, InstantSource clock) {
        this.connection = connection;
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.password = settings.password();
    }

    private record Session(String id) {
        @Override
        public String toString() {
            return "Session[***]";
        }
    }

    private record Refusal(AuthenticationException seen, Instant until) {}

    @Override
    public Map<String, String> authenticate() {
        Session session = usable();
        if (session == null) {
            session = opened();
        }
        lastUse = clock.instant();
        return Map.of("devKey", settings.devKey().reveal(), "sessionId", session.id());
    }

    @Override
    public boolean refused(Map<String, String> sent) {
        Session known = current;
        if (known != null && known.id().equals(sent.get("sessionId"))) {
            current = null;
        }
        return true;
    }

    @Override
    public long tokenRequests() {
        return logins.get();
    }

    /** Uses another password from the next login on. */
    void replacePassword(Secret next) {
        password = next;
        opening.lock();
        try {
            refusal = null;
        } finally {
            opening.unlock();
        }
    }

    private @Nullable Session usable() {
        Session known = current;
        boolean idle =
                clock.instant().isAfter(lastUse.plus(settings.credential().idleLimit()));
        return known == null || idle ? null : known;
    }

    private Session opened() {
        try {
            opening.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(connection + ": interrupted while waiting for a session", details(), e);
        }
        try {
            Session known = usable();
            if (known != null) {
                return known;
            }
            Refusal before = refusal;
            if (before != null && clock.instant().isBefore(before.until())) {
                throw new AuthenticationException(String.valueOf(before.seen().getMessage()), details(), before.seen());
            }
            Session session = login();
            refusal = null;
            lastUse = clock.instant();
            current = session;
            return session;
        } catch (AuthenticationException e) {
            refusal = new Refusal(e, clock.instant().plus(REFUSAL_REMEMBERED)); // logins are few
            throw e;
        } finally {
            opening.unlock();
        }
    }

    private Session login() {
        boolean second = settings.loginUrl().getPath().endsWith("Login.json");
        HttpCall.Builder call =
                HttpCall.of("POST", settings.loginUrl(), OPERATION).repeat(Repeat.SAFE);
        logins.incrementAndGet();
        HttpAnswer answer = http.send((second ? form(call) : json(call)).build());
        JsonNode body = Json.readOrMissing(answer.body());
        JsonNode id = second ? body.path("response_data").path("sessionId") : body.path("sessionId");
        if (!answer.success() || !id.isTextual()) {
            throw refusedLogin(answer);
        }
        return new Session(id.asText());
    }

    private RuntimeException refusedLogin(HttpAnswer answer) {
        BillError error = BillError.of(answer);
        String message = connection + ": " + OPERATION + ": " + (answer.success() ? "no session" : error.toString());
        Details details = new Details(
                connection, OPERATION, error.code(), answer.requestId().orElse(null));
        if (error.has(BillError.BAD_PASSWORD)) {
            return new AuthenticationException(
                    message + "; username or password is wrong, or of another environment", details);
        }
        if (error.has(BillError.BAD_DEVELOPER_KEY)) {
            return new AuthenticationException(message + "; devKey is wrong, or of another environment", details);
        }
        return answer.status() < 500 && !error.limited()
                ? new AuthenticationException(message, details)
                : new UnavailableException(message, details);
    }

    private HttpCall.Builder json(HttpCall.Builder call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("username", settings.username());
        body.put("password", password.reveal());
        body.put("organizationId", settings.organizationId());
        body.put("devKey", settings.devKey().reveal());
        return call.header("Accept", BillApi.JSON).body(Json.bytes(body), BillApi.JSON);
    }

    /** Version 2 has other names. */
    private HttpCall.Builder form(HttpCall.Builder call) {
        String body = "userName=" + encoded(settings.username()) + "&password=" + encoded(password.reveal()) + "&orgId="
                + encoded(settings.organizationId()) + "&devKey="
                + encoded(settings.devKey().reveal());
        return call.body(body, "application/x-www-form-urlencoded");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Details details() {
        return Details.of(connection, OPERATION);
    }

    @Override
    public String toString() {
        return "BillSession[" + connection + "]";
    }
}
