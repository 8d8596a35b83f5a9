package io.mlconnector.http;

import io.mlconnector.spi.ConnectionStats;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The running numbers behind {@link ConnectionStats}. */
final class Counters {

    final LongAdder requests = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder waitedNanos = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();

    ConnectionStats snapshot(long tokenRequests) {
        return new ConnectionStats(
                requests.sum(),
                throttled.sum(),
                retries.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                tokenRequests,
                bytesReceived.sum());
    }
}
