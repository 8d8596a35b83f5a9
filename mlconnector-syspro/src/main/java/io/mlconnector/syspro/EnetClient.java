package io.mlconnector.syspro;

import io.mlconnector.http.Backoff;
import io.mlconnector.http.NotSentException;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries and posts through e.net in the one session of an operator. A query is repeated where that may help, a post never is.
 * Safe for threads; all calls of an operator take turns.
 */
final class EnetClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EnetClient.class);

    private static final int LONGEST_TOKEN = 128;

    /** A refused password is not tried again before, so that the operator is not locked out by polling. */
    private static final Duration AFTER_REFUSAL = Duration.ofMinutes(5);

    private static final Backoff QUERIES = Backoff.ofDefaults()
            .withDelays(Duration.ofMillis(500), Duration.ofSeconds(10))
            .withAttempts(4);

    /**
     * Who logs on where.
     *
     * @param operator the operator
     * @param operatorPassword its password; null if it has none
     * @param companyId the company
     * @param companyPassword its password; null if it has none
     */
    record Credentials(
            String operator,
            @Nullable Secret operatorPassword,
            String companyId,
            @Nullable Secret companyPassword) {}

    private final ConnectorContext context;
    private final EnetWire wire;
    private final EnetTransports transports;
    private final Credentials credentials;
    private final OperatorSeat seat;
    private final Duration sessionIdle;
    private final boolean trimToken;
    private boolean closed;

    EnetClient(SysproSettings.Enet settings, EnetWire wire, ConnectorContext context) {
        this.context = context;
        this.wire = wire;
        this.transports = new EnetTransports(settings, wire, context.connection());
        this.credentials = settings.credentials();
        this.seat = OperatorSeat.of(settings.url(), credentials.operator());
        this.sessionIdle = settings.sessionIdle();
        this.trimToken = settings.trimToken();
    }

    /**
     * Asks a business object.
     *
     * @return its document
     * @throws UnavailableException if there is no answer, or none that is a document
     * @throws AuthenticationException if the operator is refused
     */
    EnetElement query(String businessObject, String document) {
        String what = "query " + businessObject;
        boolean lostBefore = false;
        for (int attempt = 0; ; attempt++) {
            EnetBody body = ask(businessObject, document, what);
            switch (body.kind()) {
                case DOCUMENT -> {
                    EnetElement xml = body.xml();
                    if (xml != null) {
                        return xml;
                    }
                }
                case TOKEN_LOST -> {
                    if (lostBefore) {
                        throw stolen(what);
                    }
                    lostBefore = true;
                    continue;
                }
                case CREDENTIALS -> throw new AuthenticationException(message(what, body), details(what));
                case LICENCE -> throw unlicensed(what, body);
                case TURNED_AWAY -> throw unavailable(what, body);
                case TEXT, ERROR, UNREADABLE -> {}
            }
            if (attempt + 1 >= QUERIES.attempts()) {
                throw unavailable(what, body);
            }
            pause(QUERIES.delay(attempt, context.random()), what);
        }
    }

    private EnetBody ask(String businessObject, String document, String what) {
        seat.lock.lock();
        try {
            String token = token();
            EnetBody body = transports.chosen().send(EnetCall.query(token, businessObject, document));
            used(body);
            return body;
        } catch (IOException e) {
            return new EnetBody(EnetBody.Kind.UNREADABLE, what + ": " + e.getMessage(), null);
        } finally {
            seat.lock.unlock();
        }
    }

    /**
     * Posts once.
     *
     * @return what was answered, or that nothing was; {@link EnetBody.Kind#UNREADABLE} means that it may have been posted
     * @throws UnavailableException if surely nothing was posted, and nothing else would be
     * @throws AuthenticationException if the operator is refused, and nothing was posted
     */
    EnetBody post(EnetCall.Posting posting) {
        String what = "post " + posting.businessObject();
        seat.lock.lock();
        try {
            String token = tokenFor(what);
            EnetBody body = transports.chosen().send(EnetCall.post(token, posting));
            used(body);
            return switch (body.kind()) {
                case CREDENTIALS -> throw new AuthenticationException(message(what, body), details(what));
                case LICENCE -> throw unlicensed(what, body);
                case TURNED_AWAY -> throw unavailable(what, body);
                case TEXT, DOCUMENT, TOKEN_LOST, ERROR, UNREADABLE -> body;
            };
        } catch (NotSentException e) {
            throw new UnavailableException(
                    context.connection() + ": " + what + ": nothing was sent, no connection (" + e.getMessage() + ")",
                    details(what),
                    e);
        } catch (IOException e) {
            return new EnetBody(EnetBody.Kind.UNREADABLE, "no answer: " + e.getMessage(), null);
        } finally {
            seat.lock.unlock();
        }
    }

    /** How many more characters a posting may have. */
    int room(EnetCall.Posting posting) {
        return transports.chosen().room(EnetCall.post("x".repeat(LONGEST_TOKEN), posting));
    }

    /** Logs on, if nobody is, and reads what SYSPRO tells about the session. */
    EnetElement profile() {
        seat.lock.lock();
        try {
            EnetBody body = transports.chosen().send(EnetCall.profile(tokenFor("read the profile")));
            used(body);
            EnetElement xml = body.xml();
            if (xml == null) {
                throw unavailable("read the profile", body);
            }
            return xml;
        } catch (IOException e) {
            throw new UnavailableException(
                    context.connection() + ": read the profile: " + e.getMessage(), details("read the profile"), e);
        } finally {
            seat.lock.unlock();
        }
    }

    String transport() {
        return transports.chosen().name();
    }

    private String tokenFor(String what) {
        try {
            return token();
        } catch (IOException e) {
            throw new UnavailableException(
                    context.connection() + ": log on to " + what + ": " + e.getMessage(), details("log on"), e);
        }
    }

    private String token() throws IOException {
        Instant now = context.clock().instant();
        String known = seat.token;
        if (known != null && credentials.equals(seat.owner)) {
            if (Duration.between(seat.lastUsed, now).compareTo(sessionIdle) <= 0) {
                return known;
            }
            logOff(known);
        }
        seat.forget();
        if (credentials.equals(seat.refusedOwner) && now.isBefore(seat.refusedUntil)) {
            throw new AuthenticationException(
                    context.connection() + ": the operator " + credentials.operator()
                            + " was refused a moment ago and is not tried again before " + seat.refusedUntil
                            + ", so that it is not locked out",
                    details("log on"));
        }
        String token = logOn(now);
        seat.token = token;
        seat.owner = credentials;
        seat.lastUsed = now;
        watch();
        return token;
    }

    private String logOn(Instant now) throws IOException {
        EnetBody body = transports.chosen().send(logonCall());
        switch (body.kind()) {
            case TEXT -> {
                String token = trimToken ? body.text().strip() : body.text();
                if (token.length() > LONGEST_TOKEN) {
                    throw new UnavailableException(
                            context.connection() + ": log on: the token has " + token.length() + " characters; at most "
                                    + LONGEST_TOKEN + " are known of",
                            details("log on"));
                }
                return token;
            }
            case CREDENTIALS -> {
                seat.refusedOwner = credentials;
                seat.refusedUntil = now.plus(AFTER_REFUSAL);
                throw new AuthenticationException(
                        context.connection() + ": SYSPRO refuses the operator " + credentials.operator()
                                + " for the company " + credentials.companyId() + ": " + body.shortened(),
                        details("log on"));
            }
            case LICENCE -> throw unlicensed("log on", body);
            case TOKEN_LOST, ERROR, TURNED_AWAY -> throw unavailable("log on", body);
            case DOCUMENT ->
                throw new UnavailableException(
                        context.connection() + ": log on: a document instead of a token", details("log on"));
            case UNREADABLE -> throw new IOException("log on: " + body.shortened());
        }
        throw new IllegalStateException("all kinds are answered");
    }

    private EnetCall logonCall() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("Operator", credentials.operator());
        parameters.put("OperatorPassword", revealed(credentials.operatorPassword()));
        parameters.put("CompanyId", credentials.companyId());
        parameters.put("CompanyPassword", revealed(credentials.companyPassword()));
        return transports.logon(parameters);
    }

    private static String revealed(@Nullable Secret secret) {
        return secret == null ? "" : secret.reveal();
    }

    private void used(EnetBody body) {
        if (body.kind() == EnetBody.Kind.TOKEN_LOST) {
            LOG.warn(
                    "{}: the session of the operator {} has ended: {}. If somebody else logs on as this operator, give the"
                            + " integration one of its own: SYSPRO allows one session for each",
                    context.connection(),
                    credentials.operator(),
                    body.shortened());
            seat.forget();
        } else {
            seat.lastUsed = context.clock().instant();
        }
    }

    /** An idle session holds a licence. */
    private void watch() {
        if (!seat.watched) {
            seat.watched = true;
            CompletableFuture.delayedExecutor(sessionIdle.toMillis() + 1, TimeUnit.MILLISECONDS)
                    .execute(this::lookAfter);
        }
    }

    private void lookAfter() {
        seat.lock.lock();
        try {
            seat.watched = false;
            if (!closed) {
                logOffIfIdle();
                if (seat.token != null) {
                    watch();
                }
            }
        } finally {
            seat.lock.unlock();
        }
    }

    void logOffIfIdle() {
        seat.lock.lock();
        try {
            String token = seat.token;
            Instant now = context.clock().instant();
            if (token != null
                    && credentials.equals(seat.owner)
                    && Duration.between(seat.lastUsed, now).compareTo(sessionIdle) >= 0) {
                logOff(token);
            }
        } finally {
            seat.lock.unlock();
        }
    }

    private void logOff(String token) {
        seat.forget();
        try {
            transports.chosen().send(EnetCall.logoff(token));
        } catch (IOException | MlConnectorException e) {
            LOG.warn(
                    "{}: could not log off the operator {}; its licence is in use until SYSPRO ends the session: {}",
                    context.connection(),
                    credentials.operator(),
                    e.getMessage());
        }
    }

    UnavailableException stolen(String what) {
        return new UnavailableException(
                context.connection() + ": " + what + ": the session of the operator " + credentials.operator()
                        + " ended again right after a new logon, so somebody else logs on as this operator. SYSPRO allows"
                        + " one session for each operator: give the integration one of its own",
                details(what));
    }

    private UnavailableException unlicensed(String what, EnetBody body) {
        return new UnavailableException(
                message(what, body) + "; the licence or the rights of the operator " + credentials.operator()
                        + " do not cover it",
                details(what));
    }

    private UnavailableException unavailable(String what, EnetBody body) {
        return new UnavailableException(message(what, body), details(what));
    }

    private String message(String what, EnetBody body) {
        return context.connection() + ": " + what + ": " + body.shortened();
    }

    private Details details(String what) {
        return Details.of(context.connection(), what);
    }

    private void pause(Duration delay, String what) {
        try {
            context.sleeper().sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(context.connection() + ": " + what + ": interrupted", details(what), e);
        }
    }

    ConnectionStats stats() {
        return wire.stats();
    }

    @Override
    public void close() {
        seat.lock.lock();
        try {
            if (!closed) {
                closed = true;
                String token = seat.token;
                if (token != null && credentials.equals(seat.owner)) {
                    logOff(token);
                }
                seat.release();
            }
        } finally {
            seat.lock.unlock();
        }
    }
}
