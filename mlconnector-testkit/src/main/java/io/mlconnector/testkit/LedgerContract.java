package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.Echo;
import io.mlconnector.spi.Endpoint;
import io.mlconnector.spi.Fingerprint;
import io.mlconnector.spi.IdempotencyKey;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Known.Held;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Link;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.TargetRef;
import java.time.Instant;
import java.util.ArrayList;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Ledger} promises. Extend it, say how an empty ledger is opened, and, if the ledger outlives its
 * process, how the same one is opened again.
 */
public abstract class LedgerContract {

    /** The flow that the samples belong to. */
    protected static final String FLOW = "invoices";

    /** The source of the samples. */
    protected static final Endpoint SOURCE = new Endpoint("ifs", "invoices");

    /** The target of the samples. */
    protected static final Endpoint TARGET = new Endpoint("stripe", "invoices");

    /** A time with more digits than a ledger keeps. */
    protected static final Instant NOW = Instant.parse("2026-03-01T08:00:00.123456789Z");

    /** {@link #NOW} as a ledger keeps it. */
    protected static final Instant NOW_KEPT = Instant.parse("2026-03-01T08:00:00.123Z");

    /** Texts that stores are known to spoil. */
    private static final List<String> AWKWARD = List.of(
            "it's \"quoted\" `so`",
            "50% _ \\ / ? # & ; -- DROP TABLE",
            "línea\nnext\ttab\r\n",
            "日本語 Ελληνικά عربى",
            "👩‍👩‍👧 🏦",
            "nul \u0000 within",
            "escape \u0010 \u00100000 within",
            "half a pair \ud83d",
            "\udc00 other half",
            " leading and trailing ",
            "{\"json\": [1, null]}",
            "\ufeffbom",
            "null");

    /** The ledger under test. */
    protected Ledger ledger = new ClosedLedger();

    /** Creates the tests. */
    protected LedgerContract() {}

    /**
     * Opens a new, empty ledger.
     *
     * @return the ledger; the tests close it
     */
    protected abstract Ledger open();

    /**
     * Opens the ledger that {@link #open} gave last, after it was closed.
     *
     * @return the ledger with what it held; empty if such a ledger does not outlive its closing
     */
    protected Optional<Ledger> reopen() {
        return Optional.empty();
    }

    @BeforeEach
    final void openLedger() {
        ledger = open();
    }

    @AfterEach
    final void closeLedger() {
        ledger.close();
    }

    // Leases

    @Test
    final void givesEveryLeaseOfAFlowAHigherEpoch() {
        Lease first = ledger.acquire(FLOW);
        Lease second = ledger.acquire(FLOW);
        Lease other = ledger.acquire("payments");

        assertThat(first).isEqualTo(new Lease(FLOW, 1));
        assertThat(second).isEqualTo(new Lease(FLOW, 2));
        assertThat(other).isEqualTo(new Lease("payments", 1));
    }

    @Test
    final void writesNothingUnderAStaleLease() {
        Lease stale = ledger.acquire(FLOW);
        ledger.acquire(FLOW);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> write(stale, tx -> tx.positions().save(FLOW, new Position("9"))))
                .withMessageContaining(FLOW)
                .withMessageContaining("epoch 1")
                .withMessageContaining("epoch is 2");

