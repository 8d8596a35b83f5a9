package io.mlconnector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.Secret;
import io.mlconnector.spi.UnavailableException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks an OAuth 2 server for a token by client credentials. Keeps nothing. */
final class TokenEndpoint {

    private static final String OPERATION = "request an access token";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ASSUMED_LIFETIME = Duration.ofMinutes(3);
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(1);
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final HttpApi api;
    private final InstantSource clock;
    private final URI url;
    private final String clientId;
    private final Secret clientSecret;
    private final String scope;

    TokenEndpoint(HttpApi api, InstantSource clock, URI url, String clientId, Secret clientSecret, String scope) {
        this.api = api;
        this.clock = clock;
        this.url = url;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.scope = scope;
    }

    OAuthToken fetch() {
        Instant requestedAt = clock.instant();
        // Asking twice for a token does no harm.
        HttpAnswer answer = api.send(HttpCall.of("POST", url, OPERATION)
                .repeat(Repeat.SAFE)
                .header("Accept", "application/json")
                .body(form(), "application/x-www-form-urlencoded")
                .build());
        JsonNode json = parse(answer);
        if (!answer.success()) {
            throw new AuthenticationException(refusal(answer, json), details(answer));
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

    long requests() {
        return api.stats().requests();
    }

    private String form() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", clientId);
        fields.put("client_secret", clientSecret.reveal());
        if (!scope.isEmpty()) {
            fields.put("scope", scope);
        }
        return fields.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String refusal(HttpAnswer answer, JsonNode json) {
        String reason = (json.path("error").asText("") + " "
                        + json.path("error_description").asText(""))
                .strip();
        String secret = clientSecret.reveal();
        String safe = reason.replace(secret, "***")
                .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "***")
                .replaceAll("\\p{Cntrl}", " ");
        return api.connection + ": no token for client " + clientId + " from " + Origins.of(url) + ": status "
                + answer.status() + (safe.isEmpty() ? "" : ", " + safe.substring(0, Math.min(300, safe.length())));
    }

    /** Sent as a number by the standard, as text by some; missing, negative or endless values are replaced by cautious ones. */
    private static Duration lifetime(JsonNode expiresIn) {
        try {
            BigDecimal seconds = new BigDecimal(expiresIn.asText(""));
            if (seconds.signum() <= 0) {
                return ASSUMED_LIFETIME;
            }
            BigDecimal longest = BigDecimal.valueOf(LONGEST_LIFETIME.toSeconds());
            return Duration.ofMillis(seconds.min(longest).movePointRight(3).longValue());
        } catch (NumberFormatException missing) {
            return ASSUMED_LIFETIME;
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
