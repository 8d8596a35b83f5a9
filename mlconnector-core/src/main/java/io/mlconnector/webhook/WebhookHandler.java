package io.mlconnector.webhook;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/**
 * Serves a {@link WebhookEndpoint} by the JDK's HTTP server: {@code server.createContext("/stripe", new
 * WebhookHandler(endpoint))}. Put TLS in front of it, or use an {@code HttpsServer}.
 */
public final class WebhookHandler implements HttpHandler {

    private final WebhookEndpoint endpoint;

    /**
     * Creates the handler.
     *
     * @param endpoint takes in what comes
     */
    public WebhookHandler(WebhookEndpoint endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange).status(), -1);
        }
    }

    private WebhookAnswer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return endpoint.refusedMethod();
        }
        byte[] body = exchange.getRequestBody().readNBytes(WebhookEndpoint.LARGEST_BODY + 1);
        return body.length > WebhookEndpoint.LARGEST_BODY
                ? endpoint.refusedTooLarge()
                : endpoint.receive(exchange.getRequestHeaders(), body);
    }
}
