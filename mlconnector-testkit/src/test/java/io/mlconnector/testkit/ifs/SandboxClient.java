package io.mlconnector.testkit.ifs;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Speaks plain HTTP to a sandbox. */
final class SandboxClient {

    static final String CUSTOMERS = "/main/ifsapplications/projection/v1/CustomerHandling.svc/CustomerSet";
    static final String VOUCHERS = "/main/ifsapplications/projection/v1/VoucherHandling.svc/VoucherSet";
    static final String FORM =
            "grant_type=client_credentials&client_id=mlconnector&client_secret=sandbox-secret&scope=openid%20microprofile-jwt";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final IfsSandbox sandbox;
    private final HttpClient http = HttpClient.newHttpClient();
    private String token = "";

    SandboxClient(IfsSandbox sandbox) {
        this.sandbox = sandbox;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    HttpResponse<String> token(String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(sandbox.tokenUrl())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        return exchange(request);
    }

    void logIn() {
        token = json(token(FORM)).path("access_token").asText();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** Queries the set with options given as pairs. */
    HttpResponse<String> query(String set, String... options) {
        StringBuilder path = new StringBuilder(set).append('?');
        for (int at = 0; at < options.length; at += 2) {
            path.append(at == 0 ? "" : "&").append(options[at]).append('=').append(encode(options[at + 1]));
        }
        return get(path.toString());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return exchange(request(method, path, body, headers));
    }

    HttpRequest.Builder request(String method, String path, String body, String... headers) {
        if (token.isEmpty()) {
            logIn();
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        return request;
    }

    HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return tryExchange(request);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        }
    }

    HttpResponse<String> tryExchange(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    HttpClient http() {
        return http;
    }
}
