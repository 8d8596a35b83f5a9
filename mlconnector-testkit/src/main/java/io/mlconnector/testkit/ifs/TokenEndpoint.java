package io.mlconnector.testkit.ifs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The token endpoint of the realm: client credentials in, short-lived bearer tokens out. */
final class TokenEndpoint {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SCOPES = Set.of("openid", "microprofile-jwt", "email", "profile", "audience");

    private final SandboxSettings settings;
    private final ServerClock clock;
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();
    private volatile String clientSecret;

    TokenEndpoint(SandboxSettings settings, ServerClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.clientSecret = settings.clientSecret();
    }

    String clientSecret() {
        return clientSecret;
    }

    void clientSecret(String next) {
        clientSecret = next;
    }

    static boolean serves(WireRequest request) {
        return request.path().startsWith("/auth/");
    }

    static String path(String realm) {
        return "/auth/realms/" + realm + "/protocol/openid-connect/token";
    }

    boolean accepts(String authorization) {
        if (!authorization.startsWith("Bearer ")) {
            return false;
        }
        Instant expiry = expiries.get(authorization.substring("Bearer ".length()));
        return expiry != null && clock.instant().isBefore(expiry);
    }

    void expireAll() {
        expiries.clear();
    }

    Reply answer(WireRequest request) {
        if (!request.path().equals(path(settings.realm()))) {
            return json(404, Map.of("error", "Realm does not exist"));
        }
        if (!request.method().equals("POST")) {
            return json(405, Map.of("error", "HTTP 405 Method Not Allowed"));
        }
        if (!request.header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            return json(415, Map.of("error", "HTTP 415 Unsupported Media Type"));
        }
        Map<String, String> form = form(request.bodyText());
        String grant = form.getOrDefault("grant_type", "");
        if (grant.isEmpty()) {
            return error(400, "invalid_request", "Missing form parameter: grant_type");
        }
        if (!grant.equals("client_credentials")) {
            return error(400, "unsupported_grant_type", "Unsupported grant_type");
        }
        if (!credentials(request, form).equals(List.of(settings.clientId(), clientSecret))) {
            return error(401, "unauthorized_client", "Invalid client or Invalid client credentials");
        }
        String scope = form.getOrDefault("scope", "").strip();
        if (!scope.isEmpty() && !SCOPES.containsAll(Arrays.asList(scope.split(" +", -1)))) {
            return error(400, "invalid_scope", "Invalid scopes: " + scope);
        }
        return json(200, issue());
    }

    private Map<String, Object> issue() {
        Instant now = clock.instant();
        expiries.values().removeIf(expiry -> !now.isBefore(expiry));
        String claims = "{\"sub\":\"" + settings.clientId() + "\",\"jti\":" + issued.incrementAndGet() + "}";
        String token = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
        expiries.put(token, now.plus(settings.tokenLifetime()));
        return Map.of(
                "access_token", token,
                "expires_in", settings.tokenLifetime().toSeconds(),
                "refresh_expires_in", 1800,
                "refresh_token", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
                "token_type", "Bearer",
                "id_token", "eyJhbGciOiJSUzI1NiJ9.e30.c2ln",
                "not-before-policy", 0,
                "session_state", "5f0b3f5c-9d5c-4c5a-8a61-0f3c6b1f2d11",
                "scope", "openid audience microprofile-jwt email profile");
    }

    private static List<String> credentials(WireRequest request, Map<String, String> form) {
        String authorization = request.header("Authorization").orElse("");
        if (!authorization.startsWith("Basic ")) {
            return List.of(form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", ""));
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
            return Arrays.stream(new String(decoded, StandardCharsets.UTF_8).split(":", 2))
                    .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                    .toList();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            String value = parts.length == 2 ? parts[1] : "";
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return form;
    }

    private static Reply error(int status, String error, String description) {
        return json(status, Map.of("error", error, "error_description", description));
    }

    private static Reply json(int status, Map<String, ?> body) {
        return Reply.of(status, "application/json", JSON.valueToTree(body).toString())
                .with("Cache-Control", "no-store");
    }
}
