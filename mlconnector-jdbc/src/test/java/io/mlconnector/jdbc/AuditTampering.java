package io.mlconnector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlconnector.audit.AuditExport;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.LedgerException;
import io.mlconnector.spi.SealedEntry;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code verify} finds of what anybody did to the tables. */
abstract class AuditTampering {

    private Optional<JdbcLedger> ledger = Optional.empty();

    abstract JdbcLedger open();

    abstract void execute(String... statements);

    @BeforeEach
    void fillALog() {
        JdbcLedger opened = open();
        opened.<Boolean>inTransaction(opened.acquire("f"), tx -> {
            tx.audit()
                    .append(IntStream.rangeClosed(1, 5).mapToObj(i -> entry(i)).toList());
            return true;
        });
        ledger = Optional.of(opened);
        assertThat(verify()).isEmpty();
    }

    @AfterEach
    void close() {
        ledger.ifPresent(JdbcLedger::close);
    }

    private static AuditEntry entry(int number) {
        return new AuditEntry(
                "f",
                "run-1",
                new RecordKey("ifs", "invoices", "" + number),
                "w1",
                new RecordKey("stripe", "invoices", "in_" + number),
                Action.CREATE,
                Map.of("total", "total <- GrossAmount"),
                "m-1",
                1,
                Outcome.APPLIED,
                "none",
                "req_" + number,
                Instant.EPOCH.plusMillis(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flow = 'g'",
                "run = 'run-2'",
                "source_connection = 'sap'",
                "source_entity = 'bills'",
                "source_id = '4'",
                "source_version = NULL",
                "target_connection = NULL",
                "target_id = 'in_4'",
                "action = 'REMOVE'",
                "action = NULL",
                "changes = '{}'",
                "changes = 'no json'",
                "mapping = ''",
                "attempts = 0",
                "outcome = 'FOUND'",
                "outcome = 'WHO KNOWS'",
                "detail = ''",
                "request_id = NULL",
                "at = 0",
                "hash = 'f00d'"
            })
    void namesTheEntryThatWasAltered(String change) {
        execute("UPDATE ml_audit SET " + change + " WHERE sequence = 3");

        assertThat(verify()).hasValueSatisfying(fault -> assertThat(fault).startsWith("audit entry 3 was altered"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void namesTheEntryThatWasRemoved(int sequence) {
        execute("DELETE FROM ml_audit WHERE sequence = " + sequence);

        assertThat(verify())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("audit entry " + sequence + " was removed"));
    }

    @Test
    void namesTheEntryThatWasRemovedThoughTheOthersMovedUp() {
        execute(
                "DELETE FROM ml_audit WHERE sequence = 2",
                "UPDATE ml_audit SET sequence = sequence - 1 WHERE sequence > 2");

        assertThat(verify()).contains("audit entry 2 was altered or moved");
    }

    @Test
    void namesTheFirstOfTwoEntriesThatChangedPlaces() {
        execute(
                "UPDATE ml_audit SET sequence = 99 WHERE sequence = 2",
                "UPDATE ml_audit SET sequence = 2 WHERE sequence = 4",
                "UPDATE ml_audit SET sequence = 4 WHERE sequence = 99");

        assertThat(verify()).contains("audit entry 2 was altered or moved");
    }

    @Test
    void seesThatAllEntriesWereRemoved() {
        execute("DELETE FROM ml_audit");

        assertThat(verify()).contains("audit entry 1 was removed: the log ended with entry 5");
    }

    @Test
    void seesThatTheEndWasCutOffAlongWithItsCount() {
        execute("DELETE FROM ml_audit WHERE sequence = 5", "UPDATE ml_audit_head SET sequence = 4");

        assertThat(verify()).contains("audit entry 4 was altered: the head of the log has another hash");
    }

    @Test
    void seesAnEntryPastTheEnd() {
        execute("UPDATE ml_audit_head SET sequence = 4");

        assertThat(verify()).contains("audit entry 5 was added past the end of the log");
    }

    @Test
    void seesThatTheHeadWasRemoved() {
        execute("DELETE FROM ml_audit_head");

        assertThat(verify()).contains("the head of the audit log was removed, after entry 5");
    }

    @Test
    void seesAnEntryBeforeTheFirst() {
        execute("UPDATE ml_audit SET sequence = 0 WHERE sequence = 1");

        assertThat(verify()).contains("audit entry 0 was moved");
    }

    @Test
    void refusesToAppendWithoutAHead() {
        execute("DELETE FROM ml_audit_head");
        JdbcLedger opened = ledger.orElseThrow();

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> opened.<Boolean>inTransaction(opened.acquire("f"), tx -> {
                    tx.audit().append(List.of(entry(6)));
                    return true;
                }))
                .withMessageContaining("the head of the log is missing");
    }

    // After a pruning up to entry 3, so that its trace is entry 6

    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE ml_audit SET detail = 'x' WHERE sequence = 4", "UPDATE ml_audit_anchor SET hash = 'f00d'"
            })
    void cannotTellAnAlteredAnchorFromTheEntryAfterIt(String change) {
        pruneThree();

        execute(change);

        assertThat(verify()).contains("audit entry 4 was altered or moved, or the anchor before it was altered");
    }

