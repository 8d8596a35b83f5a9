package io.mlconnector.testkit;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.TargetRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A ledger under test, with samples and short ways to write and read them. The parts of {@link LedgerContract} build on each
 * other, one store each, so that the test of a ledger extends a single class.
 */
abstract class LedgerFixture {

    /** The flow that the samples belong to. */
    protected static final String FLOW = "invoices";

    /** The source of the samples. */
    protected static final Endpoint SOURCE = new Endpoint("ifs", "invoices");

    /** The target of the samples. */
    protected static final Endpoint TARGET = new Endpoint("stripe", "invoices");

    /** The connection that receives the events of the samples. */
    static final String STRIPE = TARGET.connection();

    /** A time with more digits than a ledger keeps. */
    protected static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456789Z");

    /** {@link #NOW} as a ledger keeps it. */
    protected static final Instant NOW_KEPT = Instant.parse("2026-03-01T08:00:00.123Z");

    /** The ledger under test. */
    protected Ledger ledger = new ClosedLedger();

    /** Opens a new, empty ledger. */
    protected abstract Ledger open();

    /** Opens the ledger that {@link #open} gave last, after it was closed; empty if it does not outlive that. */
    protected abstract Optional<Ledger> reopen();

    @BeforeEach
    final void openLedger() {
        ledger = open();
    }

    @AfterEach
    final void closeLedger() {
        ledger.close();
    }

    // Samples

    /**
     * Returns a key at {@link #SOURCE}.
     *
     * @param id the record's id
     * @return the key
     */
    protected static RecordKey source(String id) {
        return SOURCE.key(id);
    }

    /**
     * Returns a link from {@link #SOURCE} to {@link #TARGET}, settled at {@link #NOW}.
     *
     * @param source the id at the source
     * @param target the id at the target
     * @return the link
     */
    protected static Link link(String source, String target) {
        return new Link(source(source), TARGET.key(target), "v-" + target, fingerprint(source.hashCode()), NOW);
    }

    /**
     * Returns an audit entry of {@link #FLOW}.
     *
     * @param id the record's id at the source
     * @param outcome what became of it
     * @return the entry
     */
    protected static AuditEntry entry(String id, Outcome outcome) {
        return new AuditEntry(
                FLOW,
                "run-1",
                source(id),
                "w1",
                TARGET.key("in_" + id),
                Action.UPDATE,
                Map.of("total", "total <- GrossAmount; amount_due <- total", "dueDate", "dueDate <- DueDate"),
                "m-1",
                2,
                outcome,
                outcome == Outcome.APPLIED ? null : "because",
                "req_" + id,
                NOW_KEPT);
    }

    static Intent intent(String id) {
        return new Intent(
                FLOW,
                source(id),
                TARGET,
                new TargetRef("in_" + id, "v1"),
                Action.UPDATE,
                new IdempotencyKey("key-" + id),
                "{\"id\":\"" + id + "\"}",
                fingerprint(42),
                Set.of("total", "dueDate"),
                NOW_KEPT,
                1,
                null);
    }

    static Letter dead(String id) {
        return letter(id, Letter.Kind.DEAD, null);
    }

    static Letter parked(String id) {
        return letter(id, Letter.Kind.PARKED, new RecordKey("ifs", "customers", "C1"));
    }

    static Letter letter(String id, Letter.Kind kind, @Nullable RecordKey awaited) {
        return new Letter(
                FLOW,
                source(id),
                kind,
                "because",
                awaited,
                "{}",
                true,
                -5,
                "w1",
                2,
                NOW_KEPT,
                NOW_KEPT.plusSeconds(1),
                kind == Letter.Kind.PARKED ? NOW_KEPT.plusSeconds(60) : null);
    }

    /** An event about the invoice {@code in_1}. */
    static InboxEvent event(String id) {
        return event(id, "in_1", NOW_KEPT);
    }

    static InboxEvent event(String id, String object, Instant receivedAt) {
        return InboxEvent.received(STRIPE, id, "invoice.paid", TARGET.key(object), receivedAt, null);
    }

    static Fingerprint fingerprint(long whole) {
        return new Fingerprint(whole, new TreeMap<>(Map.of("total", whole + 1, "dueDate", -1L)));
    }

    /** Names and texts by turns. */
    static Notes notes(@Nullable String... namesAndTexts) {
        var changes = new HashMap<String, @Nullable String>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            changes.put(String.valueOf(namesAndTexts[i]), namesAndTexts[i + 1]);
        }
        return new Notes(changes);
    }

    static Link kept(Link link) {
        return new Link(
                link.source(),
                link.target(),
                link.targetVersion(),
                link.fingerprint(),
                Instant.ofEpochMilli(link.linkedAt().toEpochMilli()),
                link.echo());
    }

    // Shorthands

    /**
     * Runs work under a new lease of {@link #FLOW}.
     *
     * @param work the work
     */
    protected final void write(Consumer<LedgerTransaction> work) {
        write(ledger.acquire(FLOW), work);
    }

    final void write(Lease lease, Consumer<LedgerTransaction> work) {
        ledger.<Boolean>inTransaction(lease, tx -> {
            work.accept(tx);
            return true;
        });
    }

    final <R> R withoutLease(Function<LedgerTransaction, R> work) {
        return ledger.withoutLease(work);
    }

    final void freely(Consumer<LedgerTransaction> work) {
        ledger.<Boolean>withoutLease(tx -> {
            work.accept(tx);
            return true;
        });
    }

    final <R> R read(Function<LedgerTransaction, R> work) {
        return ledger.read(work);
    }

    final Position position() {
        return read(tx -> tx.positions().position(FLOW));
    }

    final Map<RecordKey, Known> known(String... ids) {
        List<RecordKey> sources = Stream.of(ids).map(LedgerFixture::source).toList();
        return read(tx -> tx.mappings().known(FLOW, TARGET, sources));
    }

    final Optional<Letter> letter(String id) {
        return read(tx -> tx.deadLetters().find(FLOW, source(id)));
    }

    final List<AuditEntry> audit(AuditQuery query) {
        return read(tx -> tx.audit().query(query));
    }

    static void withThreads(int count, Consumer<ExecutorService> work) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            work.accept(threads);
        } finally {
            threads.shutdownNow();
        }
    }

    static void await(Future<?> future) {
        try {
            future.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Stands in until a test opens its own. */
    private static final class ClosedLedger implements Ledger {

        @Override
        public Lease acquire(String flow) {
            throw new IllegalStateException("no ledger is open");
        }

        @Override
        public <R> R inTransaction(Lease lease, Function<LedgerTransaction, R> work) {
            throw new IllegalStateException("no ledger is open");
        }

        @Override
        public <R> R withoutLease(Function<LedgerTransaction, R> work) {
            throw new IllegalStateException("no ledger is open");
        }

        @Override
        public <R> R read(Function<LedgerTransaction, R> work) {
            throw new IllegalStateException("no ledger is open");
        }

        @Override
        public void close() {}
    }
}