        assertThat(position()).isEqualTo(Position.START);
    }

    @Test
    final void runsNoWorkUnderAStaleLease() {
        Lease stale = ledger.acquire(FLOW);
        ledger.acquire(FLOW);
        var ran = new ArrayList<String>();

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> write(stale, tx -> ran.add("work")));

        assertThat(ran).isEmpty();
    }

    @Test
    final void refusesALeaseThatWasNeverGiven() {
        ledger.acquire(FLOW);

        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> write(new Lease(FLOW, 7), tx -> {}));
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> write(new Lease("other", 1), tx -> {}));
    }

    @Test
    final void keepsALeaseWhenAnotherFlowIsAcquired() {
        Lease lease = ledger.acquire(FLOW);
        ledger.acquire("payments");

        write(lease, tx -> tx.positions().save(FLOW, new Position("1")));

        assertThat(position()).isEqualTo(new Position("1"));
    }

    @Test
    final void tellsWhoSendsThatALeaseIsOver() {
        Lease lease = ledger.acquire(FLOW);
        ledger.check(lease);

        Lease newest = ledger.acquire(FLOW);

        ledger.check(newest);
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.check(lease))
                .withMessageContaining(FLOW)
                .withMessageContaining("epoch 1");
    }

    @Test
    final void goesOnAfterALeaseWasGivenBack() {
        Lease first = ledger.acquire(FLOW);
        write(first, tx -> tx.positions().save(FLOW, new Position("1")));
        ledger.release(first);

        Lease second = ledger.acquire(FLOW);

        assertThat(second).isEqualTo(new Lease(FLOW, 2));
        assertThat(position()).isEqualTo(new Position("1"));
        write(second, tx -> tx.positions().save(FLOW, new Position("2")));
        assertThat(position()).isEqualTo(new Position("2"));
    }

    @Test
    final void keepsTheNewestLeaseWhenAnOlderOneIsGivenBack() {
        Lease stale = ledger.acquire(FLOW);
        Lease newest = ledger.acquire(FLOW);
        ledger.release(stale);

        write(newest, tx -> tx.positions().save(FLOW, new Position("1")));

        assertThat(position()).isEqualTo(new Position("1"));
    }

    // Transactions

    @Test
    final void returnsWhatTheWorkReturns() {
        Lease lease = ledger.acquire(FLOW);

        assertThat(ledger.<String>inTransaction(lease, tx -> "written")).isEqualTo("written");
        assertThat(ledger.<String>read(tx -> "read")).isEqualTo("read");
    }

    @Test
    final void seesItsOwnWritesWithinATransaction() {
        Lease lease = ledger.acquire(FLOW);

        write(lease, tx -> {
            tx.positions().save(FLOW, new Position("5"));
            tx.mappings().put(List.of(link("1", "in_1")));

            assertThat(tx.positions().position(FLOW)).isEqualTo(new Position("5"));
            assertThat(tx.mappings().find(source("1"), TARGET)).isPresent();
        });
    }

    @Test
    final void leavesNothingOfAWorkThatThrows() {
        Lease lease = ledger.acquire(FLOW);
        write(lease, this::fillOnce);
        Snapshot before = snapshot();

        var fault = new IllegalArgumentException("the work gave up");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(lease, tx -> {
                    fillTwice(tx);
                    throw fault;
                }))
                .isSameAs(fault);

        assertThat(snapshot()).isEqualTo(before);
        write(lease, this::fillTwice);
        assertThat(snapshot()).isNotEqualTo(before);
        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
    }

    @Test
    final void leavesNothingOfAWorkThatThrowsAnError() {
        Lease lease = ledger.acquire(FLOW);

        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> write(lease, tx -> {
                    tx.positions().save(FLOW, new Position("9"));
                    throw new StackOverflowError();
                }));

        assertThat(position()).isEqualTo(Position.START);
    }

    private void fillOnce(LedgerTransaction tx) {
        tx.positions().save(FLOW, new Position("1"));
        tx.positions().save(FLOW, notes("file", "a.csv", "scan", "1"));
        tx.mappings().put(List.of(link("1", "in_1"), link("2", "in_2")));
        tx.intents().put(List.of(intent("3"), intent("4").inDoubt("timeout")));
        tx.deadLetters().put(List.of(dead("5"), parked("6")));
        tx.audit().append(List.of(entry("1", Outcome.APPLIED), entry("5", Outcome.DEAD)));
    }

    private void fillTwice(LedgerTransaction tx) {
        tx.positions().save(FLOW, new Position("2"));
        tx.positions().save(FLOW, notes("file", "b.csv", "scan", null, "new", "x"));
        tx.mappings().put(List.of(link("1", "in_other"), link("7", "in_7")));
        tx.mappings().remove(TARGET, List.of(source("2")));
        tx.intents().put(List.of(intent("3").inDoubt("reset"), intent("8")));
        tx.intents().close(FLOW, List.of(source("4")));
        tx.deadLetters().put(List.of(parked("5"), dead("9")));
        tx.deadLetters().remove(FLOW, List.of(source("6")));
        tx.audit().append(List.of(entry("2", Outcome.APPLIED), entry("4", Outcome.SETTLED)));
    }

    /** Everything that the two methods above touch. */
    private record Snapshot(
            Position position,
            Map<String, String> notes,
            Map<RecordKey, Known> known,
            Map<RecordKey, TargetRef> backwards,
            List<Intent> open,
            List<Intent> inDoubt,
            List<Letter> dead,
            List<Letter> parked,
            List<AuditEntry> audit,
            long count) {}

    private Snapshot snapshot() {
        List<RecordKey> sources =
                IntStream.range(0, 10).mapToObj(i -> source("" + i)).toList();
        List<RecordKey> targets = List.of(TARGET.key("in_1"), TARGET.key("in_2"), TARGET.key("in_other"));
        return read(tx -> new Snapshot(
                tx.positions().position(FLOW),
                tx.positions().notes(FLOW),
                tx.mappings().known(FLOW, TARGET, sources),
                tx.mappings().resolve(SOURCE.connection(), targets),
                tx.intents().open(FLOW),
                tx.intents().inDoubt(FLOW),
                tx.deadLetters().list(FLOW, Letter.Kind.DEAD, "", 100),
                tx.deadLetters().list(FLOW, Letter.Kind.PARKED, "", 100),
                tx.audit().query(AuditQuery.newest(100)),
                tx.mappings().count(TARGET)));
    }

    @Test
    final void listsTheLinksOfASourceToATargetPageByPage() {
        Lease lease = ledger.acquire(FLOW);
        List<RecordKey> sources =
                IntStream.range(10, 35).mapToObj(i -> source(i + "'%ü")).toList();
        write(
                lease,
                tx -> tx.mappings()
                        .put(sources.stream()
                                .map(key -> link(key.id(), "in_" + key.id()))
                                .toList()));

        var listed = new ArrayList<RecordKey>();
        List<RecordKey> page;
        do {
            String after = listed.isEmpty() ? "" : listed.get(listed.size() - 1).id();
            page = read(tx -> tx.mappings().linked(SOURCE, TARGET, after, 10));
            listed.addAll(page);
        } while (!page.isEmpty());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(sources);
        assertThat(this.<List<RecordKey>>read(
                        tx -> tx.mappings().linked(new Endpoint("other", SOURCE.entity()), TARGET, "", 10)))
                .isEmpty();
        assertThat(this.<List<RecordKey>>read(
                        tx -> tx.mappings().linked(SOURCE, new Endpoint(TARGET.connection(), "other"), "", 10)))
                .isEmpty();
    }

    @Test
    final void refusesEveryWriteWithinARead() {
        ledger.acquire(FLOW);
        List<Consumer<LedgerTransaction>> writes = List.of(
                tx -> tx.positions().save(FLOW, new Position("1")),
                tx -> tx.positions().save(FLOW, notes("a", "b")),
                tx -> tx.mappings().put(List.of(link("1", "in_1"))),
                tx -> tx.mappings().remove(TARGET, List.of(source("1"))),
                tx -> tx.intents().put(List.of(intent("1"))),
                tx -> tx.intents().close(FLOW, List.of(source("1"))),
                tx -> tx.deadLetters().put(List.of(dead("1"))),
                tx -> tx.deadLetters().remove(FLOW, List.of(source("1"))),
                tx -> tx.audit().append(List.of(entry("1", Outcome.APPLIED))));

        assertThat(writes)
                .allSatisfy(write -> assertThatIllegalStateException()
                        .isThrownBy(() -> read(tx -> {
                            write.accept(tx);
                            return "";
                        })));
    }

    @Test
    final void refusesToWriteForAnotherFlow() {
        Lease lease = ledger.acquire("payments");
        List<Consumer<LedgerTransaction>> writes = List.of(
                tx -> tx.positions().save(FLOW, new Position("1")),
                tx -> tx.positions().save(FLOW, notes("a", "b")),
                tx -> tx.intents().put(List.of(intent("1"))),
                tx -> tx.intents().close(FLOW, List.of(source("1"))),
                tx -> tx.deadLetters().put(List.of(dead("1"))),
                tx -> tx.deadLetters().remove(FLOW, List.of(source("1"))));

        assertThat(writes)
                .allSatisfy(write -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> write(lease, write))
                        .withMessageContaining("payments")
                        .withMessageContaining(FLOW));
    }

    @Test
    final void letsATransactionOfAnyFlowWriteLinksAndAudit() {
        Lease lease = ledger.acquire("payments");

        write(lease, tx -> {
            tx.mappings().put(List.of(link("1", "in_1")));
            tx.audit().append(List.of(entry("1", Outcome.APPLIED)));
        });

        assertThat(this.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(1);
    }

    @Test
    final void refusesATransactionThatWasKept() {
        Lease lease = ledger.acquire(FLOW);
        LedgerTransaction kept = ledger.inTransaction(lease, tx -> tx);
        LedgerTransaction keptRead = ledger.read(tx -> tx);

        assertThatIllegalStateException().isThrownBy(() -> kept.positions().save(FLOW, new Position("1")));
        assertThatIllegalStateException().isThrownBy(() -> kept.positions().position(FLOW));
        assertThatIllegalStateException().isThrownBy(() -> keptRead.audit().verify());
    }

    @Test
    final void refusesATransactionOnAnotherThread() {
        Lease lease = ledger.acquire(FLOW);

        withThreads(
                1,
                threads -> write(lease, tx -> {
                    Future<?> stray = threads.submit(() -> tx.positions().save(FLOW, new Position("1")));
                    assertThatExceptionOfType(ExecutionException.class)
                            .isThrownBy(() -> stray.get(30, TimeUnit.SECONDS))
                            .withCauseInstanceOf(IllegalStateException.class);
                }));

        assertThat(position()).isEqualTo(Position.START);
    }

    @Test
    final void refusesATransactionWithinATransaction() {
        Lease lease = ledger.acquire(FLOW);

        write(lease, tx -> {
            assertThatIllegalStateException().isThrownBy(() -> write(lease, inner -> {}));
            assertThatIllegalStateException().isThrownBy(() -> position());
            assertThatIllegalStateException().isThrownBy(() -> ledger.acquire(FLOW));
            assertThatIllegalStateException().isThrownBy(() -> ledger.close());
            tx.positions().save(FLOW, new Position("1"));
        });
        assertThat(position()).isEqualTo(new Position("1"));
    }

    @Test
    final void letsTwoFlowsWriteAtTheSameTime() {
        int rounds = 50;
        Lease invoices = ledger.acquire(FLOW);
        Lease payments = ledger.acquire("payments");

        withThreads(2, threads -> {
            Future<?> first = threads.submit(() -> countUp(invoices, rounds));
            Future<?> second = threads.submit(() -> countUp(payments, rounds));
            await(first);
            await(second);
        });

        assertThat(position()).isEqualTo(new Position("" + rounds));
        assertThat(this.<Position>read(tx -> tx.positions().position("payments")))
                .isEqualTo(new Position("" + rounds));
        assertThat(this.<List<AuditEntry>>read(tx -> tx.audit().query(AuditQuery.newest(1000))))
                .hasSize(2 * rounds);
        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
    }

    private void countUp(Lease lease, int rounds) {
        for (int i = 0; i < rounds; i++) {
            write(lease, tx -> {
                Position position = tx.positions().position(lease.flow());
                int next = position.isStart() ? 1 : Integer.parseInt(position.value()) + 1;
                tx.mappings().put(List.of(link(lease.flow() + next, "in_" + next), link("shared", "in_" + next)));
                tx.audit().append(List.of(entry("" + next, Outcome.APPLIED)));
                tx.positions().save(lease.flow(), new Position("" + next));
            });
        }
    }

    @Test
    final void readsOneConsistentStateWhileAnotherThreadWrites() {
        int rounds = 100;
        Lease lease = ledger.acquire(FLOW);

        withThreads(1, threads -> {
            Future<?> writing = threads.submit(() -> {
                for (int i = 1; i <= rounds; i++) {
                    Position position = new Position("" + i);
                    Notes notes = notes("position", "" + i);
                    write(lease, tx -> {
                        tx.positions().save(FLOW, position);
                        tx.positions().save(FLOW, notes);
                    });
                }
            });
            while (!writing.isDone()) {
                read(tx -> {
                    String note = tx.positions().notes(FLOW).getOrDefault("position", "");
                    assertThat(tx.positions().position(FLOW).value()).isEqualTo(note);
                    assertThat(tx.positions().notes(FLOW).getOrDefault("position", ""))
                            .isEqualTo(note);
                    return "";
                });
            }
            await(writing);
        });
    }

    @Test
    final void writesForAThreadThatIsInterrupted() {
        Lease lease = ledger.acquire(FLOW);

        Thread.currentThread().interrupt();
        write(lease, tx -> tx.positions().save(FLOW, new Position("1")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(position()).isEqualTo(new Position("1"));
    }

    @Test
    final void refusesEveryCallAfterItWasClosed() {
        Lease lease = ledger.acquire(FLOW);
        ledger.close();
        ledger.close();

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.acquire(FLOW))
                .withMessageContaining("closed");
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> write(lease, tx -> {}))
                .withMessageContaining("closed");
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(this::position)
                .withMessageContaining("closed");
    }

    @Test
    final void keepsEverythingWhenOpenedAgain() {
        Lease lease = ledger.acquire(FLOW);
        write(lease, this::fillOnce);
        write(lease, this::fillTwice);
        Snapshot before = snapshot();
        ledger.close();
        Optional<Ledger> reopened = reopen();
        assumeThat(reopened).as("the ledger outlives its closing").isPresent();
        ledger = reopened.orElseThrow();

        assertThat(snapshot()).isEqualTo(before);
        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
        write(lease, tx -> tx.positions().save(FLOW, new Position("still mine")));
        assertThat(ledger.acquire(FLOW)).isEqualTo(new Lease(FLOW, 2));
    }

    // Positions and notes

    @Test
    final void startsAtTheStart() {
        assertThat(position()).isEqualTo(Position.START);
        assertThat(this.<Map<String, String>>read(tx -> tx.positions().notes(FLOW)))
                .isEmpty();
    }

    @Test
    final void keepsThePositionThatWasSavedLast() {
        write(tx -> tx.positions().save(FLOW, new Position("1")));
        write(tx -> tx.positions().save(FLOW, new Position("2")));

        assertThat(position()).isEqualTo(new Position("2"));
    }

    @Test
    final void keepsPositionsAndNotesOfFlowsApart() {
        write(tx -> {
            tx.positions().save(FLOW, new Position("1"));
            tx.positions().save(FLOW, notes("a", "1"));
        });

        assertThat(this.<Position>read(tx -> tx.positions().position("payments")))
                .isEqualTo(Position.START);
        assertThat(this.<Map<String, String>>read(tx -> tx.positions().notes("payments")))
                .isEmpty();
    }

    @Test
    final void setsAndRemovesNotes() {
        write(tx -> tx.positions().save(FLOW, notes("a", "1", "b", "2", "empty", "")));
        write(tx -> tx.positions().save(FLOW, notes("a", "3", "b", null, "never", null, "c", "4")));
        write(tx -> tx.positions().save(FLOW, Notes.NONE));

        assertThat(this.<Map<String, String>>read(tx -> tx.positions().notes(FLOW)))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "3", "c", "4", "empty", ""));
    }

    // Links

    @Test
    final void findsALinkAsItWasStored() {
        Link link = link("1", "in_1");
        Link withoutVersion = new Link(source("2"), TARGET.key("in_2"), null, Fingerprint.none(), NOW);
        Link awaitingEcho = new Link(
                source("4"),
                TARGET.key("in_4"),
                null,
                Fingerprint.none(),
                NOW_KEPT,
                Echo.of(Set.of("name", "email"), "W/\"a b\""));
        Link echoWithoutVersion =
                new Link(source("5"), TARGET.key("in_5"), null, Fingerprint.none(), NOW_KEPT, Echo.of(Set.of(), null));
        write(tx -> tx.mappings().put(List.of(link, withoutVersion, awaitingEcho, echoWithoutVersion)));

        assertThat(find("1"))
                .contains(new Link(link.source(), link.target(), link.targetVersion(), link.fingerprint(), NOW_KEPT));
        assertThat(find("2")).contains(new Link(source("2"), TARGET.key("in_2"), null, Fingerprint.none(), NOW_KEPT));
        assertThat(find("3")).isEmpty();
        assertThat(find("4")).contains(awaitingEcho);
        assertThat(known("4")).containsEntry(source("4"), new Known(awaitingEcho, null, 0));
        assertThat(find("5")).contains(echoWithoutVersion);
    }

    @Test
    final void replacesTheLinkOfTheSameSourceAndTargetEndpoint() {
        Endpoint elsewhere = new Endpoint("stripe", "credits");
        Link other = new Link(source("1"), elsewhere.key("cn_1"), "7", fingerprint(7), NOW_KEPT);
        write(tx -> tx.mappings().put(List.of(link("1", "in_1"), other)));
        write(tx -> tx.mappings().put(List.of(link("1", "in_2"))));

        assertThat(find("1").map(Link::target)).contains(TARGET.key("in_2"));
        assertThat(this.<Optional<Link>>read(tx -> tx.mappings().find(source("1"), elsewhere)))
                .contains(other);
        assertThat(this.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(1);
        assertThat(this.<Map<RecordKey, TargetRef>>read(
                        tx -> tx.mappings().resolve("ifs", List.of(TARGET.key("in_1"), TARGET.key("in_2")))))
                .containsOnlyKeys(TARGET.key("in_2"));
    }

    @Test
    final void keepsTheLastOfTwoLinksThatAreStoredTogether() {
        write(tx -> tx.mappings().put(List.of(link("1", "in_9"), link("1", "in_2"))));

        assertThat(find("1").map(Link::target)).contains(TARGET.key("in_2"));
    }

    @Test
    final void removesLinks() {
        Endpoint elsewhere = new Endpoint("stripe", "credits");
        write(tx -> tx.mappings()
                .put(List.of(
                        link("1", "in_1"),
                        link("2", "in_2"),
                        new Link(source("1"), elsewhere.key("cn_1"), null, fingerprint(1), NOW))));
        write(tx -> tx.mappings().remove(TARGET, List.of(source("1"), source("unknown"))));

        assertThat(find("1")).isEmpty();
        assertThat(find("2")).isPresent();
        assertThat(this.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(1);
        assertThat(this.<Long>read(tx -> tx.mappings().count(elsewhere))).isEqualTo(1);
    }

    @Test
    final void countsTheLinksToATarget() {
        write(tx -> tx.mappings().put(List.of(link("1", "in_1"), link("2", "in_2"))));

        assertThat(this.<Long>read(tx -> tx.mappings().count(TARGET))).isEqualTo(2);
        assertThat(this.<Long>read(tx -> tx.mappings().count(SOURCE))).isZero();
    }

    @Test
    final void resolvesARecordWhicheverSideItWasWrittenFrom() {
        Link there = link("1", "in_1");
        Link back = new Link(
                new RecordKey("stripe", "payments", "py_1"),
                new RecordKey("ifs", "vouchers", "V1"),
                "3",
                fingerprint(1),
                NOW);
        write(tx -> tx.mappings().put(List.of(there, back)));

        assertThat(resolve("stripe", source("1"), back.target(), source("unknown")))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(source("1"), new TargetRef("in_1", "v-in_1"), back.target(), TargetRef.of("py_1")));
        assertThat(resolve("ifs", there.target(), back.source()))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(there.target(), TargetRef.of("1"), back.source(), new TargetRef("V1", "3")));
        assertThat(resolve("bill", source("1"), there.target())).isEmpty();
        assertThat(resolve("stripe")).isEmpty();
    }

    @Test
    final void resolvesAtTheConnectionThatIsAskedFor() {
        Link stripe = link("1", "in_1");
        Link bill = new Link(source("1"), new RecordKey("bill", "bills", "b_1"), null, fingerprint(1), NOW);
        write(tx -> tx.mappings().put(List.of(stripe, bill)));

        assertThat(resolve("stripe", source("1"))).containsValue(new TargetRef("in_1", "v-in_1"));
        assertThat(resolve("bill", source("1"))).containsValue(TargetRef.of("b_1"));
    }

    @Test
    final void resolvesToTheNewestOfSeveralCounterparts() {
        Link older = new Link(source("1"), new RecordKey("stripe", "a", "old"), null, fingerprint(1), NOW);
        Link newer =
                new Link(source("1"), new RecordKey("stripe", "z", "new"), null, fingerprint(1), NOW.plusSeconds(1));
        write(tx -> tx.mappings().put(List.of(older, newer)));

        assertThat(resolve("stripe", source("1"))).containsValue(TargetRef.of("new"));
    }

    // What is known

    @Test
    final void knowsLinksLettersAndDoubts() {
        Link link = link("linked", "in_1");
        Intent doubtful = intent("doubtful").inDoubt("timeout");
        write(tx -> {
            tx.mappings().put(List.of(link, link("both", "in_2")));
            tx.deadLetters().put(List.of(dead("dead"), parked("parked"), dead("both"), dead("worse")));
            tx.intents().put(List.of(intent("open"), doubtful, intent("worse").inDoubt("reset")));
        });

        Map<RecordKey, Known> known =
                known("linked", "dead", "parked", "doubtful", "open", "both", "worse", "unknown", "linked");

        assertThat(known)
                .containsOnlyKeys(
                        source("linked"),
                        source("dead"),
                        source("parked"),
                        source("doubtful"),
                        source("both"),
                        source("worse"));
        assertThat(known)
                .containsEntry(source("linked"), new Known(kept(link), null, 0))
                .containsEntry(source("dead"), new Known(null, Held.DEAD, -5))
                .containsEntry(source("parked"), new Known(null, Held.PARKED, -5))
                .containsEntry(
                        source("doubtful"),
                        new Known(null, Held.IN_DOUBT, doubtful.fingerprint().whole()))
                .containsEntry(source("both"), new Known(kept(link("both", "in_2")), Held.DEAD, -5))
                .containsEntry(
                        source("worse"),
                        new Known(null, Held.IN_DOUBT, doubtful.fingerprint().whole()));
    }

    @Test
    final void knowsNothingOfOtherFlowsAndTargets() {
        Lease payments = ledger.acquire("payments");
        write(tx -> {
            tx.mappings().put(List.of(link("1", "in_1")));
            tx.deadLetters().put(List.of(dead("2")));
            tx.intents().put(List.of(intent("3").inDoubt("timeout")));
        });
        write(payments, tx -> {});
        List<RecordKey> sources = List.of(source("1"), source("2"), source("3"));

        assertThat(this.<Map<RecordKey, Known>>read(
                        tx -> tx.mappings().known("payments", new Endpoint("stripe", "credits"), sources)))
                .isEmpty();
        assertThat(known()).isEmpty();
    }

    @Test
    final void knowsFiveThousandRecordsAtOnce() {
        int count = 5000;
        List<Link> links = IntStream.range(0, count)
                .filter(i -> i % 2 == 0)
                .mapToObj(i -> link("" + i, "in_" + i))
                .toList();
        write(tx -> tx.mappings().put(links));
        List<RecordKey> sources =
                IntStream.range(0, count).mapToObj(i -> source("" + i)).toList();

        Map<RecordKey, Known> known = read(tx -> tx.mappings().known(FLOW, TARGET, sources));
        Map<RecordKey, TargetRef> resolved = read(tx -> tx.mappings().resolve("stripe", sources));

        assertThat(known).hasSize(count / 2);
        assertThat(known.get(source("4998"))).isEqualTo(new Known(kept(link("4998", "in_4998")), null, 0));
        assertThat(resolved).hasSize(count / 2).containsEntry(source("4998"), new TargetRef("in_4998", "v-in_4998"));
    }

    // Intents

    @Test
    final void keepsIntentsWhole() {
        Intent open = intent("1");
        Intent bare = new Intent(
                FLOW,
                source("2"),
                TARGET,
                null,
                Action.REMOVE,
                new IdempotencyKey("k-2"),
                null,
                Fingerprint.none(),
                Set.of(),
                NOW_KEPT.plusSeconds(1),
                0,
                null);
        Intent unversioned = new Intent(
                FLOW,
                source("3"),
                TARGET,
                TargetRef.of("in_3"),
                Action.CREATE,
                new IdempotencyKey("k-3"),
                "",
                fingerprint(-1),
                Set.of("total"),
                NOW_KEPT.plusSeconds(2),
                7,
                null);
        write(tx -> tx.intents().put(List.of(unversioned, bare, open)));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).containsExactly(open, bare, unversioned);
    }

    @Test
    final void tellsOpenIntentsFromThoseInDoubt() {
        Intent doubtful = intent("2").inDoubt("no answer within 30 s");
        write(tx -> tx.intents().put(List.of(intent("1"), doubtful)));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).containsExactly(intent("1"));
        assertThat(this.<List<Intent>>read(tx -> tx.intents().inDoubt(FLOW))).containsExactly(doubtful);
        assertThat(this.<List<Intent>>read(tx -> tx.intents().open("payments"))).isEmpty();
    }

    @Test
    final void replacesTheIntentOfTheSameFlowAndRecord() {
        write(tx -> tx.intents().put(List.of(intent("1"))));
        write(tx -> tx.intents().put(List.of(intent("1").inDoubt("reset"))));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).isEmpty();
        assertThat(this.<List<Intent>>read(tx -> tx.intents().inDoubt(FLOW)))
                .containsExactly(intent("1").inDoubt("reset"));
    }

    @Test
    final void closesIntents() {
        write(tx ->
                tx.intents().put(List.of(intent("1"), intent("2"), intent("3").inDoubt("reset"))));
        write(tx -> tx.intents().close(FLOW, List.of(source("1"), source("3"), source("unknown"))));

        assertThat(this.<List<Intent>>read(tx -> tx.intents().open(FLOW))).containsExactly(intent("2"));
        assertThat(this.<List<Intent>>read(tx -> tx.intents().inDoubt(FLOW))).isEmpty();
    }

    // Letters

    @Test
    final void keepsLettersWhole() {
        Letter dead = dead("1");
        Letter bare = new Letter(
                FLOW,
                source("2"),
                Letter.Kind.DEAD,
                "",
                null,
                "",
                false,
                Long.MIN_VALUE,
                null,
                0,
                Instant.EPOCH,
                NOW_KEPT,
                null);
        write(tx -> tx.deadLetters().put(List.of(dead, bare, parked("3"))));

        assertThat(letter("1")).contains(dead);
        assertThat(letter("2")).contains(bare);
        assertThat(letter("3")).contains(parked("3"));
        assertThat(letter("4")).isEmpty();
    }

    @Test
    final void keepsTheFirstTimeOfALetterAndAddsItsAttempts() {
        Instant later = NOW_KEPT.plusSeconds(60);
        Letter again = new Letter(
                FLOW,
                source("1"),
                Letter.Kind.DEAD,
                "other reason",
                null,
                "other payload",
                false,
                77,
                "w2",
                3,
                later,
                later,
                null);
        write(tx -> tx.deadLetters().put(List.of(parked("1"))));
        write(tx -> tx.deadLetters().put(List.of(again)));

        assertThat(letter("1"))
                .contains(new Letter(
                        FLOW,
                        source("1"),
                        Letter.Kind.DEAD,
                        "other reason",
                        null,
                        "other payload",
                        false,
                        77,
                        "w2",
                        5,
                        NOW_KEPT,
                        later,
                        null));
    }

    @Test
    final void addsTheAttemptsOfLettersThatAreStoredTogether() {
        write(tx -> tx.deadLetters().put(List.of(parked("1"), dead("1"))));

        assertThat(letter("1").map(Letter::attempts)).contains(4);
        assertThat(letter("1").map(Letter::kind)).contains(Letter.Kind.DEAD);
    }

    @Test
    final void startsALetterAnewAfterItsRemoval() {
        write(tx -> tx.deadLetters().put(List.of(dead("1"), dead("2"))));
        write(tx -> tx.deadLetters().remove(FLOW, List.of(source("1"), source("unknown"))));
        assertThat(letter("1")).isEmpty();

        write(tx -> tx.deadLetters().put(List.of(dead("1"))));

        assertThat(letter("1").map(Letter::attempts)).contains(2);
        assertThat(letter("2")).isPresent();
    }

    @Test
    final void listsLettersOfOneKindPageByPage() {
        write(tx -> tx.deadLetters().put(List.of(dead("c"), parked("b2"), dead("a"), dead("B"), dead("b"), dead("d"))));

        assertThat(list(Letter.Kind.DEAD, "", 2)).containsExactly("B", "a");
        assertThat(list(Letter.Kind.DEAD, "a", 2)).containsExactly("b", "c");
        assertThat(list(Letter.Kind.DEAD, "c", 2)).containsExactly("d");
        assertThat(list(Letter.Kind.DEAD, "d", 2)).isEmpty();
        assertThat(list(Letter.Kind.PARKED, "", 2)).containsExactly("b2");
        assertThat(this.<List<Letter>>read(tx -> tx.deadLetters().list("payments", Letter.Kind.DEAD, "", 2)))
                .isEmpty();
    }

    @Test
    final void refusesAPageOfNoLetters() {
        assertThatIllegalArgumentException().isThrownBy(() -> list(Letter.Kind.DEAD, "", 0));
    }

    // Audit

    @Test
    final void keepsAuditEntriesWhole() {
        AuditEntry full = entry("1", Outcome.APPLIED);
        AuditEntry bare = new AuditEntry(
                FLOW, "run-1", source("2"), null, null, null, Map.of(), "", 0, Outcome.DEAD, null, null, NOW_KEPT);
        write(tx -> tx.audit().append(List.of(full, bare)));

        assertThat(audit(AuditQuery.newest(10))).containsExactly(full, bare);
    }

    @Test
    final void keepsTheMillisecondsOfAnAuditEntry() {
        AuditEntry precise = new AuditEntry(
                FLOW, "run-1", source("1"), null, null, null, Map.of(), "", 0, Outcome.DEAD, null, null, NOW);
        write(tx -> tx.audit().append(List.of(precise)));

        assertThat(audit(AuditQuery.newest(1))).extracting(AuditEntry::at).containsExactly(NOW_KEPT);
        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
    }

    @Test
    final void narrowsAQueryByEachOfItsParts() {
        AuditEntry first = entry("1", Outcome.APPLIED);
        AuditEntry second = entry("2", Outcome.DEAD);
        AuditEntry third = new AuditEntry(
                "payments",
                "run-2",
                source("1"),
                null,
                null,
                null,
                Map.of(),
                "m",
                1,
                Outcome.DEAD,
                "x",
                null,
                NOW_KEPT);
        write(tx -> tx.audit().append(List.of(first, second)));
        write(tx -> tx.audit().append(List.of(third)));
        write(tx -> tx.audit().append(List.of()));

        assertThat(audit(AuditQuery.ofSource(source("1")))).containsExactly(first, third);
        assertThat(audit(new AuditQuery(FLOW, null, null, null, null, 9))).containsExactly(first, second);
        assertThat(audit(new AuditQuery(null, "run-2", null, null, null, 9))).containsExactly(third);
        assertThat(audit(new AuditQuery(null, null, null, TARGET.key("in_2"), null, 9)))
                .containsExactly(second);
        assertThat(audit(new AuditQuery(null, null, null, null, Outcome.DEAD, 9)))
                .containsExactly(second, third);
        assertThat(audit(new AuditQuery(FLOW, "run-1", source("2"), TARGET.key("in_2"), Outcome.DEAD, 9)))
                .containsExactly(second);
        assertThat(audit(new AuditQuery(FLOW, "run-2", null, null, null, 9))).isEmpty();
    }

    @Test
    final void keepsTheNewestEntriesOfAQueryOldestFirst() {
        List<AuditEntry> entries = IntStream.range(0, 5)
                .mapToObj(i -> entry("" + i, Outcome.APPLIED))
                .toList();
        write(tx -> tx.audit().append(entries));

        assertThat(audit(AuditQuery.newest(2))).containsExactly(entries.get(3), entries.get(4));
    }

    @Test
    final void findsALogWholeThatNobodyTouched() {
        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
        for (int i = 0; i < 5; i++) {
            String id = "" + i;
            write(tx -> tx.audit().append(List.of(entry(id, Outcome.APPLIED), entry(id, Outcome.SETTLED))));
        }

        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
        write(tx -> assertThat(tx.audit().verify()).isEmpty());
    }

    // Texts

    @Test
    final void keepsEveryTextAsItWas() {
        for (String text : AWKWARD) {
            RecordKey source = new RecordKey("c" + text, "e" + text, "s" + text);
            Endpoint target = new Endpoint("tc" + text, "te" + text);
            var link = new Link(source, target.key("t" + text), text, fingerprint(1), NOW_KEPT);
            Intent intent = new Intent(
                    FLOW,
                    source,
                    target,
                    new TargetRef(text, text),
                    Action.UPDATE,
                    new IdempotencyKey("k"),
                    text,
                    fingerprint(2),
                    Set.of(text),
                    NOW_KEPT,
                    1,
                    text);
            Letter letter = new Letter(
                    FLOW,
                    source,
                    Letter.Kind.PARKED,
                    text,
                    link.target(),
                    text,
                    true,
                    3,
                    text,
                    1,
                    NOW_KEPT,
                    NOW_KEPT,
                    NOW_KEPT);
            AuditEntry entry = new AuditEntry(
                    text,
                    text,
                    source,
                    text,
                    link.target(),
                    Action.UPDATE,
                    Map.of(text, text),
                    text,
                    1,
                    Outcome.PARKED,
                    text,
                    text,
                    NOW_KEPT);
            write(tx -> {
                tx.mappings().put(List.of(link));
                tx.intents().put(List.of(intent));
                tx.deadLetters().put(List.of(letter));
                tx.audit().append(List.of(entry));
                tx.positions().save(FLOW, new Position(text));
                tx.positions().save(FLOW, notes(text, text));
            });

            read(tx -> {
                assertThat(tx.mappings().find(source, target)).contains(link);
                assertThat(tx.mappings().known(FLOW, target, List.of(source)))
                        .containsExactly(Map.entry(
                                source,
                                new Known(
                                        link,
                                        Held.IN_DOUBT,
                                        intent.fingerprint().whole())));
                assertThat(tx.mappings().resolve(target.connection(), List.of(source)))
                        .containsExactly(
                                Map.entry(source, new TargetRef(link.target().id(), text)));
                assertThat(tx.mappings().resolve(source.connection(), List.of(link.target())))
                        .containsExactly(Map.entry(link.target(), TargetRef.of(source.id())));
                assertThat(tx.intents().inDoubt(FLOW)).contains(intent);
                assertThat(tx.deadLetters().find(FLOW, source)).contains(letter);
                assertThat(tx.audit().query(AuditQuery.ofSource(source))).containsExactly(entry);
                assertThat(tx.positions().position(FLOW)).isEqualTo(new Position(text));
                assertThat(tx.positions().notes(FLOW)).containsEntry(text, text);
                return "";
            });
        }
        assertThat(this.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
    }

    @Test
    final void tellsKeysApartThatLookAlike() {
        List<String> ids = List.of("a", "A", "a ", "á", "a\u0301", "a\u0000", "a\ud83d", "a?", "1", "01", "1.0");
        List<Link> links =
                ids.stream().map(id -> link(id, "in_" + ids.indexOf(id))).toList();
        write(tx -> tx.mappings().put(links));

        Map<RecordKey, Known> known = known(ids.toArray(String[]::new));

        assertThat(known).hasSameSizeAs(ids);
        assertThat(links)
                .allSatisfy(link -> assertThat(known).containsEntry(link.source(), new Known(kept(link), null, 0)));
    }

    @Test
    final void keepsAPayloadOfAMillionCharacters() {
        String payload = "{\"é\":\"" + "x\u20ac".repeat(500_000) + "\"}";
        Letter large = new Letter(
                FLOW,
                source("1"),
                Letter.Kind.DEAD,
                "too large",
                null,
                payload,
                true,
                1,
                null,
                1,
                NOW_KEPT,
                NOW_KEPT,
                null);
        write(tx -> tx.deadLetters().put(List.of(large)));

        assertThat(letter("1").map(Letter::payload).orElseThrow().equals(payload))
                .isTrue();
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

    private static Intent intent(String id) {
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

    private static Letter dead(String id) {
        return letter(id, Letter.Kind.DEAD, null);
    }

    private static Letter parked(String id) {
        return letter(id, Letter.Kind.PARKED, new RecordKey("ifs", "customers", "C1"));
    }

    private static Letter letter(String id, Letter.Kind kind, @Nullable RecordKey awaited) {
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

    private static Fingerprint fingerprint(long whole) {
        return new Fingerprint(whole, new TreeMap<>(Map.of("total", whole + 1, "dueDate", -1L)));
    }

    /** Names and texts by turns. */
    private static Notes notes(@Nullable String... namesAndTexts) {
        var changes = new HashMap<String, @Nullable String>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            changes.put(String.valueOf(namesAndTexts[i]), namesAndTexts[i + 1]);
        }
        return new Notes(changes);
    }

    private static Link kept(Link link) {
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

    private void write(Lease lease, Consumer<LedgerTransaction> work) {
        ledger.<Boolean>inTransaction(lease, tx -> {
            work.accept(tx);
            return true;
        });
    }

    private <R> R read(Function<LedgerTransaction, R> work) {
        return ledger.read(work);
    }

    private Position position() {
        return read(tx -> tx.positions().position(FLOW));
    }

    private Optional<Link> find(String id) {
        return read(tx -> tx.mappings().find(source(id), TARGET));
    }

    private Map<RecordKey, TargetRef> resolve(String connection, RecordKey... keys) {
        return read(tx -> tx.mappings().resolve(connection, List.of(keys)));
    }

    private Map<RecordKey, Known> known(String... ids) {
        List<RecordKey> sources = Stream.of(ids).map(LedgerContract::source).toList();
        return read(tx -> tx.mappings().known(FLOW, TARGET, sources));
    }

    private Optional<Letter> letter(String id) {
        return read(tx -> tx.deadLetters().find(FLOW, source(id)));
    }

    private List<String> list(Letter.Kind kind, String after, int limit) {
        return read(tx -> tx.deadLetters().list(FLOW, kind, after, limit).stream()
                .map(letter -> letter.source().id())
                .toList());
    }

    private List<AuditEntry> audit(AuditQuery query) {
        return read(tx -> tx.audit().query(query));
    }

    private static void withThreads(int count, Consumer<ExecutorService> work) {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            work.accept(threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(Future<?> future) {
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
        public <R> R read(Function<LedgerTransaction, R> work) {
            throw new IllegalStateException("no ledger is open");
        }

        @Override
        public void close() {}
    }
}
