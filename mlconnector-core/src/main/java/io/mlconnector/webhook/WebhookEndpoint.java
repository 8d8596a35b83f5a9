package io.mlconnector.webhook;

import static java.util.Objects.requireNonNull;

import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.WebhookParser;
import io.mlconnector.spi.WebhookReading;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in the webhooks of one connection: verifies, stores, answers. Nothing is processed before the answer; what was
 * answered with 200 is in the ledger and outlives the process. Safe for threads; several endpoints of several processes may
 * serve one connection.
 *
 * <p>Whatever comes in, {@link #receive} throws nothing and tells the sender nothing but a status.
 */
public final class WebhookEndpoint {

    /** How many bytes a body may have: far more than an event of the supported systems. */
    public static final int LARGEST_BODY = 1_048_576;

    private static final int LONGEST_HEADERS = 65_536;
    private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

    private final String connection;
    private final WebhookParser parser;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Runnable stored;
    private final LongAdder storedEvents = new LongAdder();
    private final LongAdder repeatedEvents = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /**
     * Makes an endpoint. An engine makes them with {@code SyncEngine.webhooks(connection)}.
     *
     * @param connection the connection whose webhooks come here
     * @param parser reads and verifies them
     * @param ledger keeps them
     * @param clock tells when they came
     * @param stored run after new events were stored, on the thread of {@link #receive}: must be quick
     */
    public WebhookEndpoint(
            String connection, WebhookParser parser, Ledger ledger, InstantSource clock, Runnable stored) {
        this.connection = requireNonNull(connection, "connection");
        this.parser = requireNonNull(parser, "parser");
        this.ledger = requireNonNull(ledger, "ledger");
        this.clock = requireNonNull(clock, "clock");
        this.stored = requireNonNull(stored, "stored");
    }

    /**
     * Takes in one request.
     *
     * @param headers its headers; names in any case
     * @param body its body as it came, byte by byte: what a framework has decoded and encoded again cannot be verified
     * @return what to answer
     */
    public WebhookAnswer receive(Map<String, List<String>> headers, byte[] body) {
        try {
            return read(headers, body);
        } catch (LedgerException e) {
            failed.increment();
            LOG.warn("{}: a webhook could not be stored, and will be sent again: {}", connection, e.getMessage());
            return WebhookAnswer.NOT_STORED;
        } catch (RuntimeException e) {
            // A parser throws nothing, but a request from outside must not get further than this if one does.
            refused.increment();
            LOG.warn("{}: a webhook is refused, because its parser failed: {}", connection, e.toString());
            return WebhookAnswer.REFUSED;
        }
    }

    private WebhookAnswer read(Map<String, List<String>> headers, byte[] body) {
        if (body.length > LARGEST_BODY) {
            return refusedTooLarge();
        }
        Map<String, List<String>> lowered = lowered(headers);
        if (lowered == null) {
            return refusedTooLarge();
        }
        WebhookReading reading = parser.read(lowered, body, clock.instant());
        if (reading instanceof WebhookReading.Refused no) {
            refused.increment();
            LOG.debug("{}: a webhook is refused: {}", connection, no.reason());
            return WebhookAnswer.REFUSED;
        }
        if (reading instanceof WebhookReading.Accepted accepted) {
            store(accepted.events());
        } else {
            ignored.increment();
        }
        return WebhookAnswer.STORED;
    }

    private void store(List<InboxEvent> events) {
        int fresh = ledger.withoutLease(tx -> {
            int count = 0;
            for (InboxEvent event : events) {
                count += tx.inbox().put(event, null) ? 1 : 0;
            }
            return count;
        });
        storedEvents.add(fresh);
        repeatedEvents.add(events.size() - (long) fresh);
        if (fresh > 0) {
            stored.run();
        }
    }

    WebhookAnswer refusedTooLarge() {
        refused.increment();
        return WebhookAnswer.TOO_LARGE;
    }

    WebhookAnswer refusedMethod() {
        refused.increment();
        return WebhookAnswer.WRONG_METHOD;
    }

    private static @Nullable Map<String, List<String>> lowered(Map<String, List<String>> headers) {
        Map<String, List<String>> lowered = new HashMap<>();
        int length = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            // HttpURLConnection, for one, lists the status line under no name.
            String name = header.getKey() == null ? "" : header.getKey().toLowerCase(Locale.ROOT);
            List<String> values = lowered.computeIfAbsent(name, key -> new ArrayList<>());
            for (String value : header.getValue()) {
                values.add(value);
                length += name.length() + value.length();
            }
            if (length > LONGEST_HEADERS) {
                return null;
            }
        }
        return lowered;
    }

    /**
     * Returns what was received since this endpoint was made.
     *
     * @return the counters
     */
    public WebhookStats stats() {
        return new WebhookStats(storedEvents.sum(), repeatedEvents.sum(), ignored.sum(), refused.sum(), failed.sum());
    }
}
