package io.mlconnector.webhook;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Serves a {@link WebhookEndpoint} in a servlet container. Needs {@code jakarta.servlet-api}, which the container brings. No
 * filter before it may read the body, because what is verified are the bytes as they came.
 */
public final class WebhookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient WebhookEndpoint endpoint;

    /**
     * Creates the servlet.
     *
     * @param endpoint takes in what comes
     */
    public WebhookServlet(WebhookEndpoint endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(answer(request).status());
    }

    private WebhookAnswer answer(HttpServletRequest request) throws IOException {
        if (!request.getMethod().equals("POST")) {
            return endpoint.refusedMethod();
        }
        byte[] body = request.getInputStream().readNBytes(WebhookEndpoint.LARGEST_BODY + 1);
        if (body.length > WebhookEndpoint.LARGEST_BODY) {
            return endpoint.refusedTooLarge();
        }
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return endpoint.receive(headers, body);
    }
}
