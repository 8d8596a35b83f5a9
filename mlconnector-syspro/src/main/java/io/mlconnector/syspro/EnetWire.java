package io.mlconnector.syspro;

import io.mlconnector.http.NotSentException;
import io.mlconnector.http.OneShot;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.ConnectorContext;
import io.mlconnector.spi.Observer;
import io.mlconnector.spi.Quota;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends calls of e.net within the quota and counts them. Addresses are never logged. Safe for threads. */
final class EnetWire {

    private static final Logger LOG = LoggerFactory.getLogger(EnetWire.class);

    private static final long LONGEST_BODY = 10 << 20;
    private static final String USER_AGENT = "ml-connector";

    private final ConnectorContext context;
    private final Quota quota;
    private final OneShot oneShot;
    private final Duration queryTimeout;
    private final Duration postTimeout;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong logons = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong waitedMillis = new AtomicLong();

    EnetWire(SysproSettings.Enet settings, Quota quota, ConnectorContext context) {
        this.context = context;
        this.quota = quota;
        this.oneShot = new OneShot(settings.connectTimeout(), LONGEST_BODY);
        this.queryTimeout = settings.queryTimeout();
        this.postTimeout = settings.postTimeout();
    }

    OneShot.Answer send(EnetCall call, String method, URI uri, Map<String, String> headers, byte[] body)
            throws IOException {
        await();
        if (call.operation() == EnetCall.Operation.LOGON) {
            logons.incrementAndGet();
        } else {
            requests.incrementAndGet();
        }
        Duration timeout = call.operation() == EnetCall.Operation.POST ? postTimeout : queryTimeout;
        long before = System.nanoTime();
        OneShot.Answer answer =
                observed(call, method, () -> oneShot.send(method, uri, withUserAgent(headers), body, timeout));
        bytes.addAndGet(answer.body().length);
        LOG.debug(
                "{}: {}: status {}, {} bytes in {} ms",
                context.connection(),
                call,
                answer.status(),
                answer.body().length,
                (System.nanoTime() - before) / 1_000_000);
        return answer;
    }

    private OneShot.Answer observed(EnetCall call, String method, Sending sending) throws IOException {
        Observer.Ending ending = context.observer().call(context.connection(), method, call.toString());
        try {
            OneShot.Answer answer = sending.send();
            ending.ended(Integer.toString(answer.status()), null);
            return answer;
        } catch (IOException | RuntimeException e) {
            ending.failed(e);
            throw e;
        }
    }

    @FunctionalInterface
    private interface Sending {

        OneShot.Answer send() throws IOException;
    }

    /** Reads something that is no call, such as the description of a service. */
    OneShot.Answer read(URI uri) throws IOException {
        await();
        requests.incrementAndGet();
        return oneShot.send("GET", uri, withUserAgent(Map.of()), new byte[0], queryTimeout);
    }

    private static Map<String, String> withUserAgent(Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.put("User-Agent", USER_AGENT);
        return all;
    }

    private void await() throws NotSentException {
        Duration wait = quota.reserve(1);
        waitedMillis.addAndGet(wait.toMillis());
        try {
            context.sleeper().sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException("interrupted", e);
        }
    }

    ConnectionStats stats() {
        return new ConnectionStats(
                requests.get(), 0, 0, Duration.ofMillis(waitedMillis.get()), logons.get(), bytes.get());
    }
}
