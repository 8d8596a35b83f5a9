package io.mlconnector.engine;

import io.mlconnector.http.Backoff;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.SealedEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a second audit log with what the ledger has committed, on a thread of its own. How far it has come is kept in the
 * ledger, so it goes on there after a crash. Safe for threads.
 */
final class AuditFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSink.class);
    private static final Backoff BACKOFF =
            Backoff.ofDefaults().withDelays(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int BATCH = 500;

    private final String name;
    private final AuditSink sink;
    private final Ledger ledger;
    private final Surroundings surroundings;
    private final Duration grace;
    private final AtomicLong wakes = new AtomicLong();
    private boolean enlisted;
    private @Nullable ExecutorService thread;
    private volatile boolean closed;
    private volatile boolean pausing;

    AuditFeed(String name, AuditSink sink, Ledger ledger, Surroundings surroundings) {
        this(name, sink, ledger, surroundings, GRACE);
    }

    /** With another time that {@link #close} waits for a delivery that is under way. */
    AuditFeed(String name, AuditSink sink, Ledger ledger, Surroundings surroundings, Duration grace) {
        this.name = name;
        this.sink = sink;
        this.ledger = ledger;
        this.surroundings = surroundings;
        this.grace = grace;
    }

    /** Makes sure that nothing is pruned from here on which this log lacks. */
    synchronized void enlist() {
        if (!enlisted) {
            ledger.withoutLease(tx -> {
                tx.audit().enlist(name);
                return name;
            });
            enlisted = true;
        }
    }

    /** Delivers what is committed by now, soon. Wakes that come while a delivery is under way add up to one more. */
    synchronized void wake() {
        if (closed || wakes.getAndIncrement() > 0) {
            return;
        }
        if (thread == null) {
            thread = surroundings.workers().open("mlconnector-audit-" + name, 1);
        }
        thread.execute(this::work);
    }

    private void work() {
        long seen;
        do {
            seen = wakes.get();
            deliverPatiently();
        } while (wakes.addAndGet(-seen) > 0);
    }

    private void deliverPatiently() {
        for (int failures = 0; ; failures++) {
            try {
                deliverAll();
                return;
            } catch (Throwable e) {
                // Whatever a sink throws, an Error too, must not end the deliveries without a word.
                if (!pausedAfter(e, failures)) {
                    return;
                }
            }
        }
    }

    /** Returns whether to try again. */
    private boolean pausedAfter(Throwable fault, int failures) {
        if (closed) {
            LOG.warn("audit log '{}' lacks entries, which are delivered when an engine is started again", name, fault);
            return false;
        }
        Duration delay = BACKOFF.delay(failures, surroundings.random());
        LOG.warn("audit log '{}' failed, and is tried again in {}", name, delay, fault);
        pausing = true;
        try {
            surroundings.sleeper().sleep(delay);
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            pausing = false;
        }
    }

    private void deliverAll() throws Exception {
        List<SealedEntry> next = next();
        while (!next.isEmpty()) {
            sink.accept(next);
            AuditMark upTo = next.get(next.size() - 1).mark();
            ledger.withoutLease(tx -> {
                tx.audit().delivered(name, upTo);
                return upTo;
            });
            next = next();
        }
    }

    private List<SealedEntry> next() {
        return ledger.read(tx -> {
            AuditMark delivered = tx.audit().deliveries().get(name);
            if (delivered == null) {
                throw new IllegalStateException("it was forgotten while an engine feeds it");
            }
            return tx.audit().after(delivered.sequence(), BATCH);
        });
    }

    /** Waits a while for what is under way, but not for a log that is failing. What is left is delivered another time. */
    @Override
    public void close() {
        ExecutorService running;
        synchronized (this) {
            closed = true;
            running = thread;
        }
        if (running == null) {
            return;
        }
        running.shutdown();
        try {
            if (pausing || !running.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                running.shutdownNow();
            }
        } catch (InterruptedException e) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
