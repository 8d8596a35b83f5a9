package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConfigurationException;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.MlConnectorException;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Quota;
import io.mlconnector.spi.Sleeper;
import io.mlconnector.spi.UnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The door of one connection to the network. A call waits for the quota, gets its credentials, is sent, and its answer is classified;
 * it is repeated only where that can do no harm. A {@code Retry-After} or a 429 pauses the whole connection, all threads alike. Safe
 * for threads; owns none and needs no closing.
 *
 * <p>Redirects: a GET or HEAD follows up to five within its origin, another origin is refused; for other methods the redirect is the
 * answer. Bodies are held in memory up to a limit, gzip is asked for and decoded.
 */
public final class HttpApi {

    final String connection;
    final InstantSource clock;
    final Sleeper sleeper;
    final RandomGenerator random;
    final Quota quota;
    final CallSlots slots;
    final Authenticator authenticator;
    final Classifier classifier;
    final Backoff backoff;
    final Duration longestPause;
    final Counters counters = new Counters();
    final ConnectionPause pause;
    final Wire wire;

    private final Observer observer;
    private final boolean allowPlainHttp;
    private final Set<String> origins;

    private HttpApi(Builder builder) {
        connection = builder.context.connection();
        clock = builder.context.clock();
        sleeper = builder.context.sleeper();
        random = builder.context.random();
        observer = builder.context.observer();
        quota = builder.quota;
        slots = builder.slots;
        authenticator = builder.authenticator;
        classifier = builder.classifier;
        backoff = builder.backoff;
        longestPause = builder.longestPause;
        allowPlainHttp = builder.allowPlainHttp;
        origins = Set.copyOf(builder.origins);
        pause = new ConnectionPause(clock);
        wire = new Wire(builder, builder.clientOrDefault(), counters);
    }

    /**
     * Returns a builder with the defaults its methods name.
     *
     * @param context names the connection and hands in time, waiting and chance
     * @return the builder
     */
    public static Builder builder(ConnectorContext context) {
        return new Builder(context);
    }

    /**
     * Sends a call and returns its final answer, whatever its status: a 404 is an answer. Blocks through waits and repetitions, for
     * no longer than the backoff's budget plus the time of one attempt and of the quota.
     *
     * @param call what to send
     * @return the answer that the classifier calls final
     * @throws AuthenticationException if the credentials are refused, again after one renewal; a write has then surely not
     *     taken effect
     * @throws UnavailableException if the retry budget is spent, the connection is paused for longer than that, a redirect is
     *     refused, the answer is too large, or the thread is interrupted (its flag is then set); a write has then surely not taken
     *     effect
     * @throws OutcomeUnknownException if the call is not {@link Repeat#SAFE} and may have taken effect: at once for
     *     {@link Repeat#ONCE}, after the last attempt for the others
     * @throws IllegalArgumentException if the URI is plain http to another machine or of an origin that is not allowed
     */
    public HttpAnswer send(HttpCall call) {
        requireNonNull(call, "call");
        if (!allowPlainHttp && Origins.isPlainHttpToAnotherMachine(call.uri())) {
            throw new IllegalArgumentException(
                    connection + ": " + call.operation() + ": https is required: " + Origins.of(call.uri()));
        }
        if (!origins.isEmpty() && !origins.contains(Origins.of(call.uri()))) {
            throw new IllegalArgumentException(connection + ": " + call.operation()
                    + ": not an origin of this connection: " + Origins.of(call.uri()));
        }
        Observer.Ending ending = observer.call(connection, call.method(), call.operation());
        try {
            HttpAnswer answer = new CallRun(this, call).run();
            counters.answered();
            if (ending != Observer.Ending.NONE) {
                ending.ended(Integer.toString(answer.status()), null);
            }
            return answer;
        } catch (RuntimeException e) {
            // An interrupt says nothing about the system.
            if (e instanceof MlConnectorException failure
                    && !Thread.currentThread().isInterrupted()) {
                counters.failed(failure);
            }
            ending.failed(e);
            throw e;
        }
    }

    /**
     * Returns the numbers of this connection so far.
     *
     * @return a snapshot
     */
    public ConnectionStats stats() {
        Duration left = pause.left();
        return counters.snapshot(
                authenticator.tokenRequests(),
                left.isNegative() ? Duration.ZERO : left,
                authenticator.tokenUntil().orElse(null));
    }

    @Override
    public String toString() {
        return "HttpApi[" + connection + "]";
    }

    static Duration requirePositive(Duration value, String name) {
        if (requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero: " + value);
        }
        return value;
    }

    /** Collects the settings of a connection. For one thread. */
    public static final class Builder {

        private final ConnectorContext context;
        private final Set<String> origins = new HashSet<>();
        private Quota quota = Quota.UNLIMITED;
        private CallSlots slots = CallSlots.UNLIMITED;
        private Authenticator authenticator = Authenticator.NONE;
        private Classifier classifier = Classifier.DEFAULT;
        private Backoff backoff = Backoff.ofDefaults();
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration longestPause = Duration.ofHours(1);
        private boolean allowPlainHttp;
        private boolean http2;
        private @Nullable HttpClient client;
        Duration requestTimeout = Duration.ofMinutes(2);
        long maxBody = 64L << 20;
        String userAgent = "ml-connector";
        List<String> requestIdHeaders = List.of("X-Request-Id", "Request-Id", "X-Correlation-Id");

        private Builder(ConnectorContext context) {
            this.context = requireNonNull(context, "context");
        }

