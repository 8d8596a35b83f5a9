package io.mlconnector.testkit.cloudsuite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The token service of a tenant: the password grant for a service account, so many tokens a day. Safe for threads. */
final class TokenService {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> ionapi;
    private final InstantSource clock;
    private final Duration lifetime;
    private final int perDay;
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    private boolean accountExpired;
    private int issued;
    private int revoked;
    private int issuedToday;
    private LocalDate today = LocalDate.MIN;

    TokenService(Map<String, String> ionapi, InstantSource clock, Duration lifetime, int perDay) {
        this.ionapi = ionapi;
        this.clock = clock;
        this.lifetime = lifetime;
        this.perDay = perDay;
    }

    synchronized Reply answer(String path, String body) {
        Map<String, String> form = form(body);
        if (path.endsWith("/revoke_token.oauth2")) {
            revoked += expiries.remove(form.getOrDefault("token", "")) == null ? 0 : 1;
            return Reply.json(200, "");
        }
        if (!path.endsWith("/token.oauth2")) {
            return Reply.html(404, "Not Found");
        }
        if (!"password".equals(form.get("grant_type"))) {
            return refused(400, "unsupported_grant_type", "Grant type is not allowed");
        }
        if (!matches(form, "client_id", "ci") || !matches(form, "client_secret", "cs")) {
            return refused(401, "invalid_client", "Invalid client or client credentials");
        }
        if (accountExpired || !matches(form, "username", "saak") || !matches(form, "password", "sask")) {
            return refused(400, "invalid_grant", "Service account is not valid");
        }
        LocalDate day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!day.equals(today)) {
            today = day;
            issuedToday = 0;
        }
        if (issuedToday >= perDay) {
            return Reply.json(429, "{\"error\":\"Too Many Requests\"}");
        }
        issuedToday++;
        issued++;
        String token = "eyJhbGciOiJub25lIn0.token" + issued + ".";
        expiries.put(token, clock.instant().plus(lifetime));
        ObjectNode answer = JSON.createObjectNode();
        answer.put("access_token", token);
        answer.put("token_type", "Bearer");
        answer.put("expires_in", Long.toString(lifetime.toSeconds()));
        return Reply.json(200, answer.toString());
    }

    private boolean matches(Map<String, String> form, String field, String key) {
        return form.getOrDefault(field, "").equals(ionapi.get(key));
    }

    boolean accepts(String authorization) {
        if (!authorization.startsWith("Bearer ")) {
            return false;
        }
        Instant expiry = expiries.get(authorization.substring("Bearer ".length()));
        return expiry != null && clock.instant().isBefore(expiry);
    }

    void expireTokens() {
        expiries.clear();
    }

    synchronized void expireAccount() {
        accountExpired = true;
        expiries.clear();
    }

    synchronized int issued() {
        return issued;
    }

    synchronized int revoked() {
        return revoked;
    }

    private static Reply refused(int status, String error, String description) {
        return Reply.json(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}");
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(
                        URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }
}
