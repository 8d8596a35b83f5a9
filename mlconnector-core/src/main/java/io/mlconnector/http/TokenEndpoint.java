package io.mlconnector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.UnavailableException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.regex.Pattern;

/** Asks an OAuth 2 server for a token. Keeps nothing. */
final class TokenEndpoint {

    private static final String OPERATION = "request an access token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final HttpApi api;
    private final InstantSource clock;
    private final URI url;
    private final Duration assumedLifetime;

    TokenEndpoint(HttpApi api, InstantSource clock, URI url, Duration assumedLifetime) {
        this.api = api;
        this.clock = clock;
        this.url = url;
        this.assumedLifetime = assumedLifetime;
    }

    OAuthToken fetch(TokenGrant grant) {
        Instant requestedAt = clock.instant();
        // Asking twice for a token does no harm.
        HttpAnswer answer = api.send(HttpCall.of("POST", url, OPERATION)
                .repeat(Repeat.SAFE)
                .header("Accept", "application/json")
                .body(grant.form(), "application/x-www-form-urlencoded")
                .build());
        JsonNode json = parse(answer);
        if (!answer.success()) {
            throw new AuthenticationException(refusal(grant, answer, json), details(answer));
        }
        String accessToken = json.path("access_token").asText("");
        if (!TOKEN.matcher(accessToken).matches()) {
            throw new UnavailableException(
                    api.connection + ": " + Origins.of(url) + " answered " + answer.status()
                            + " without a usable access_token",
                    details(answer));
        }
        return OAuthToken.of(accessToken, requestedAt, lifetime(json.path("expires_in")));
    }

    /** Asks the server to forget a token (RFC 7009). */
    HttpAnswer revoke(URI revokeUrl, TokenGrant grant, String accessToken) {
        String user = grant.clientId() + ":" + grant.clientSecret().reveal();
        String basic = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return api.send(HttpCall.of("POST", revokeUrl, "revoke an access token")
                .repeat(Repeat.SAFE)
                .header("Authorization", "Basic " + basic)
                .body(
                        "token=" + TokenGrant.encoded(accessToken) + "&token_type_hint=access_token",
                        "application/x-www-form-urlencoded")
                .build());
    }

    long requests() {
        return api.stats().requests();
    }

    private String refusal(TokenGrant grant, HttpAnswer answer, JsonNode json) {
        String reason = (json.path("error").asText("") + " "
                        + json.path("error_description").asText(""))
                .strip();
        String safe = grant.masked(reason).replaceAll("\\p{Cntrl}", " ");
        return api.connection + ": no token for client " + grant.clientId() + " from " + Origins.of(url) + ": status "
                + answer.status() + (safe.isEmpty() ? "" : ", " + safe.substring(0, Math.min(300, safe.length())));
    }

    /** Sent as a number by the standard, as text by some; missing, negative or endless values are replaced by cautious ones. */
    private Duration lifetime(JsonNode expiresIn) {
        try {
            BigDecimal seconds = new BigDecimal(expiresIn.asText(""));
            if (seconds.signum() <= 0) {
                return assumedLifetime;
            }
            BigDecimal longest = BigDecimal.valueOf(LONGEST_LIFETIME.toSeconds());
            return Duration.ofMillis(seconds.min(longest).movePointRight(3).longValue());
        } catch (NumberFormatException missing) {
            return assumedLifetime;
        }
    }

    private static JsonNode parse(HttpAnswer answer) {
        try {
            JsonNode json = JSON.readTree(answer.text());
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException html) {
            return MissingNode.getInstance();
        }
    }

    private Details details(HttpAnswer answer) {
        return new Details(
                api.connection,
                OPERATION,
                String.valueOf(answer.status()),
                answer.requestId().orElse(null));
    }
}
