package io.mlconnector.spi;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Reads what came to a webhook address of one connection. Safe for threads; called on the thread of the web server, so it
 * makes no remote call and waits for nothing.
 */
@FunctionalInterface
public interface WebhookParser {

    /**
     * Verifies a request and tells which events it brings. Whatever the request holds, this throws nothing.
     *
     * @param headers the headers, with names in lower case; untrusted
     * @param body the body as it came, byte by byte; untrusted, and not longer than the endpoint allows
     * @param receivedAt when it came, by our clock
     * @return the events, or why there are none
     */
    WebhookReading read(Map<String, List<String>> headers, byte[] body, Instant receivedAt);
}
