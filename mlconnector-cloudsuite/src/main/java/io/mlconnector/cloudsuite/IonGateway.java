package io.mlconnector.cloudsuite;

import io.mlconnector.http.Authenticator;
import io.mlconnector.http.OAuthTokens;
import io.mlconnector.http.TokenBucket;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Quota;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What all connections of this process that use one service account share: the token, because a client gets few of them a
 * day, and the limits, because the gateway counts by the client. Two connections share it only if all of their credentials
 * are the same. Safe for threads.
 */
final class IonGateway implements Authenticator {

    private static final Map<Key, IonGateway> OPEN = new HashMap<>();
    private static final int BURST = 5;
    private static final int TOKENS_PER_MINUTE = 20;

    /** Credentials as a whole, and the clock by which tokens and limits run. */
    private record Key(IonapiSettings file, InstantSource clock) {}

    /** Guarded by {@link #OPEN}. */
    private Key key;

    private final OAuthTokens tokens;
    private final DailyCount calls;
    private final DailyCount tokenRequests;
    private final Quota quota;
    private final int perMinute;
    private int users;

    private IonGateway(Key key, CloudSuiteSettings settings, ConnectorContext context) {
        this.key = key;
        this.perMinute = settings.requestsPerMinute();
        String tenant = key.file().tenant();
        this.calls = new DailyCount("calls to " + tenant, settings.requestsPerDay(), false, context.clock());
        this.tokenRequests =
                new DailyCount("access tokens of " + tenant, settings.tokensPerDay(), true, context.clock());
        TokenBucket bucket = bucket(perMinute, BURST, context);
        this.quota = permits -> {
            calls.reserve(permits);
            return bucket.reserve(permits);
        };
        TokenBucket tokenBucket = bucket(TOKENS_PER_MINUTE, BURST, context);
        this.tokens = OAuthTokens.password(
                        context,
                        key.file().tokenUrl(),
                        key.file().clientId(),
                        key.file().clientSecret(),
                        key.file().accessKey(),
                        key.file().secretKey())
                .quota(permits -> {
                    tokenRequests.reserve(permits);
                    return tokenBucket.reserve(permits);
                })
                .assumedLifetime(Duration.ofHours(1))
                .allowPlainHttp(settings.allowPlainHttp())
                .build();
    }

    private static TokenBucket bucket(int perMinute, int burst, ConnectorContext context) {
        return TokenBucket.builder()
                .addLimit(perMinute, Duration.ofMinutes(1), Math.min(burst, perMinute))
                .clock(context.clock())
                .build();
    }

    /** The gateway of these credentials, for one more connection. */
    static IonGateway open(CloudSuiteSettings settings, ConnectorContext context) {
        synchronized (OPEN) {
            Key key = new Key(settings.ionapi(), context.clock());
            IonGateway known = OPEN.get(key);
            if (known != null && known.perMinute != settings.requestsPerMinute()) {
                throw new ConfigurationException(context.connection() + ".requestsPerMinute must be " + known.perMinute
                        + ", as of the other connection with the same .ionapi file, because the gateway counts both: "
                        + settings.requestsPerMinute());
            }
            IonGateway gateway = known == null ? new IonGateway(key, settings, context) : known;
            OPEN.put(key, gateway);
            gateway.users++;
            return gateway;
        }
    }

    /** One connection less; the last one gives the token back. */
    void release() {
        URI revoke;
        synchronized (OPEN) {
            users--;
            if (users > 0) {
                return;
            }
            OPEN.remove(key, this);
            revoke = key.file().revokeUrl();
        }
        if (revoke != null) {
            tokens.revoke(revoke);
        }
    }

    /**
     * Shows the keys of another file of the same tenant from the next token on, for all connections that share this.
     *
     * @param oldUntil until when the old keys are shown where the new ones are refused
     */
    void replace(IonapiSettings next, Instant oldUntil, String connection) {
        synchronized (OPEN) {
            IonapiSettings file = key.file();
            if (!next.tenant().equals(file.tenant())
                    || !next.gatewayUrl().equals(file.gatewayUrl())
                    || !next.tokenUrl().equals(file.tokenUrl())) {
                throw new ConfigurationException(connection + ": the next .ionapi file must be of the tenant "
                        + file.tenant() + " and its addresses: " + next.tenant());
            }
            Key replaced = new Key(next, key.clock());
            if (OPEN.putIfAbsent(replaced, this) == null) {
                OPEN.remove(key);
                key = replaced;
            }
        }
        tokens.replace(next.clientId(), next.clientSecret(), next.accessKey(), next.secretKey(), oldUntil);
    }

    Quota quota() {
        return quota;
    }

    DailyCount calls() {
        return calls;
    }

    DailyCount tokensToday() {
        return tokenRequests;
    }

    @Override
    public Map<String, String> authenticate() {
        try {
            return tokens.authenticate();
        } catch (AuthenticationException e) {
            throw new AuthenticationException(
                    e.getMessage() + "; the service account or the app of the .ionapi file may have been removed, or"
                            + " its keys have expired: make new ones in Infor OS and replace the file",
                    new Details(
                            e.connection().orElse(null),
                            e.operation().orElse(null),
                            e.remoteCode().orElse(null),
                            e.requestId().orElse(null)),
                    e);
        }
    }

    @Override
    public boolean refused(Map<String, String> sent) {
        return tokens.refused(sent);
    }

    @Override
    public long tokenRequests() {
        return tokens.tokenRequests();
    }

    @Override
    public Optional<Instant> tokenUntil() {
        return tokens.tokenUntil();
    }
}
