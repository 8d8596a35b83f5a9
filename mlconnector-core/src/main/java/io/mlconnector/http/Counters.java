package io.mlconnector.http;

import io.mlconnector.spi.AuthenticationException;
import io.mlconnector.spi.ConnectionState;
import io.mlconnector.spi.ConnectionStats;
import io.mlconnector.spi.MlConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The running numbers behind {@link ConnectionStats}, and what became of the last call. Safe for threads. */
final class Counters {

    final LongAdder requests = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder retries = new LongAdder();
    final LongAdder waitedNanos = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();

    private volatile ConnectionState last = ConnectionState.FINE;

    void answered() {
        if (last.failures() > 0) {
            last = ConnectionState.FINE;
        }
    }

    synchronized void failed(MlConnectorException failure) {
        last = new ConnectionState(
                last.failures() + 1,
                failure.getMessage(),
                failure instanceof AuthenticationException,
                Duration.ZERO,
                null);
    }

    ConnectionStats snapshot(long tokenRequests, Duration paused, @Nullable Instant tokenUntil) {
        ConnectionState seen = last;
        return new ConnectionStats(
                requests.sum(),
                throttled.sum(),
                retries.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                tokenRequests,
                bytesReceived.sum(),
                new ConnectionState(seen.failures(), seen.failure(), seen.refused(), paused, tokenUntil));
    }
}
