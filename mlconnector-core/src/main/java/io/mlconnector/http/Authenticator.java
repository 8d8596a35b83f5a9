package io.mlconnector.http;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the calls of a connection their credentials. One instance belongs to one connection, is called by all of its threads and
 * is safe for them; it prints no secret.
 */
public interface Authenticator {

    /** Sends no credentials. */
    Authenticator NONE = Map::of;

    /**
     * Returns the headers that prove who calls. Asked before every attempt, so it should be quick; one that has to fetch a token
     * first may block.
     *
     * @return header names and values, printable ASCII; possibly empty
     * @throws AuthenticationException if the credentials themselves are refused
     * @throws UnavailableException if the system that issues tokens does not answer
     */
    Map<String, String> authenticate();

    /**
     * Told when the remote system refused an attempt (401, or what the {@link Classifier} takes for it), at most once per call. The
     * implementation drops what it sent, unless another thread has replaced it already.
     *
     * @param sent the headers that {@link #authenticate()} returned for that attempt
     * @return whether another try may succeed: {@link #authenticate()} is then asked again and the call repeated once
     */
    default boolean refused(Map<String, String> sent) {
        return false;
    }

    /**
     * Returns how many requests for a token or session were sent so far.
     *
     * @return the number, zero where there is no such thing
     */
    default long tokenRequests() {
        return 0;
    }

    /**
     * Returns until when the token in use is valid, by our clock.
     *
     * @return the end; empty if there is no token, or if its end is not known
     */
    default Optional<Instant> tokenUntil() {
        return Optional.empty();
    }

    /**
     * Returns an authenticator that always sends one header, such as an API key.
     *
     * @param name the name of the header
     * @param value its value
     * @return the authenticator
     * @throws IllegalArgumentException if name or value cannot be a header; the message does not show the value
     */
    static Authenticator header(String name, Secret value) {
        return new StaticHeader(name, requireNonNull(value, "value"));
    }

    /**
     * Returns an authenticator with a bearer token that never changes.
     *
     * @param token the token
     * @return the authenticator
     * @throws IllegalArgumentException if the token cannot be part of a header; the message does not show it
     */
    static Authenticator bearer(Secret token) {
        return header("Authorization", Secret.of("Bearer " + token.reveal()));
    }

    /**
     * Returns an authenticator for HTTP Basic, in UTF-8 (RFC 7617).
     *
     * @param user the user, without a colon
     * @param password the password
     * @return the authenticator
     * @throws IllegalArgumentException if the user has a colon
     */
    static Authenticator basic(String user, Secret password) {
        int colon = requireNonNull(user, "user").indexOf(':');
        if (colon >= 0) { // behind it may be the password
            throw new IllegalArgumentException(
                    "a user name for HTTP Basic must not have a colon: " + user.substring(0, colon) + ":***");
        }
        byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
        return header("Authorization", Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)));
    }
}
