package io.mlconnector.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Answers every request on loopback with the same page, after a while. */
final class PageServer {

    private final HttpServer server;
    private final ScheduledExecutorService answers = Executors.newScheduledThreadPool(2);

    private PageServer(HttpServer server) {
        this.server = server;
    }

    static PageServer start(byte[] page, int latencyMillis) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new PageServer(http);
            http.createContext(
                    "/",
                    exchange -> server.answers.schedule(
                            () -> answer(exchange, page), latencyMillis, TimeUnit.MILLISECONDS));
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
    }

    private static void answer(HttpExchange exchange, byte[] page) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/InvoiceSet");
    }

    void stop() {
        server.stop(0);
        answers.shutdownNow();
    }
}
