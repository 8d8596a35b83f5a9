package io.mlconnector.http;

import io.mlconnector.spi.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to get a token: its own credentials, and those of a user where it acts for one.
 *
 * @param user the user of the password grant; null for client credentials
 * @param password of the user; null if there is none
 * @param scope what is asked for; possibly empty
 */
record TokenGrant(
        String clientId,
        Secret clientSecret,
        @Nullable String user,
        @Nullable Secret password,
        String scope) {

    String form() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", user == null ? "client_credentials" : "password");
        if (user != null) {
            fields.put("username", user);
        }
        if (password != null) {
            fields.put("password", password.reveal());
        }
        fields.put("client_id", clientId);
        fields.put("client_secret", clientSecret.reveal());
        if (!scope.isEmpty()) {
            fields.put("scope", scope);
        }
        return fields.entrySet().stream()
                .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                .collect(Collectors.joining("&"));
    }

    TokenGrant withClientSecret(Secret next) {
        return new TokenGrant(clientId, next, user, password, scope);
    }

    TokenGrant withScope(String other) {
        return new TokenGrant(clientId, clientSecret, user, password, other);
    }

    /** A text of the token server without the secrets that it may quote. */
    String masked(String text) {
        String safe = text;
        for (Secret secret :
                Stream.of(clientSecret, password).filter(it -> it != null).toList()) {
            safe = safe.replace(secret.reveal(), "***").replace(encoded(secret.reveal()), "***");
        }
        return safe;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