        /**
         * Sets the quota that every attempt asks; the default has no limit.
         *
         * @param quota the quota, possibly shared with other connections
         * @return this builder
         */
        public Builder quota(Quota quota) {
            this.quota = requireNonNull(quota, "quota");
            return this;
        }

        /**
         * Sets how many calls may be on their way at once; the default is any number. A call that waits before it is sent again
         * takes none.
         *
         * @param slots the slots, shared with whatever shares the remote limit
         * @return this builder
         */
        public Builder slots(CallSlots slots) {
            this.slots = requireNonNull(slots, "slots");
            return this;
        }

        /**
         * Sets who gives the credentials; the default sends none.
         *
         * @param authenticator the authenticator of this connection alone
         * @return this builder
         */
        public Builder authenticator(Authenticator authenticator) {
            this.authenticator = requireNonNull(authenticator, "authenticator");
            return this;
        }

        /**
         * Sets what answers mean; the default is {@link Classifier#DEFAULT}.
         *
         * @param classifier the classifier
         * @return this builder
         */
        public Builder classifier(Classifier classifier) {
            this.classifier = requireNonNull(classifier, "classifier");
            return this;
        }

        /**
         * Sets how often and how patiently calls are repeated; the default is {@link Backoff#ofDefaults()}.
         *
         * @param backoff the backoff
         * @return this builder
         */
        public Builder backoff(Backoff backoff) {
            this.backoff = requireNonNull(backoff, "backoff");
            return this;
        }

        /**
         * Allows calls to the origin (scheme, host, port) of a URI. Once one is named, all others are refused, so that a link in an
         * answer cannot carry the credentials elsewhere; by default any origin is allowed.
         *
         * @param uri any URI of the origin
         * @return this builder
         */
        public Builder addOrigin(URI uri) {
            origins.add(Origins.of(requireNonNull(uri, "uri")));
            return this;
        }

        /**
         * Sets the time to connect; the default is 10 s. Not used if a client is handed in.
         *
         * @param timeout more than zero
         * @return this builder
         */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = requirePositive(timeout, "connectTimeout");
            return this;
        }

        /**
         * Sets the time one attempt may take, to the last byte of the answer; the default is 120 s. A call may name its own.
         *
         * @param timeout more than zero
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = requirePositive(timeout, "requestTimeout");
            return this;
        }

        /**
         * Sets the largest body of an answer, which holds before and after decompression; the default is 64 MiB.
         *
         * @param bytes from 1 to 1 GiB
         * @return this builder
         */
        public Builder maxBody(long bytes) {
            if (bytes < 1 || bytes > 1L << 30) {
                throw new IllegalArgumentException("maxBody must be from 1 to 1 GiB: " + bytes);
            }
            this.maxBody = bytes;
            return this;
        }

        /**
         * Sets the longest pause a {@code Retry-After} can cause; the default is one hour.
         *
         * @param pause more than zero
         * @return this builder
         */
        public Builder longestPause(Duration pause) {
            this.longestPause = requirePositive(pause, "longestPause");
            return this;
        }

        /**
         * Sets the {@code User-Agent}; the default is {@code ml-connector}.
         *
         * @param userAgent the value
         * @return this builder
         */
        public Builder userAgent(String userAgent) {
            HeaderRules.requireSecretValue("User-Agent", userAgent);
            this.userAgent = userAgent;
            return this;
        }

        /**
         * Sets the headers, first hit first, that hold the remote system's id of a call; the default is {@code X-Request-Id, Request-Id,
         * X-Correlation-Id}.
         *
         * @param names header names
         * @return this builder
         */
        public Builder requestIdHeaders(String... names) {
            this.requestIdHeaders = List.of(names);
            return this;
        }

        /**
         * Allows plain http to machines other than this one; the default is no.
         *
         * @param allow whether it is allowed
         * @return this builder
         */
        public Builder allowPlainHttp(boolean allow) {
            this.allowPlainHttp = allow;
            return this;
        }

        /**
         * Allows HTTP/2; the default is no, because some gateways mishandle it. Not used if a client is handed in.
         *
         * @param allow whether it is allowed
         * @return this builder
         */
        public Builder http2(boolean allow) {
            this.http2 = allow;
            return this;
        }

        /**
         * Hands in a client, for a proxy or certificates of one's own; by default one is made for this connection.
         *
         * @param client a client that follows no redirects
         * @return this builder
         * @throws IllegalArgumentException if it follows redirects
         */
        public Builder client(HttpClient client) {
            if (client.followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException(
                        "the client must not follow redirects: they would carry credentials along");
            }
            this.client = client;
            return this;
        }

        /**
         * Returns the connection.
         *
         * @return the connection
         * @throws ConfigurationException if {@code jdk.httpclient.enableAllMethodRetry} makes the JDK repeat writes on its own
         */
        public HttpApi build() {
            String repeatsAll = System.getProperty("jdk.httpclient.enableAllMethodRetry");
            if (repeatsAll != null && (repeatsAll.isEmpty() || Boolean.parseBoolean(repeatsAll))) {
                throw new ConfigurationException(
                        "the system property jdk.httpclient.enableAllMethodRetry must not be set:"
                                + " it makes java.net.http send a write again when its answer is missing");
            }
            return new HttpApi(this);
        }

        private HttpClient clientOrDefault() {
            return client != null
                    ? client
                    : HttpClient.newBuilder()
                            .version(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(connectTimeout)
                            .build();
        }
    }
}
