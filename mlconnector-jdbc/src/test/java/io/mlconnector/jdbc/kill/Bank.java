package io.mlconnector.jdbc.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target that knows no idempotency key: every request to create a document makes one, also a doubled one, and perhaps
 * later. It lives in the process of the test and survives every kill.
 */
final class Bank implements AutoCloseable {

    /** How late a commit may take effect; shorter than the sink's settle time. */
    static final Duration LATE = Duration.ofMillis(500);

    static {
        // Without it each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService late = Executors.newScheduledThreadPool(1);
    private final Map<String, List<String>> documents = new ConcurrentHashMap<>();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile int trapAt = -1;
    private volatile boolean trapBeforeCommit;
    private volatile CountDownLatch trapped = new CountDownLatch(1);

    Bank() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/documents", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/documents");
    }

    /** Holds the answer to a later request: the caller is killed while it waits. */
    void trap(int requestsFromNow, boolean beforeCommit) {
        trapped = new CountDownLatch(1);
        trapBeforeCommit = beforeCommit;
        trapAt = requests.get() + requestsFromNow;
    }

    boolean awaitTrapped(long seconds) throws InterruptedException {
        return trapped.await(seconds, TimeUnit.SECONDS);
    }

    /** Every record with the ids of its documents. */
    Map<String, List<String>> documents() {
        return Map.copyOf(documents);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("GET")) {
                String wanted = exchange.getRequestURI().getQuery();
                answer(exchange, String.join(",", documents.getOrDefault(wanted, List.of())));
                return;
            }
            boolean hold = requests.incrementAndGet() == trapAt;
            if (hold && trapBeforeCommit) {
                var unused = late.schedule(() -> commit(key), LATE.toMillis(), TimeUnit.MILLISECONDS);
                holdForEver();
                return;
            }
            String id = commit(key);
            if (hold) {
                holdForEver();
                return;
            }
            answer(exchange, id);
        }
    }

    private String commit(String key) {
        String id = "doc-" + created.incrementAndGet();
        documents.computeIfAbsent(key, ignored -> new CopyOnWriteArrayList<>()).add(id);
        return id;
    }

    private void holdForEver() {
        trapped.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
        late.shutdownNow();
    }
}
