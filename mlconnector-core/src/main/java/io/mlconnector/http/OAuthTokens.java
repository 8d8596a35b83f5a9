package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Quota;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OAuth 2 tokens by client credentials or by the password of a service account. One thread fetches a token while the others wait, or go on with the old one as long as it is valid. A
 * token is replaced when less than 15 s or a fifth of its life is left, whichever is more, and on a 401; however many threads got the
 * 401 with one token, it is replaced once. A refusal or an outage of the token server is remembered for a few seconds, so that waiting
 * threads do not repeat it: identity providers lock accounts.
 *
 * <p>Belongs to one connection, is safe for its threads and prints no secret.
 */
public final class OAuthTokens implements Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(OAuthTokens.class);
    private static final String AUTHORIZATION = "Authorization";
    private static final Duration FAULT_REMEMBERED = Duration.ofSeconds(10);

    private final String connection;
    private final InstantSource clock;
    private final TokenEndpoint endpoint;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicReference<@Nullable OAuthToken> current = new AtomicReference<>();

    private volatile Grants grants;

    /** The last failure; guarded by {@link #fetching}. */
    private @Nullable Fault fault;

    private OAuthTokens(Builder builder) {
        connection = builder.context.connection();
        clock = builder.context.clock();
        endpoint = builder.endpoint();
        grants = new Grants(builder.grant, null, Instant.MIN);
    }

    /**
     * Returns a builder for the client credentials grant; id and secret go into the form body.
     *
     * @param context names the connection and hands in time, waiting and chance
     * @param tokenUrl where tokens are issued
     * @param clientId the id of the client, not blank
     * @param clientSecret its secret
     * @return the builder
     * @throws IllegalArgumentException if the id is blank
     */
    public static Builder clientCredentials(
            ConnectorContext context, URI tokenUrl, String clientId, Secret clientSecret) {
        return new Builder(context, tokenUrl, new TokenGrant(clientId, clientSecret, null, null, ""));
    }

    /**
     * Returns a builder for the password grant (RFC 6749, section 4.3), by which gateways let in a service account; all
     * credentials go into the form body.
     *
     * @param context names the connection and hands in time, waiting and chance
     * @param tokenUrl where tokens are issued
     * @param clientId the id of the client, not blank
     * @param clientSecret its secret
     * @param user the service account
     * @param password its secret
     * @return the builder
     * @throws IllegalArgumentException if the id is blank
     */
    public static Builder password(
            ConnectorContext context,
            URI tokenUrl,
            String clientId,
            Secret clientSecret,
            String user,
            Secret password) {
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        return new Builder(context, tokenUrl, new TokenGrant(clientId, clientSecret, user, password, ""));
    }

    /**
     * Returns the {@code Authorization} header with a valid token, which is fetched first if need be.
     *
     * @return the header
     * @throws AuthenticationException if the token server refuses the client (4xx); it is not asked again at once
     * @throws UnavailableException if the token server does not answer, answers without a token, or the thread is interrupted
     */
    @Override
    public Map<String, String> authenticate() {
        OAuthToken known = current.get();
        Instant now = clock.instant();
        if (known != null && known.freshAt(now)) {
            return header(known);
        }
        if (known != null && known.usableAt(now)) {
            return header(renewedOr(known));
        }
        try {
            fetching.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    connection + ": interrupted while waiting for an access token", details(), e);
        }
        try {
            return header(currentOrFetched());
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public boolean refused(Map<String, String> sent) {
        String header = sent.get(AUTHORIZATION);
        current.updateAndGet(known -> known != null && known.header().equals(header) ? null : known);
        return true;
    }

    /**
     * Gives the token back, if there is one, so that nobody can use it any more. A server that refuses or does not answer
     * changes nothing: the token then ends by itself.
     *
     * @param revokeUrl where tokens are revoked
     */
    public void revoke(URI revokeUrl) {
        OAuthToken known = current.getAndSet(null);
        if (known == null || !known.usableAt(clock.instant())) {
            return;
        }
        try {
            int status = endpoint.revoke(revokeUrl, grants.current(), known.accessToken())
                    .status();
            LOG.debug("{}: the access token was revoked with status {}", connection, status);
        } catch (MlConnectorException e) {
            LOG.debug("{}: the access token was not revoked: {}", connection, e.getMessage());
        }
    }

    /**
     * Shows another client secret from the next token on. The token in use stays in use.
     *
     * @param next the new secret
     * @param oldUntil until when the old one is shown where the new one is refused
     */
    public void replaceClientSecret(Secret next, Instant oldUntil) {
        replace(grants.current().withClientSecret(requireNonNull(next, "next")), oldUntil);
    }

    /**
     * Shows other credentials from the next token on: those of the client and of its service account. The token in use stays in
     * use.
     *
     * @param clientId the id of the client
     * @param clientSecret its secret
     * @param user the service account
     * @param password its secret
     * @param oldUntil until when the old ones are shown where the new ones are refused
     */
    public void replace(String clientId, Secret clientSecret, String user, Secret password, Instant oldUntil) {
        requireNonNull(clientSecret, "clientSecret");
        requireNonNull(password, "password");
        replace(
                new TokenGrant(
                        requireNonNull(clientId, "clientId"),
                        clientSecret,
                        requireNonNull(user, "user"),
                        password,
                        grants.current().scope()),
                oldUntil);
    }

    private void replace(TokenGrant next, Instant oldUntil) {
        requireNonNull(oldUntil, "oldUntil");
        fetching.lock();
        try {
            Grants shown = grants;
            if (next.equals(shown.current())) {
                return; // connections that share the tokens are each told, and the old credentials must not be
                // forgotten
            }
            grants = new Grants(next, shown.current(), oldUntil);
            fault = null; // it was that of the old credentials
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public long tokenRequests() {
        return endpoint.requests();
    }

    @Override
    public Optional<Instant> tokenUntil() {
        return Optional.ofNullable(current.get()).map(OAuthToken::usableUntil);
    }

    @Override
    public String toString() {
        return "OAuthTokens[" + connection + "]";
    }

    /** Renews a token that still works, unless another thread is at it or the token server is out of order. */
    private OAuthToken renewedOr(OAuthToken stillValid) {
        if (!fetching.tryLock()) {
            return stillValid;
        }
        try {
            return currentOrFetched();
        } catch (UnavailableException e) {
            if (!stillValid.usableAt(clock.instant())) {
                throw e;
            }
            LOG.debug("{}: going on with the old access token: {}", connection, e.getMessage());
            return stillValid;
        } finally {
            fetching.unlock();
        }
    }

    private OAuthToken currentOrFetched() {
        OAuthToken known = current.get();
        Instant now = clock.instant();
        if (known != null && known.freshAt(now)) {
            return known;
        }
        if (fault != null && fault.holdsAt(now)) {
            throw fault.again(details());
        }
        try {
            OAuthToken fetched = fetched();
            fault = null;
            current.set(fetched);
            return fetched;
        } catch (AuthenticationException | UnavailableException e) {
            // An interrupt is the fault of one thread and says nothing about the server.
            fault = Thread.currentThread().isInterrupted()
                    ? null
                    : new Fault(e, clock.instant(), clock.instant().plus(FAULT_REMEMBERED));
            throw e;
        }
    }

    private OAuthToken fetched() {
        Grants shown = grants;
        TokenGrant old = shown.old();
        try {
            return endpoint.fetch(shown.current());
        } catch (AuthenticationException e) {
            if (old == null || !clock.instant().isBefore(shown.oldUntil())) {
                throw e;
            }
            LOG.warn("{}: the new credentials are refused, the old ones are shown: {}", connection, e.getMessage());
            return endpoint.fetch(old);
        }
    }

    private static Map<String, String> header(OAuthToken token) {
        return Map.of(AUTHORIZATION, token.header());
    }

    private Details details() {
        return Details.of(connection, "request an access token");
    }

    /** What is shown for a token, and what was shown before. */
    private record Grants(TokenGrant current, @Nullable TokenGrant old, Instant oldUntil) {}

    private record Fault(MlConnectorException seen, Instant from, Instant until) {

        boolean holdsAt(Instant now) {
            return now.isBefore(until) && !now.isBefore(from);
        }

        MlConnectorException again(Details details) {
            String message = String.valueOf(seen.getMessage());
            return seen instanceof AuthenticationException
                    ? new AuthenticationException(message, details, seen)
                    : new UnavailableException(message, details, seen);
        }
    }

    /** Collects the settings. For one thread. */
    public static final class Builder {

        private final ConnectorContext context;
        private final URI tokenUrl;
        private final HttpApi.Builder http;
        private TokenGrant grant;
        private Duration assumedLifetime = Duration.ofMinutes(3);

        private Builder(ConnectorContext context, URI tokenUrl, TokenGrant grant) {
            this.context = requireNonNull(context, "context");
            this.tokenUrl = requireNonNull(tokenUrl, "tokenUrl");
            this.grant = grant;
            requireNonNull(grant.clientSecret(), "clientSecret");
            if (requireNonNull(grant.clientId(), "clientId").isBlank()) {
                throw new IllegalArgumentException("clientId must not be blank");
            }
            this.http = HttpApi.builder(context)
                    .backoff(Backoff.ofDefaults()
                            .withDelays(Duration.ofMillis(500), Duration.ofSeconds(10))
                            .withAttempts(4)
                            .withBudget(Duration.ofMinutes(2)))
                    .classifier(answer -> answer.status() == 401 ? Verdict.FINAL : Classifier.DEFAULT.classify(answer))
                    .requestTimeout(Duration.ofSeconds(30))
                    .maxBody(1L << 20);
        }

        /**
         * Sets the scope that is asked for; the default is none.
         *
         * @param scope scopes, divided by blanks
         * @return this builder
         */
        public Builder scope(String scope) {
            this.grant = grant.withScope(requireNonNull(scope, "scope").strip());
            return this;
        }

        /**
         * Sets a quota for requests for a token; the default has no limit. It may refuse by an {@link UnavailableException},
         * where a system allows so many tokens a day.
         *
         * @param quota the quota
         * @return this builder
         */
        public Builder quota(Quota quota) {
            http.quota(quota);
            return this;
        }

        /**
         * Sets how long a token is used whose lifetime is not told; the default is 3 minutes.
         *
         * @param lifetime more than zero
         * @return this builder
         */
        public Builder assumedLifetime(Duration lifetime) {
            this.assumedLifetime = HttpApi.requirePositive(lifetime, "assumedLifetime");
            return this;
        }

        /**
         * Sets how outages of the token server are bridged; the default is 4 attempts, 0.5 s base, 10 s cap, 2 minutes in all.
         *
         * @param backoff the backoff
         * @return this builder
         */
        public Builder backoff(Backoff backoff) {
            http.backoff(backoff);
            return this;
        }

        /**
         * Sets the time one request for a token may take; the default is 30 s.
         *
         * @param timeout more than zero
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            http.requestTimeout(timeout);
            return this;
        }

        /**
         * Allows plain http to a token server on another machine; the default is no.
         *
         * @param allow whether it is allowed
         * @return this builder
         */
        public Builder allowPlainHttp(boolean allow) {
            http.allowPlainHttp(allow);
            return this;
        }

        /**
         * Hands in a client, for a proxy or certificates of one's own.
         *
         * @param client a client that follows no redirects
         * @return this builder
         */
        public Builder client(HttpClient client) {
            http.client(client);
            return this;
        }

        /**
         * Returns the authenticator; no token is fetched yet.
         *
         * @return the authenticator
         */
        public OAuthTokens build() {
            return new OAuthTokens(this);
        }

        private TokenEndpoint endpoint() {
            return new TokenEndpoint(http.build(), context.clock(), tokenUrl, assumedLifetime);
        }
    }
}
