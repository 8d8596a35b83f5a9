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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A target that knows no idempotency key: every request to create a document makes one, also a doubled one, and perhaps
 * later. It lives in the process of the test and survives every kill.
 */
final class Bank implements AutoCloseable {

    static {
        // Without it each answer waits 40 ms for the acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, List<String>> documents = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> underWay = new ConcurrentLinkedQueue<>();
    private final AtomicInteger created = new AtomicInteger();
    private volatile @Nullable Snare snare;

    Bank() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/documents", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/documents");
    }

    /** Leaves every request from the n-th on without an answer: the caller is killed while it waits. */
    Snare trap(Kill kill) {
        var set = new Snare(kill.times(), kill.place() == Place.BEFORE_COMMIT_AT_BANK);
        snare = set;
        return set;
    }

    /** Lets every request take effect that is still under way, and returns how many there were. */
    int land() {
        int landed = 0;
        for (String key = underWay.poll(); key != null; key = underWay.poll()) {
            commit(key);
            landed++;
        }
        return landed;
    }

    /** Every record with the ids of its documents. */
    Map<String, List<String>> documents() {
        return Map.copyOf(documents);
    }

    /** How many documents there are beyond one for each record. */
    int doubled() {
        return documents.values().stream().mapToInt(ids -> ids.size() - 1).sum();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("GET")) {
                String wanted = exchange.getRequestURI().getQuery();
                answer(exchange, String.join(",", documents.getOrDefault(wanted, List.of())));
                return;
            }
            Snare set = snare;
            if (set == null || !set.catches()) {
                answer(exchange, commit(key));
                return;
            }
            if (set.beforeCommit) {
                underWay.add(key);
            } else {
                commit(key);
            }
            set.hold();
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
        Snare set = snare;
        if (set != null) {
            set.close();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    /** Holds requests until their caller is dead. */
    final class Snare implements AutoCloseable {

        private final AtomicInteger requestsLeft;
        private final boolean beforeCommit;
        private final CountDownLatch caught = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        private Snare(int from, boolean beforeCommit) {
            this.requestsLeft = new AtomicInteger(from);
            this.beforeCommit = beforeCommit;
        }

        boolean awaitCaught(long seconds) throws InterruptedException {
            return caught.await(seconds, TimeUnit.SECONDS);
        }

        private boolean catches() {
            return requestsLeft.decrementAndGet() <= 0;
        }

        private void hold() {
            caught.countDown();
            try {
                opened.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            snare = null;
            opened.countDown();
        }
    }
}
