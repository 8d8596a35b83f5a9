package io.mlconnector.testkit.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Calls the sandbox with form pairs. */
final class Browser {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final StripeSandbox stripe;

    Browser(StripeSandbox stripe) {
        this.stripe = stripe;
    }

    /** What came back. */
    record Reply(int status, JsonNode body, HttpResponse<String> raw) {

        String id() {
            return body.path("id").asText();
        }

        String code() {
            return body.path("error").path("code").asText();
        }

        String param() {
            return body.path("error").path("param").asText();
        }

        @Nullable String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }
    }

    Reply get(String path, String... pairs) throws IOException, InterruptedException {
        String query = pairs.length == 0 ? "" : "?" + form(pairs);
        return reply(http.send(request(path + query).GET().build(), BodyHandlers.ofString()));
    }

    Reply delete(String path) throws IOException, InterruptedException {
        return reply(http.send(request(path).DELETE().build(), BodyHandlers.ofString()));
    }

    Reply post(String path, String... pairs) throws IOException, InterruptedException {
        return reply(http.send(posting(path, pairs).build(), BodyHandlers.ofString()));
    }

    Reply postWithKey(String key, String path, String... pairs) throws IOException, InterruptedException {
        return reply(
                http.send(posting(path, pairs).header("Idempotency-Key", key).build(), BodyHandlers.ofString()));
    }

    CompletableFuture<HttpResponse<String>> postLater(String key, String path, String... pairs) {
        return http.sendAsync(
                posting(path, pairs).header("Idempotency-Key", key).build(), BodyHandlers.ofString());
    }

    Reply send(HttpRequest request) throws IOException, InterruptedException {
        return reply(http.send(request, BodyHandlers.ofString()));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(stripe.baseUrl() + path))
                .header("Authorization", "Bearer " + stripe.apiKey());
    }

    private HttpRequest.Builder posting(String path, String... pairs) {
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofString(form(pairs)));
    }

    private static Reply reply(HttpResponse<String> response) throws IOException {
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Reply(
                response.statusCode(), json ? JSON.readTree(response.body()) : JSON.createObjectNode(), response);
    }

    private static String form(String... pairs) {
        StringBuilder form = new StringBuilder();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            form.append(form.isEmpty() ? "" : "&")
                    .append(pair, 0, equals + 1)
                    .append(URLEncoder.encode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return form.toString().replace("[", "%5B").replace("]", "%5D");
    }
}
