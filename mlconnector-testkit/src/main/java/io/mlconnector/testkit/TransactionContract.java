package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.InboxEvent;
import io.mlconnector.spi.Intent;
import io.mlconnector.spi.Known;
import io.mlconnector.spi.Lease;
import io.mlconnector.spi.Ledger;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.Letter;
import io.mlconnector.spi.Notes;
import io.mlconnector.spi.Position;
import io.mlconnector.spi.TargetRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every ledger promises of transactions. */
abstract class TransactionContract extends LeaseContract {

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
    final void answersASingleQuestionWithoutATransaction() {
        Lease lease = ledger.acquire(FLOW);
        write(lease, tx -> tx.positions().save(FLOW, new Position("5")));

        assertThat(ledger.<Position>lookUp(tx -> tx.positions().position(FLOW))).isEqualTo(new Position("5"));
        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.<String>lookUp(tx -> {
                    tx.positions().save(FLOW, new Position("6"));
                    return "written";
                }));
        assertThat(position()).isEqualTo(new Position("5"));
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
        tx.audit().enlist("kept");
        tx.audit().enlist("forgotten");
        tx.inbox().put(event("evt_1"), "{}");
        tx.inbox().put(event("evt_2"), null);
        tx.inbox().put(event("evt_3"), null);
        tx.inbox().done(STRIPE, List.of("evt_3"), NOW_KEPT);
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
        tx.audit().forget("forgotten");
        tx.audit().delivered("kept", tx.audit().head());
        tx.audit().enlist("new");
        tx.audit().forget("new");
        tx.audit()
                .prune(
                        new AuditReceipt(
                                AuditMark.START, tx.audit().after(0, 1).get(0).mark()),
                        "alice",
                        NOW_KEPT);
        tx.inbox().put(event("evt_4"), null);
        tx.inbox().done(STRIPE, List.of("evt_1"), NOW_KEPT.plusSeconds(9));
        tx.inbox().failed(STRIPE, List.of("evt_2"), "no answer", NOW_KEPT.plusSeconds(60));
        tx.inbox().purge(NOW_KEPT.plusSeconds(1));
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
            AuditMark anchor,
            AuditMark head,
            Map<String, AuditMark> deliveries,
            List<Optional<InboxEvent>> inbox,
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
                tx.audit().anchor(),
                tx.audit().head(),
                tx.audit().deliveries(),
                Stream.of("evt_1", "evt_2", "evt_3", "evt_4")
                        .map(id -> tx.inbox().find(STRIPE, id))
                        .toList(),
                tx.mappings().count(TARGET)));
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
                        })))
                .allSatisfy(write -> assertThatIllegalStateException().isThrownBy(() -> freely(write)));
        assertThat(writesThatNeedNoLease())
                .allSatisfy(write -> assertThatIllegalStateException()
                        .isThrownBy(() -> read(tx -> {
                            write.accept(tx);
                            return "";
                        })));
    }

    private static List<Consumer<LedgerTransaction>> writesThatNeedNoLease() {
        var receipt = new AuditReceipt(AuditMark.START, AuditMark.START);
        return List.of(
                tx -> tx.inbox().put(event("evt_1"), null),
                tx -> tx.inbox().failed(STRIPE, List.of("evt_1"), "no answer", NOW),
                tx -> tx.inbox().done(STRIPE, List.of("evt_1"), NOW),
                tx -> tx.inbox().ignored(STRIPE, List.of("evt_1"), "not ours", NOW),
                tx -> tx.inbox().purge(NOW),
                tx -> tx.audit().prune(receipt, "alice", NOW),
                tx -> tx.audit().enlist("siem"),
                tx -> tx.audit().delivered("siem", AuditMark.START),
                tx -> tx.audit().forget("siem"));
    }

    @Test
    final void writesToTheInboxAndPrunesAndDeliversTheAuditWithoutALease() {
        ledger.acquire(FLOW);

        assertThat(writesThatNeedNoLease()).allSatisfy(this::freely);

        assertThat(this.<Optional<InboxEvent>>read(tx -> tx.inbox().find(STRIPE, "evt_1")))
                .isPresent();
    }

    @Test
    final void leavesNothingOfAWorkWithoutALeaseThatThrows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> freely(tx -> {
                    tx.inbox().put(event("evt_1"), null);
                    tx.audit().enlist("siem");
                    throw new IllegalArgumentException("the work gave up");
                }));

        assertThat(this.<Optional<InboxEvent>>read(tx -> tx.inbox().find(STRIPE, "evt_1")))
                .isEmpty();
        assertThat(this.<Map<String, AuditMark>>read(tx -> tx.audit().deliveries()))
                .isEmpty();
    }

    @Test
    final void takesNoLeaseFromAFlowByWritingWithoutOne() {
        Lease lease = ledger.acquire(FLOW);
        freely(tx -> tx.inbox().put(event("evt_1"), null));

        write(lease, tx -> tx.positions().save(FLOW, new Position("1")));

        assertThat(position()).isEqualTo(new Position("1"));
        assertThat(ledger.acquire(FLOW)).isEqualTo(new Lease(FLOW, 2));
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
            assertThatIllegalStateException().isThrownBy(() -> freely(inner -> {}));
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
                .isThrownBy(() -> freely(tx -> {}))
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
}