    @Test
    void seesThatTheAnchorWasMovedBack() {
        pruneThree();

        execute("UPDATE ml_audit_anchor SET sequence = 2");

        assertThat(verify()).contains("audit entry 3 was removed or moved");
    }

    @Test
    void seesThatTheAnchorWasMovedOnWithoutTheEntries() {
        pruneThree();

        execute("UPDATE ml_audit_anchor SET sequence = 4, hash = (SELECT hash FROM ml_audit WHERE sequence = 4)");

        assertThat(verify()).contains("audit entry 4 was moved");
    }

    @Test
    void seesThatEntriesWereRemovedAndTheAnchorMovedOnThoughItsHashIsRight() {
        pruneThree();

        execute(
                "UPDATE ml_audit_anchor SET sequence = 4, hash = (SELECT hash FROM ml_audit WHERE sequence = 4)",
                "DELETE FROM ml_audit WHERE sequence <= 4");

        assertThat(verify())
                .contains("the anchor of the audit log was altered: it lies after entry 4,"
                        + " and the log tells of a pruning up to entry 3");
    }

    @Test
    void seesThatEntriesWereRemovedLikeAPruningOfWhichTheLogTellsNothing() {
        execute(
                "UPDATE ml_audit_anchor SET sequence = 2, hash = (SELECT hash FROM ml_audit WHERE sequence = 2)",
                "DELETE FROM ml_audit WHERE sequence <= 2");

        assertThat(verify())
                .contains("the anchor of the audit log was altered: it lies after entry 2,"
                        + " and the log tells of a pruning up to entry 0");
    }

    @Test
    void seesThatAllThatTellsOfAPruningWasRemovedAlongWithTheCount() {
        pruneThree();

        execute(
                "DELETE FROM ml_audit",
                "UPDATE ml_audit_head SET sequence = 3, hash = (SELECT hash FROM ml_audit_anchor)");

        assertThat(verify())
                .contains("the anchor of the audit log was altered: it lies after entry 3,"
                        + " and the log tells of a pruning up to entry 0");
    }

    @Test
    void seesThatTheTraceOfAPruningWasAltered() {
        pruneThree();

        execute("UPDATE ml_audit SET detail = 'bob pruned 3 entries, up to entry 3' WHERE sequence = 6");

        assertThat(verify()).contains("audit entry 6 was altered or moved");
    }

