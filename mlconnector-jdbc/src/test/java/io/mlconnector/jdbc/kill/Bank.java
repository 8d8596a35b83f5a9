package io.mlconnector.jdbc.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A target that knows no idempotency key: every request to create a document makes one, also a doubled one. It lives in the process
 * of the test and survives every kill.
 */
final class Bank implements AutoCloseable {

    static {
        // Without it each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<String>> documents = new ConcurrentHashMap<>();
    private final AtomicInteger created = new AtomicInteger();

    Bank() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/documents", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/documents");
    }

    /** Every record with the number of its documents. */
    Map<String, Integer> documents() {
        return documents.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().size()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("GET")) {
                String wanted = exchange.getRequestURI().getQuery();
                answer(exchange, String.join(",", documents.getOrDefault(wanted, List.of())));
                return;
            }
            answer(exchange, commit(key));
        }
    }

    private String commit(String key) {
        String id = "doc-" + created.incrementAndGet();
        documents.computeIfAbsent(key, ignored -> new CopyOnWriteArrayList<>()).add(id);
        return id;
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
