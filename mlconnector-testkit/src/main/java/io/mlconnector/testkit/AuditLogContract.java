package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.AuditCheck;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.SealedEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AuditLog} promises. */
abstract class AuditLogContract extends DeadLetterStoreContract {

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
        assertThat(audit(all().withFlow(FLOW))).containsExactly(first, second);
        assertThat(audit(all().withRun("run-2"))).containsExactly(third);
        assertThat(audit(all().withTarget(TARGET.key("in_2")))).containsExactly(second);
        assertThat(audit(all().withTarget(new RecordKey("bill", "invoices", "in_2"))))
                .isEmpty();
        assertThat(audit(AuditQuery.ofTarget("in_2"))).containsExactly(second);
        assertThat(audit(all().withOutcome(Outcome.DEAD))).containsExactly(second, third);
        assertThat(audit(all().withOutcome(Outcome.APPLIED))).containsExactly(first);
        assertThat(audit(all().withFlow(FLOW)
                        .withRun("run-1")
                        .withSource(source("2"))
                        .withTarget(TARGET.key("in_2"))
                        .withTargetId("in_2")
                        .withOutcome(Outcome.DEAD)
                        .between(NOW_KEPT, NOW_KEPT.plusMillis(1))))
                .containsExactly(second);
        assertThat(audit(all().withFlow(FLOW).withRun("run-2"))).isEmpty();
    }

    private static AuditQuery all() {
        return AuditQuery.newest(100);
    }

    @Test
    final void narrowsAQueryByATimeWithItsBeginningAndWithoutItsEnd() {
        AuditEntry first = at(NOW_KEPT);
        AuditEntry second = at(NOW_KEPT.plusMillis(1));
        AuditEntry third = at(NOW_KEPT.plusMillis(2));
        write(tx -> tx.audit().append(List.of(third, first, second)));

        assertThat(audit(all().between(NOW_KEPT.plusMillis(1), null))).containsExactly(third, second);
        assertThat(audit(all().between(null, NOW_KEPT.plusMillis(1)))).containsExactly(first);
        assertThat(audit(all().between(NOW_KEPT, NOW_KEPT.plusMillis(2)))).containsExactly(first, second);
        assertThat(audit(all().between(NOW_KEPT, NOW_KEPT))).isEmpty();
        assertThat(audit(all().between(NOW, NOW_KEPT.plusMillis(2).plusNanos(1))))
                .containsExactly(third, second);
    }

    private static AuditEntry at(Instant time) {
        return new AuditEntry(
                FLOW, "run-1", source("1"), null, null, null, Map.of(), "", 0, Outcome.DEAD, null, null, time);
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

    // Places

    @Test
    final void givesEveryEntryANumberWithoutGapsAndAHash() {
        assertThat(head()).isEqualTo(AuditMark.START);
        assertThat(anchor()).isEqualTo(AuditMark.START);

        List<SealedEntry> sealed = append(5);

        assertThat(sealed).extracting(SealedEntry::sequence).containsExactly(1L, 2L, 3L, 4L, 5L);
        var check = new AuditCheck(AuditMark.START);
        sealed.forEach(check::next);
        assertThat(check.end(head())).isEmpty();
        assertThat(head()).isEqualTo(sealed.get(4).mark());
    }

    @Test
    final void readsEntriesAtTheirPlacePageByPage() {
        List<SealedEntry> sealed = append(5);

        assertThat(after(0, 2)).containsExactly(sealed.get(0), sealed.get(1));
        assertThat(after(2, 2)).containsExactly(sealed.get(2), sealed.get(3));
        assertThat(after(4, 2)).containsExactly(sealed.get(4));
        assertThat(after(5, 2)).isEmpty();
        assertThat(after(99, 2)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> after(0, 0));
    }

    @Test
    final void findsALogThatHoldsWhatWasNoted() {
        AuditMark early = append(2).get(1).mark();
        append(3);

        assertThat(verify(early)).isEmpty();
        assertThat(verify(head())).isEmpty();
        assertThat(verify(AuditMark.START)).isEmpty();
        assertThat(verify(new AuditMark(2, "f00d")))
                .contains("the audit log was rewritten: entry 2 has another hash than noted");
        assertThat(verify(new AuditMark(6, "f00d"))).contains("audit entry 6 was removed");
    }

    // Pruning

    @Test
    final void prunesWhatWasExportedAndTellsSoInTheLog() {
        List<SealedEntry> sealed = append(5);
        AuditMark third = sealed.get(2).mark();

        assertThat(prune(AuditMark.START, third)).isEqualTo(3);

        assertThat(anchor()).isEqualTo(third);
        assertThat(after(0, 10)).hasSize(3).startsWith(sealed.get(3), sealed.get(4));
        AuditEntry trace = audit(AuditQuery.newest(1)).get(0);
        assertThat(trace.outcome()).isEqualTo(Outcome.PRUNED);
        assertThat(trace.pruned()).contains(third);
        assertThat(trace.detail()).isEqualTo("alice pruned 3 entries, up to entry 3");
        assertThat(trace.at()).isEqualTo(NOW_KEPT);
        assertThat(head().sequence()).isEqualTo(6);
        assertThat(verify()).isEmpty();
        assertThat(verify(sealed.get(4).mark())).isEmpty();
        assertThat(verify(third)).isEmpty();
        assertThat(verify(sealed.get(0).mark())).contains("audit entry 1 was pruned: look for it in the exported file");
        assertThat(verify(new AuditMark(3, "f00d")))
                .contains("the audit log was rewritten: entry 3 has another hash than noted");
    }

    @Test
    final void goesOnAfterAPruning() {
        append(3);
        AuditMark all = head();
        prune(AuditMark.START, all);
        List<SealedEntry> sealed = append(2);

        assertThat(sealed).extracting(SealedEntry::sequence).containsExactly(5L, 6L);
        assertThat(verify()).isEmpty();
        assertThat(prune(all, sealed.get(0).mark())).isEqualTo(2);

        assertThat(anchor()).isEqualTo(sealed.get(0).mark());
        assertThat(after(0, 10)).extracting(SealedEntry::sequence).containsExactly(6L, 7L);
        assertThat(verify()).isEmpty();
    }

    @Test
    final void doesNothingWhenItIsPrunedTwice() {
        List<SealedEntry> sealed = append(5);
        prune(AuditMark.START, sealed.get(3).mark());
        AuditMark head = head();

        assertThat(prune(AuditMark.START, sealed.get(3).mark())).isZero();
        assertThat(prune(AuditMark.START, sealed.get(1).mark())).isZero();
        assertThat(prune(anchor(), anchor())).isZero();

        assertThat(anchor()).isEqualTo(sealed.get(3).mark());
        assertThat(head()).isEqualTo(head);
        assertThat(verify()).isEmpty();
    }

    @Test
    final void prunesNothingThatWasNotExported() {
        List<SealedEntry> sealed = append(5);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(sealed.get(0).mark(), sealed.get(3).mark()))
                .withMessageContaining("after audit entry 1")
                .withMessageContaining("after entry 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(AuditMark.START, new AuditMark(3, "f00d")))
                .withMessageContaining("of another log")
                .withMessageContaining("entry 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(AuditMark.START, new AuditMark(6, "f00d")))
                .withMessageContaining("of another log");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(new AuditMark(0, "f00d"), sealed.get(3).mark()))
                .withMessageContaining("of another log");

        assertThat(after(0, 10)).isEqualTo(sealed);
        assertThat(anchor()).isEqualTo(AuditMark.START);
        assertThat(verify()).isEmpty();
    }

    @Test
    final void refusesAnExportOfAnotherLogWhereItWasPrunedBefore() {
        List<SealedEntry> sealed = append(5);
        prune(AuditMark.START, sealed.get(2).mark());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(AuditMark.START, new AuditMark(3, "f00d")))
                .withMessageContaining("of another log");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(new AuditMark(3, "f00d"), sealed.get(4).mark()))
                .withMessageContaining("of another log");
    }

    @Test
    final void verifiesWhileItIsPrunedAndAppendedTo() {
        int rounds = 30;

        withThreads(2, threads -> {
            Future<?> appending = threads.submit(() -> {
                for (int i = 0; i < rounds; i++) {
                    append(2);
                }
            });
            Future<?> pruning = threads.submit(() -> {
                for (int i = 0; i < rounds; i++) {
                    prune(anchor(), head());
                }
            });
            while (!appending.isDone() || !pruning.isDone()) {
                assertThat(verify()).isEmpty();
            }
            await(appending);
            await(pruning);
        });

        assertThat(verify()).isEmpty();
        assertThat(after(0, 1000)).hasSize((int) (head().sequence() - anchor().sequence()));
    }

    // Second logs

    @Test
    final void beginsASecondLogAtTheAnchorAndOnlyMovesItForward() {
        List<SealedEntry> sealed = append(5);
        prune(AuditMark.START, sealed.get(1).mark());
        freely(tx -> tx.audit().enlist("siem"));
        assertThat(deliveries()).containsExactly(Map.entry("siem", sealed.get(1).mark()));

        freely(tx -> tx.audit().delivered("siem", sealed.get(3).mark()));
        freely(tx -> tx.audit().delivered("siem", sealed.get(2).mark()));
        freely(tx -> tx.audit().delivered("unknown", sealed.get(2).mark()));
        freely(tx -> tx.audit().enlist("siem"));

        assertThat(deliveries()).containsExactly(Map.entry("siem", sealed.get(3).mark()));
    }

    @Test
    final void prunesNothingThatASecondLogLacks() {
        List<SealedEntry> sealed = append(5);
        AuditMark fourth = sealed.get(3).mark();
        freely(tx -> tx.audit().enlist("siem"));
        freely(tx -> tx.audit().enlist("worm"));
        freely(tx -> tx.audit().delivered("siem", head(tx)));
        freely(tx -> tx.audit().delivered("worm", sealed.get(2).mark()));

        assertThatIllegalStateException()
                .isThrownBy(() -> prune(AuditMark.START, fourth))
                .withMessageContaining("'worm' has those up to 3")
                .withMessageContaining("up to 4 cannot be pruned");
        assertThat(after(0, 10)).isEqualTo(sealed);

        freely(tx -> tx.audit().delivered("worm", fourth));
        assertThat(prune(AuditMark.START, fourth)).isEqualTo(4);
    }

    @Test
    final void prunesWhatAForgottenLogLacks() {
        append(5);
        freely(tx -> tx.audit().enlist("siem"));
        AuditMark all = head();

        freely(tx -> tx.audit().forget("siem"));
        freely(tx -> tx.audit().forget("never known"));

        assertThat(deliveries()).isEmpty();
        assertThat(prune(AuditMark.START, all)).isEqualTo(5);
    }

    private List<SealedEntry> append(int count) {
        List<AuditEntry> entries = IntStream.range(0, count)
                .mapToObj(i -> entry("" + i, Outcome.APPLIED))
                .toList();
        return ledger.inTransaction(ledger.acquire(FLOW), tx -> {
            long before = tx.audit().head().sequence();
            tx.audit().append(entries);
            return tx.audit().after(before, count);
        });
    }

    private long prune(AuditMark from, AuditMark to) {
        return this.<Long>withoutLease(tx -> tx.audit().prune(new AuditReceipt(from, to), "alice", NOW));
    }

    private List<SealedEntry> after(long sequence, int limit) {
        return read(tx -> tx.audit().after(sequence, limit));
    }

    private AuditMark head() {
        return read(AuditLogContract::head);
    }

    private static AuditMark head(LedgerTransaction tx) {
        return tx.audit().head();
    }

    private AuditMark anchor() {
        return read(tx -> tx.audit().anchor());
    }

    private Optional<String> verify() {
        return read(tx -> tx.audit().verify());
    }

    private Optional<String> verify(AuditMark noted) {
        return read(tx -> tx.audit().verify(noted));
    }

    private Map<String, AuditMark> deliveries() {
        return read(tx -> tx.audit().deliveries());
    }
}
