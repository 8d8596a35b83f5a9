package io.mlconnector.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.AuditSink;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.MlConnectorException.Details;
import io.mlconnector.spi.SealedEntry;
import io.mlconnector.spi.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class AuditFeedTest {

    private static final String NAME = "siem";

    private final MovedTime time = new MovedTime();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final FakeAuditSink receiver = new FakeAuditSink();
    private final List<AuditFeed> open = new ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(AuditFeed::close);
    }

    @Test
    void deliversWhatIsCommittedInOrderWithItsNumbersAndHashes() throws Exception {
        AuditFeed feed = feed(receiver);

        append(3);
        feed.wake();
        receiver.await(3);
        append(2);
        feed.wake();
        receiver.await(5);

        assertThat(receiver.entries()).isEqualTo(entries());
        feed.close();
        assertThat(delivered()).isEqualTo(5);
    }

    @Test
    void catchesUpWithWhatTheLedgerHeldBefore() throws Exception {
        append(1234);
        AuditFeed feed = feed(receiver);

        feed.wake();
        receiver.await(1234);

        assertThat(receiver.sequences())
                .isEqualTo(LongStream.rangeClosed(1, 1234).boxed().toList());
        assertThat(receiver.batches()).isGreaterThan(1);
    }

    @Test
    void triesAFailingLogAgainWithGrowingPausesAndLosesNothing() throws Exception {
        append(2);
        var failures = new AtomicInteger(6);
        AuditFeed feed = feed(entries -> {
            if (failures.getAndDecrement() > 0) {
                throw new IOException("connection refused");
            }
            receiver.accept(entries);
        });

        feed.wake();
        receiver.await(2);

        assertThat(receiver.sequences()).containsExactly(1L, 2L);
        List<Duration> pauses = time.sleeps();
        assertThat(pauses).hasSize(6);
        IntStream.range(0, 6)
                .forEach(i -> assertThat(pauses.get(i)).isBetween(Duration.ZERO, Duration.ofSeconds(1L << i)));
        assertThat(pauses.get(5)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void goesOnAfterALogThatThrowsAnError() throws Exception {
        append(1);
        var failures = new AtomicInteger(1);
        AuditFeed feed = feed(entries -> {
            if (failures.getAndDecrement() > 0) {
                throw new NoClassDefFoundError("org/example/Client");
            }
            receiver.accept(entries);
        });

        feed.wake();
        receiver.await(1);

        assertThat(receiver.sequences()).containsExactly(1L);
    }

    @Test
    void deliversAgainWhatItCouldNotNoteAsDelivered() throws Exception {
        append(2);
        var crash = new AtomicBoolean(true);
        AuditFeed feed = feed(receiver, failingToNote(crash));

        feed.wake();
        receiver.await(4);

        assertThat(receiver.sequences()).containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void deliversAgainAfterACrashWhatWasNotNotedAsDelivered() throws Exception {
        append(2);
        var accepted = new CountDownLatch(1);
        Sleeper forever = duration -> new CountDownLatch(1).await();
        AuditFeed crashing = feed(
                entries -> {
                    receiver.accept(entries);
                    accepted.countDown();
                },
                failingToNote(new AtomicBoolean(true)),
                forever);
        crashing.wake();
        accepted.await();
        crashing.close();

        append(1);
        feed(receiver).wake();
        receiver.await(5);

        assertThat(receiver.sequences()).containsExactly(1L, 2L, 1L, 2L, 3L);
    }

    private Ledger failingToNote(AtomicBoolean fails) {
        return new PassingLedger(ledger) {
            @Override
            public <R> R withoutLease(Function<LedgerTransaction, R> work) {
                if (delivered() == 0 && receiver.batches() > 0 && fails.getAndSet(false)) {
                    throw new LedgerException("the disk is gone", Details.NONE);
                }
                return super.withoutLease(work);
            }
        };
    }

    @Test
    void keepsWhatItLacksFromBeingPruned() throws Exception {
        append(3);
        AuditReceipt all = new AuditReceipt(AuditMark.START, head());
        AuditFeed feed = feed(receiver);

        assertThatIllegalStateException().isThrownBy(() -> prune(all)).withMessageContaining("'siem'");
        feed.wake();
        receiver.await(3);
        feed.close();

        assertThat(prune(all)).isEqualTo(3);
    }

    @Test
    void losesNoWakeWhileADeliveryIsUnderWay() throws Exception {
        AuditFeed feed = feed(receiver);

        for (int i = 1; i <= 500; i++) {
            append(1);
            feed.wake();
        }
        receiver.await(500);

        assertThat(receiver.sequences())
                .isEqualTo(LongStream.rangeClosed(1, 500).boxed().toList());
    }

    @Test
    void skipsNothingWhereTwoProcessesFeedTheSameLog() throws Exception {
        AuditFeed ours = feed(receiver);
        AuditFeed theirs = feed(receiver);

        for (int i = 1; i <= 200; i++) {
            append(2);
            ours.wake();
            theirs.wake();
        }
        ours.close();
        theirs.close();

        assertThat(receiver.sequences().stream().distinct())
                .isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
        assertThat(delivered()).isEqualTo(400);
    }

    @Test
    void saysSoWhenItWasForgottenInsteadOfDeliveringForEver() throws Exception {
        append(1);
        var paused = new CountDownLatch(1);
        AuditFeed feed = feed(receiver, ledger, duration -> {
            paused.countDown();
            new CountDownLatch(1).await();
        });
        ledger.withoutLease(tx -> {
            tx.audit().forget(NAME);
            return NAME;
        });

        feed.wake();
        paused.await();
        feed.close();

        assertThat(receiver.sequences()).isEmpty();
    }

    // Closing

    @Test
    void deliversWhatIsUnderWayBeforeItCloses() throws Exception {
        append(700);
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        AuditFeed feed = feed(entries -> {
            begun.countDown();
            goOn.await();
            receiver.accept(entries);
        });
        feed.wake();
        begun.await();

        var closing = new Thread(feed::close);
        closing.start();
        goOn.countDown();
        closing.join();

        assertThat(receiver.sequences()).hasSize(700);
        assertThat(delivered()).isEqualTo(700);
    }

    @Test
    void doesNotWaitForALogThatIsFailingWhenItCloses() throws Exception {
        append(1);
        var paused = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        AuditFeed feed = feed(
                entries -> {
                    throw new IOException("connection refused");
                },
                ledger,
                duration -> {
                    paused.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                });
        feed.wake();
        paused.await();

        feed.close();

        interrupted.await();
        assertThat(delivered()).isZero();
    }

    @Test
    void interruptsALogThatHangsWhenItCloses() throws Exception {
        append(1);
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var feed = new AuditFeed(
                NAME,
                entries -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                },
                ledger,
                surroundings(time),
                Duration.ofMillis(1));
        feed.enlist();
        feed.wake();
        begun.await();

        feed.close();

        interrupted.await();
        assertThat(delivered()).isZero();
    }

    @Test
    void deliversNothingAfterItWasClosed() {
        AuditFeed feed = feed(receiver);
        feed.close();
        append(1);

        feed.wake();
        feed.close();

        assertThat(receiver.sequences()).isEmpty();
    }

    // Helpers

    private AuditFeed feed(AuditSink sink) {
        return feed(sink, ledger);
    }

    private AuditFeed feed(AuditSink sink, Ledger from) {
        return feed(sink, from, time);
    }

    private AuditFeed feed(AuditSink sink, Ledger from, Sleeper sleeper) {
        var feed = new AuditFeed(NAME, sink, from, surroundings(sleeper));
        feed.enlist();
        open.add(feed);
        return feed;
    }

    private Surroundings surroundings(Sleeper sleeper) {
        return new Surroundings(
                time,
                sleeper,
                new Random(7),
                Workers.DAEMONS,
                LoggerFactory.getLogger(AuditFeedTest.class),
                () -> false);
    }

    private void append(int count) {
        List<AuditEntry> entries =
                IntStream.range(0, count).mapToObj(i -> entry("" + i)).toList();
        ledger.<Boolean>inTransaction(ledger.acquire("invoices"), tx -> {
            tx.audit().append(entries);
            return true;
        });
    }

    private static AuditEntry entry(String id) {
        return new AuditEntry(
                "invoices",
                "run-1",
                new RecordKey("ifs", "invoices", id),
                null,
                null,
                null,
                Map.of(),
                "",
                0,
                Outcome.DEAD,
                "because",
                null,
                Instant.EPOCH);
    }

    private List<SealedEntry> entries() {
        return ledger.read(tx -> tx.audit().after(0, 10_000));
    }

    private AuditMark head() {
        return ledger.read(tx -> tx.audit().head());
    }

    private long delivered() {
        return ledger.<Long>read(tx ->
                tx.audit().deliveries().getOrDefault(NAME, AuditMark.START).sequence());
    }

    private long prune(AuditReceipt receipt) {
        return ledger.<Long>withoutLease(tx -> tx.audit().prune(receipt, "alice", Instant.EPOCH));
    }
}
