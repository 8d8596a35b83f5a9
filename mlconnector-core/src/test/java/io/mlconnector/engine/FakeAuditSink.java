package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.SealedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A second audit log that keeps all it is given, doubles too. */
final class FakeAuditSink implements AuditSink {

    private final List<SealedEntry> entries = new ArrayList<>();
    private final LinkedBlockingQueue<Integer> arrivals = new LinkedBlockingQueue<>();
    private int batches;

    @Override
    public synchronized void accept(List<SealedEntry> batch) {
        batches++;
        entries.addAll(batch);
        arrivals.add(entries.size());
    }

    /** Waits until it was given as many entries. */
    void await(int count) throws InterruptedException {
        int arrived = 0;
        while (arrived < count) {
            Integer next = arrivals.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("entries after %s of %s", arrived, count).isNotNull();
            arrived = next;
        }
    }

    synchronized List<SealedEntry> entries() {
        return List.copyOf(entries);
    }

    synchronized List<Long> sequences() {
        return entries.stream().map(SealedEntry::sequence).toList();
    }

    synchronized int batches() {
        return batches;
    }
}
