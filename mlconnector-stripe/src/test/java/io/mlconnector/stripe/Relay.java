package io.mlconnector.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between the adapter and the sandbox, keeps the parameters of every call, and can answer with anything. */
final class Relay implements AutoCloseable {

    private static final List<String> PASSED_ON =
            List.of("Authorization", "Idempotency-Key", "Stripe-Version", "Content-Type");

    private final URI target;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Deque<Canned> canned = new ConcurrentLinkedDeque<>();
    private final Deque<Change> changes = new ConcurrentLinkedDeque<>();

    Relay(URI target) throws IOException {
        this.target = target;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** One call and its decoded form. */
    record Call(String method, String path, Map<String, String> form, Map<String, List<String>> headers) {}

    private record Canned(int status, String body) {}

    private record Change(String text, String replacement) {}

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers the next POST itself. */
    void answerNext(int status, String body) {
        canned.add(new Canned(status, body));
    }

    /** Rewrites the first answer that has the text. */
    void changeNext(String text, String replacement) {
        changes.add(new Change(text, replacement));
    }

    List<Call> posts(String path) {
        return calls.stream()
                .filter(call -> call.method().equals("POST") && call.path().equals(path))
                .toList();
    }

    Deque<Call> calls() {
        return new ArrayDeque<>(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            calls.add(new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    form(new String(body, StandardCharsets.UTF_8)),
                    Map.copyOf(exchange.getRequestHeaders())));
            Canned answer = exchange.getRequestMethod().equals("POST") ? canned.poll() : null;
            if (answer != null) {
                send(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
                return;
            }
            HttpResponse<byte[]> passed = client.send(request(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
            passed.headers().map().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("Content-Length") && !name.startsWith(":")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            send(exchange, passed.statusCode(), changed(passed.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] changed(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        Change change = changes.peek();
        if (change == null || !text.contains(change.text())) {
            return body;
        }
        changes.remove(change);
        return text.replace(change.text(), change.replacement()).getBytes(StandardCharsets.UTF_8);
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : PASSED_ON) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return request.build();
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> form(String body) {
        var form = new LinkedHashMap<String, String>();
        Arrays.stream(body.split("&", -1)).filter(part -> !part.isEmpty()).forEach(part -> {
            int equals = part.indexOf('=');
            form.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
        });
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