    @Test
    void seesThatTheTraceOfAPruningWasCutOff() {
        pruneThree();

        execute(
                "DELETE FROM ml_audit WHERE sequence = 6",
                "UPDATE ml_audit_head SET sequence = 5, hash = (SELECT hash FROM ml_audit WHERE sequence = 5)");

        assertThat(verify())
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("the anchor of the audit log was altered"));
    }

    @Test
    void seesThatTheAnchorWasRemoved() {
        execute("DELETE FROM ml_audit_anchor");

        assertThat(verify()).contains("the anchor of the audit log was removed");
    }

    @Test
    void seesThatTheHeadLiesBeforeTheAnchor() {
        pruneThree();

        execute("UPDATE ml_audit_head SET sequence = 2");

        assertThat(verify()).contains("audit entry 3 was added past the end of the log");
    }

    @Test
    void refusesToPruneWithoutAnAnchor() {
        execute("DELETE FROM ml_audit_anchor");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(this::pruneThree)
                .withMessageContaining("the anchor of the log is missing");
    }

    @Test
    void seesARewrittenLogOnlyAgainstWhatWasNotedElsewhere() {
        JdbcLedger opened = ledger.orElseThrow();
        AuditMark noted = opened.read(tx -> tx.audit().head());
        List<SealedEntry> entries = opened.read(tx -> tx.audit().after(0, 10));

        AuditMark last = AuditMark.START;
        for (SealedEntry sealed : entries) {
            SealedEntry forged = SealedEntry.following(last, sealed.sequence() == 2 ? entry(77) : sealed.entry());
            last = forged.mark();
            execute("UPDATE ml_audit SET hash = '" + forged.hash() + "' WHERE sequence = " + forged.sequence());
        }
        execute(
                "UPDATE ml_audit SET source_id = '77', target_id = 'in_77', request_id = 'req_77', at = 77"
                        + " WHERE sequence = 2",
                "UPDATE ml_audit_head SET hash = '" + last.hash() + "'");

        assertThat(verify()).isEmpty();
        assertThat(opened.<Optional<String>>read(tx -> tx.audit().verify(noted)))
                .contains("the audit log was rewritten: entry 5 has another hash than noted");
    }

    @Test
    void seesACutEndOnlyAgainstWhatWasNotedElsewhere() {
        JdbcLedger opened = ledger.orElseThrow();
        AuditMark noted = opened.read(tx -> tx.audit().head());

        execute(
                "DELETE FROM ml_audit WHERE sequence > 3",
                "UPDATE ml_audit_head SET sequence = 3, hash = (SELECT hash FROM ml_audit WHERE sequence = 3)");

        assertThat(verify()).isEmpty();
        assertThat(opened.<Optional<String>>read(tx -> tx.audit().verify(noted)))
                .contains("audit entry 5 was removed");
    }

    @Test
    void exportsNothingOverAnEntryThatWasAltered() throws IOException {
        execute("UPDATE ml_audit SET detail = 'x' WHERE sequence = 3");
        var file = new StringWriter();

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> AuditExport.write(ledger.orElseThrow(), file))
                .withMessage("the audit log cannot be exported: audit entry 3 was altered or moved");

        assertThat(file.toString().lines()).hasSize(2);
        assertThat(AuditExport.verify(new StringReader(file.toString()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE FROM ml_audit WHERE sequence = 4; audit entry 4 was removed or moved",
                "DELETE FROM ml_audit WHERE sequence = 5; audit entry 5 was removed",
                "UPDATE ml_audit_head SET hash = 'f00d'; its head was altered",
                "UPDATE ml_audit_anchor SET hash = 'f00d'; its anchor was altered"
            })
    void exportsNoLogThatIsNotWhole(String change, String fault) {
        execute(change);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> AuditExport.write(ledger.orElseThrow(), new StringWriter()))
                .withMessage("the audit log cannot be exported: " + fault);
    }

    @Test
    void exportsNothingThatWouldCoverUpAnAnchorThatWasMoved() {
        pruneThree();

        execute(
                "UPDATE ml_audit_anchor SET sequence = 4, hash = (SELECT hash FROM ml_audit WHERE sequence = 4)",
                "DELETE FROM ml_audit WHERE sequence <= 4");

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> AuditExport.write(ledger.orElseThrow(), new StringWriter()))
                .withMessage("the audit log cannot be exported: its anchor was altered");
    }

    private void pruneThree() {
        JdbcLedger opened = ledger.orElseThrow();
        AuditMark third = opened.read(tx -> tx.audit().after(2, 1).get(0).mark());
        long pruned = opened.<Long>withoutLease(
                tx -> tx.audit().prune(new AuditReceipt(AuditMark.START, third), "alice", Instant.EPOCH));
        assertThat(pruned).isEqualTo(3);
        assertThat(verify()).isEmpty();
    }

    private Optional<String> verify() {
        return ledger.orElseThrow().read(tx -> tx.audit().verify());
    }
}
