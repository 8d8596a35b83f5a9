package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One request as an adapter describes it, without credentials. Immutable; prints neither its URI nor its headers nor its body. */
public final class HttpCall {

    private static final Set<String> SILENTLY_REPEATED = Set.of("GET", "HEAD");

    private final String method;
    private final URI uri;
    private final String operation;
    private final Repeat repeat;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final @Nullable Duration timeout;
    private final boolean oneShot;

    private HttpCall(Builder builder) {
        method = builder.method;
        uri = builder.uri;
        operation = builder.operation;
        repeat = builder.repeat;
        headers = Map.copyOf(builder.headers);
        body = builder.body;
        timeout = builder.timeout;
        oneShot = builder.oneShot;
    }

    /**
     * Returns a builder for a GET, which is {@link Repeat#SAFE}.
     *
     * @param uri where to, absolute, http or https, without user and password
     * @param operation what is done, for errors and logs, such as {@code read CustomerSet}; holds no secrets
     * @return the builder
     * @throws IllegalArgumentException if the URI is unfit; the message does not show it
     */
    public static Builder get(URI uri, String operation) {
        return of("GET", uri, operation);
    }

    /**
     * Returns a builder for any method. GET and HEAD begin as {@link Repeat#SAFE}, all others as {@link Repeat#ONCE}.
     *
     * @param method the method in upper case
     * @param uri where to, absolute, http or https, without user and password
     * @param operation what is done, for errors and logs, such as {@code create invoice INV-7}; holds no secrets
     * @return the builder
     * @throws IllegalArgumentException if method or URI is unfit; the message does not show the URI
     */
    public static Builder of(String method, URI uri, String operation) {
        return new Builder(method, uri, operation);
    }

    /**
     * Returns the method.
     *
     * @return the method in upper case
     */
    public String method() {
        return method;
    }

    /**
     * Returns where the call goes.
     *
     * @return the absolute URI
     */
    public URI uri() {
        return uri;
    }

    /**
     * Returns what the call does, for people.
     *
     * @return the operation
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns whether the call may be repeated.
     *
     * @return the rule
     */
    public Repeat repeat() {
        return repeat;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    boolean oneShot() {
        return oneShot;
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    @Override
    public String toString() {
        return method + " (" + operation + ", " + repeat + ")";
    }

    /** Collects the parts of a call. For one thread. */
    public static final class Builder {

        private final String method;
        private final URI uri;
        private final String operation;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private Repeat repeat;
        private byte @Nullable [] body;
        private @Nullable Duration timeout;
        private boolean oneShot;

        private Builder(String method, URI uri, String operation) {
            if (!requireNonNull(method, "method").equals(method.toUpperCase(Locale.ROOT)) || method.isBlank()) {
                throw new IllegalArgumentException("method must be in upper case: " + method);
            }
            String scheme = requireNonNull(uri, "uri").getScheme();
            if (uri.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
                throw new IllegalArgumentException("the URI of " + operation + " must be absolute, http or https");
            }
            if (uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException("the URI of " + operation + " must not hold user and password");
            }
            if (requireNonNull(operation, "operation").isBlank()) {
                throw new IllegalArgumentException("operation must not be blank");
            }
            this.method = method;
            this.uri = uri;
            this.operation = operation;
            this.repeat = SILENTLY_REPEATED.contains(method) ? Repeat.SAFE : Repeat.ONCE;
        }

        /**
         * Sets whether the call may be repeated.
         *
         * @param repeat the rule
         * @return this builder
         */
        public Builder repeat(Repeat repeat) {
            this.repeat = requireNonNull(repeat, "repeat");
            return this;
        }

        /**
         * Sets a header, replacing one of the same name. {@code Host}, {@code Content-Length}, {@code Accept-Encoding}
         * and the like are set by the connection; {@code User-Agent} only if it is missing here.
         *
         * @param name the name
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if name or value cannot be a header; the message does not show the value
         */
        public Builder header(String name, String value) {
            HeaderRules.require(name, value);
            headers.put(name, value);
            return this;
        }

        /**
         * Sets the body and its type.
         *
         * @param content the bytes; not changed afterwards
         * @param contentType the value of {@code Content-Type}
         * @return this builder
         */
        public Builder body(byte[] content, String contentType) {
            this.body = requireNonNull(content, "content");
            return header("Content-Type", contentType);
        }

        /**
         * Sets the body as UTF-8 text.
         *
         * @param content the text
         * @param contentType the value of {@code Content-Type}
         * @return this builder
         */
        public Builder body(String content, String contentType) {
            return body(content.getBytes(StandardCharsets.UTF_8), contentType);
        }

        /**
         * Sets the time one attempt may take, from sending to the last byte of the answer; the default is the connection's.
         *
         * @param timeout more than zero
         * @return this builder
         * @throws IllegalArgumentException if it is not more than zero
         */
        public Builder timeout(Duration timeout) {
            this.timeout = HttpApi.requirePositive(timeout, "timeout");
            return this;
        }

        /**
         * Sends a GET that writes over a connection of its own, without proxy and with the certificates of the platform, where
         * nothing can repeat it: for systems that offer a write as a GET only. It begins as {@link Repeat#ONCE}.
         *
         * @return this builder
         * @throws IllegalArgumentException if the call is no GET
         */
        public Builder oneShot() {
            if (!method.equals("GET")) {
                throw new IllegalArgumentException(operation + ": only a GET needs a connection of its own");
            }
            this.oneShot = true;
            this.repeat = Repeat.ONCE;
            return this;
        }

        /**
         * Returns the call.
         *
         * @return the call
         * @throws IllegalArgumentException if a GET or HEAD is marked {@link Repeat#ONCE} and not {@link #oneShot()}, because {@code java.net.http} silently
         *     sends these again when a connection breaks before the answer; or if {@link Repeat#CONDITIONAL} has no
         *     {@code If-Match} with a version
         */
        public HttpCall build() {
            if (repeat == Repeat.ONCE && SILENTLY_REPEATED.contains(method) && !oneShot) {
                throw new IllegalArgumentException(operation + ": a " + method
                        + " cannot be sent only once, java.net.http may repeat it by itself");
            }
            String version = headers.getOrDefault("If-Match", "*").strip();
            if (repeat == Repeat.CONDITIONAL && version.equals("*")) {
                throw new IllegalArgumentException(operation + ": a conditional call needs an If-Match with a version");
            }
            return new HttpCall(this);
        }
    }
}
