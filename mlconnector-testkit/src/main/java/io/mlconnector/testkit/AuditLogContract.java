package io.mlconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditLog;
import io.mlconnector.spi.AuditQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
}
