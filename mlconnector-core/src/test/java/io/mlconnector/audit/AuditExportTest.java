package io.mlconnector.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mlconnector.engine.InMemoryLedger;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Action;
import io.mlconnector.spi.AuditEntry;
import io.mlconnector.spi.AuditEntry.Outcome;
import io.mlconnector.spi.AuditMark;
import io.mlconnector.spi.AuditQuery;
import io.mlconnector.spi.AuditReceipt;
import io.mlconnector.spi.LedgerTransaction;
import io.mlconnector.spi.SealedEntry;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditExportTest {

    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

    private final InMemoryLedger ledger = new InMemoryLedger();

    // Exporting

    @Test
    void writesOneSelfContainedLinePerEntry() throws IOException {
        append(2);

        List<String> lines = export().lines();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .isEqualTo("{\"sequence\":2,\"previous\":\"" + mark(1).hash() + "\",\"hash\":\""
                        + mark(2).hash() + "\",\"at\":\"2026-03-01T08:00:02Z\",\"flow\":\"invoices\",\"run\":\"run-1\","
                        + "\"source\":{\"connection\":\"ifs\",\"entity\":\"invoices\",\"id\":\"2\"},"
                        + "\"sourceVersion\":\"w1\","
                        + "\"target\":{\"connection\":\"stripe\",\"entity\":\"invoices\",\"id\":\"in_2\"},"
                        + "\"action\":\"CREATE\",\"changes\":[{\"field\":\"total\",\"rules\":\"total <- GrossAmount\"}],"
                        + "\"mapping\":\"m-1\","
                        + "\"attempts\":1,\"outcome\":\"APPLIED\",\"detail\":null,\"requestId\":\"req_2\"}");
    }

    @Test
    void tellsWhatItHasWritten() throws IOException {
        append(5);

        Export export = export();

        assertThat(export.receipt).isEqualTo(new AuditReceipt(AuditMark.START, mark(5)));
        assertThat(export.receipt.entries()).isEqualTo(5);
        assertThat(verify(export.lines(), export.receipt)).isEmpty();
        assertThat(AuditExport.receipt(reader(export.lines()))).isEqualTo(export.receipt);
    }

    @Test
    void writesNothingOfAnEmptyLog() throws IOException {
        Export export = export();

        assertThat(export.lines()).isEmpty();
        assertThat(export.receipt).isEqualTo(new AuditReceipt(AuditMark.START, AuditMark.START));
        assertThat(verify(List.of(), export.receipt)).isEmpty();
        assertThat(AuditExport.verify(reader(List.of()))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditExport.receipt(reader(List.of())))
                .withMessage("the file holds no audit entry");
    }

    @Test
    void endsBeforeTheFirstEntryOfATimeThatIsKept() throws IOException {
        append(5);

        Export export = export(START.plusSeconds(4));

        assertThat(export.receipt.to()).isEqualTo(mark(3));
        assertThat(export.lines()).hasSize(3);
        assertThat(export(START).receipt.entries()).isZero();
        assertThat(export(START.plusSeconds(99)).receipt.entries()).isEqualTo(5);
    }

    @Test
    void writesManyPagesAndNoMoreThanThereWasWhenItBegan() throws IOException {
        append(2500);
        var growing = new StringWriter() {
            @Override
            public void write(String text) {
                super.write(text);
                if (getBuffer().length() < 2000) {
                    append(entry(1));
                }
            }

            private void append(AuditEntry entry) {
                AuditExportTest.this.append(List.of(entry));
            }
        };

        AuditReceipt receipt = AuditExport.write(ledger, growing);

        assertThat(receipt.entries()).isEqualTo(2500);
        assertThat(verify(growing.toString().lines().toList(), receipt)).isEmpty();
        assertThat(ledger.<Long>read(tx -> tx.audit().head().sequence())).isGreaterThan(2500);
    }

    @Test
    void keepsEveryTextAndWritesItInAscii() throws IOException {
        List<String> texts = List.of(
                "it's \"quoted\" \\ so",
                "line\nnext\r\n\ttab \u2028 \u0085",
                "日本語 Ελληνικά",
                "👩‍👩‍👧 🏦",
                "nul \u0000 within",
                "half a pair \ud83d",
                "",
                "{\"json\": [1, null]}");
        List<AuditEntry> entries = texts.stream()
                .map(text -> new AuditEntry(
                        text,
                        text,
                        new RecordKey("c" + text, "e" + text, "i" + text),
                        text,
                        null,
                        null,
                        Map.of(text, text, "b", text),
                        text,
                        0,
                        Outcome.DEAD,
                        text,
                        text,
                        START.plusMillis(7)))
                .toList();
        append(entries);

        Export export = export();

        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(export.text))
                .isTrue();
        assertThat(export.lines()).hasSameSizeAs(texts);
        assertThat(verify(export.lines(), export.receipt)).isEmpty();
        assertThat(export.lines().stream()
                        .map(line -> AuditLine.parse(line).sealed().entry()))
                .isEqualTo(entries);
    }

    @Test
    void saysThatAFileCannotBeWritten() {
        append(1);
        var full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> AuditExport.write(ledger, full));
    }

    // Pruning by what was exported

    @Test
    void letsWhatItHasWrittenBePrunedAndGoesOnFromThere() throws IOException {
        append(3);
        Export first = export();

        assertThat(prune(first.receipt)).isEqualTo(3);
        append(2);
        Export second = export();

        assertThat(second.receipt.from()).isEqualTo(first.receipt.to()).isEqualTo(anchor());
        assertThat(second.receipt.entries()).isEqualTo(3);
        assertThat(verify(second.lines(), second.receipt)).isEmpty();
        var both = new ArrayList<>(first.lines());
        both.addAll(second.lines());
        assertThat(verify(both, new AuditReceipt(AuditMark.START, second.receipt.to())))
                .isEmpty();
    }

    @Test
    void losesNothingWhenTheProcessEndsBetweenExportAndPruning() throws IOException {
        append(3);
        Export lost = export();

        AuditReceipt found = AuditExport.receipt(reader(lost.lines()));
        append(1);

        assertThat(export().receipt.entries()).isEqualTo(4);
        assertThat(prune(found)).isEqualTo(3);
        assertThat(prune(found)).isZero();
        assertThat(AuditExport.verify(reader(lost.lines()))).isEmpty();
        assertThat(found.to()).isEqualTo(anchor());
        assertThat(ledger.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
    }

    @Test
    void prunesALargeExportInStepsOfWhichEachTellsInTheLog() throws IOException {
        append(45_000);
        AuditReceipt receipt = export().receipt;

        assertThat(prune(receipt)).isEqualTo(45_000);

        assertThat(anchor()).isEqualTo(receipt.to());
        assertThat(ledger.<List<AuditEntry>>read(
                        tx -> tx.audit().query(AuditQuery.newest(9).withOutcome(Outcome.PRUNED))))
                .extracting(AuditEntry::detail)
                .containsExactly(
                        "alice pruned 20000 entries, up to entry 20000",
                        "alice pruned 20000 entries, up to entry 40000",
                        "alice pruned 5000 entries, up to entry 45000");
        assertThat(ledger.<Optional<String>>read(tx -> tx.audit().verify())).isEmpty();
    }

    @Test
    void goesOnWithAPruningThatBrokeOff() throws IOException {
        append(45_000);
        AuditReceipt receipt = export().receipt;
        AuditMark step = mark(20_000);
        ledger.<Long>withoutLease(tx -> tx.audit().prune(new AuditReceipt(AuditMark.START, step), "alice", START));

        assertThat(prune(receipt)).isEqualTo(25_000);

        assertThat(anchor()).isEqualTo(receipt.to());
    }

    @Test
    void prunesNoStepOfAnExportThatIsRefused() throws IOException {
        append(45_000);
        AuditReceipt receipt = export().receipt;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(new AuditReceipt(receipt.from(), new AuditMark(45_000, "f00d"))))
                .withMessageContaining("of another log");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prune(new AuditReceipt(receipt.from(), new AuditMark(99_000, "f00d"))))
                .withMessageContaining("of another log");
        ledger.<Boolean>withoutLease(tx -> {
            tx.audit().enlist("siem");
            tx.audit().delivered("siem", mark(tx, 30_000));
            return true;
        });
        assertThatIllegalStateException().isThrownBy(() -> prune(receipt)).withMessageContaining("'siem'");

        assertThat(anchor()).isEqualTo(AuditMark.START);
    }

    // Verifying a file

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"flow\":\"invoices\"=>\"flow\":\"payments\"",
                "\"run\":\"run-1\"=>\"run\":\"run-2\"",
                "\"connection\":\"ifs\"=>\"connection\":\"sap\"",
                "\"sourceVersion\":\"w1\"=>\"sourceVersion\":null",
                "\"id\":\"in_3\"=>\"id\":\"in_4\"",
                "\"action\":\"CREATE\"=>\"action\":\"REMOVE\"",
                "\"action\":\"CREATE\"=>\"action\":\"EXPLODE\"",
                "GrossAmount=>NetAmount",
                "\"mapping\":\"m-1\"=>\"mapping\":\"\"",
                "\"attempts\":1=>\"attempts\":2",
                "\"attempts\":1=>\"attempts\":1.0",
                "\"outcome\":\"APPLIED\"=>\"outcome\":\"FOUND\"",
                "\"detail\":null=>\"detail\":\"\"",
                "\"requestId\":\"req_3\"=>\"requestId\":null",
                "08:00:03Z=>08:00:04Z",
                "08:00:03Z=>08:00:03.0001Z",
                "08:00:03Z=>yesterday",
                "\"hash\":\"=>\"hash\":\"0",
                "\"previous\":\"=>\"previous\":\"0",
                "\"run\":=>\"note\":\"x\",\"run\":",
                "\"flow\":=>\"flow\":\"a\",\"flow\":",
                "\"flow\"=> \"flow\"",
                "\"requestId\":\"req_3\"}=>\"requestId\":\"req_3\"} ",
                "{\"sequence\":3=>{\"sequence\":-3",
                "{=>[",
            })
    void namesTheLineThatWasAltered(String change) throws IOException {
        append(5);
        List<String> lines = new ArrayList<>(export().lines());
        String[] parts = change.split("=>", 2);
        String altered = lines.get(2).replaceFirst(java.util.regex.Pattern.quote(parts[0]), parts[1]);
        assertThat(altered).isNotEqualTo(lines.get(2));
        lines.set(2, altered);

        assertThat(AuditExport.verify(reader(lines)))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("line 3"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditExport.receipt(reader(lines)))
                .withMessageStartingWith("line 3");
    }

    @Test
    void namesALineThatWasAlteredAlongWithItsHash() throws IOException {
        append(5);
        List<String> lines = new ArrayList<>(export().lines());
        SealedEntry forged = SealedEntry.following(mark(2), entry(77));
        lines.set(2, new AuditLine(mark(2).hash(), forged).text());

        assertThat(AuditExport.verify(reader(lines))).contains("line 4: audit entry 4 was altered or moved");
    }

    @Test
    void seesALastLineThatWasForgedOnlyAgainstTheReceipt() throws IOException {
        append(5);
        Export export = export();
        List<String> lines = new ArrayList<>(export.lines());
        lines.set(4, new AuditLine(mark(4).hash(), SealedEntry.following(mark(4), entry(77))).text());

        assertThat(AuditExport.verify(reader(lines))).isEmpty();
        assertThat(verify(lines, export.receipt)).contains("line 5: audit entry 5 was added or is another one");
    }

    @Test
    void namesTheFirstLineAfterOneThatWasRemoved() throws IOException {
        append(5);
        List<String> lines = new ArrayList<>(export().lines());
        lines.remove(2);

        assertThat(AuditExport.verify(reader(lines))).contains("line 3: audit entry 3 was removed or moved");
    }

    @Test
    void namesTheFirstOfTwoLinesThatChangedPlaces() throws IOException {
        append(5);
        List<String> lines = new ArrayList<>(export().lines());
        Collections.swap(lines, 1, 3);

        assertThat(AuditExport.verify(reader(lines))).contains("line 2: audit entry 2 was removed or moved");
    }

    @Test
    void namesALineThatIsThereTwice() throws IOException {
        append(3);
        List<String> lines = new ArrayList<>(export().lines());
        lines.add(1, lines.get(1));

        assertThat(AuditExport.verify(reader(lines))).contains("line 3: audit entry 2 was moved");
    }

    @ParameterizedTest
    @CsvSource({
        "0, line 1: audit entry 1 was removed before it",
        "4, 'line 5 is missing: audit entry 5 was removed, the file ended with entry 5'"
    })
    void seesThatTheFirstOrTheLastLineIsMissingOnlyAgainstTheReceipt(int missing, String fault) throws IOException {
        append(5);
        Export export = export();
        List<String> lines = new ArrayList<>(export.lines());
        lines.remove(missing);

        assertThat(AuditExport.verify(reader(lines))).isEmpty();
        assertThat(verify(lines, export.receipt)).contains(fault);
    }

    @Test
    void seesThatAllLinesAreMissingAgainstTheReceipt() throws IOException {
        append(2);

        assertThat(verify(List.of(), export().receipt))
                .contains("line 1 is missing: audit entry 1 was removed, the file ended with entry 2");
    }

    @Test
    void tellsAFileOfAnotherLogFromItsOwn() throws IOException {
        append(3);
        List<String> lines = export().lines();

        assertThat(verify(lines, new AuditReceipt(new AuditMark(1, "f00d"), mark(3))))
                .contains("line 1: audit entry 1 was added, or follows another entry");
        assertThat(verify(lines, new AuditReceipt(AuditMark.START, mark(2))))
                .contains("line 3: audit entry 3 was added or is another one");
    }

    @Test
    void namesALineThatWasCutOffInTheMiddle() throws IOException {
        append(3);
        String text = export().text;

        assertThat(AuditExport.verify(new StringReader(text.substring(0, text.length() - 20))))
                .contains("line 3 was altered: it is no exported audit entry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "{}", "17", "\"text\"", "not JSON", "{\"sequence\":1}"})
    void namesALineThatIsNoEntry(String line) throws IOException {
        assertThat(AuditExport.verify(reader(List.of(line))))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("line 1 was altered: it "));
    }

    // Helpers

    private record Export(String text, AuditReceipt receipt) {
        List<String> lines() {
            return text.lines().toList();
        }
    }

    private Export export() throws IOException {
        var file = new StringWriter();
        AuditReceipt receipt = AuditExport.write(ledger, file);
        return new Export(file.toString(), receipt);
    }

    private Export export(Instant before) throws IOException {
        var file = new StringWriter();
        AuditReceipt receipt = AuditExport.write(ledger, before, file);
        return new Export(file.toString(), receipt);
    }

    private static Reader reader(List<String> lines) {
        return new StringReader(
                String.join("", lines.stream().map(line -> line + "\n").toList()));
    }

    private static Optional<String> verify(List<String> lines, AuditReceipt exported) throws IOException {
        return AuditExport.verify(reader(lines), exported);
    }

    private long prune(AuditReceipt receipt) {
        return AuditExport.prune(ledger, receipt, "alice", InstantSource.fixed(START));
    }

    private AuditMark anchor() {
        return ledger.read(tx -> tx.audit().anchor());
    }

    private AuditMark mark(long sequence) {
        return ledger.read(tx -> mark(tx, sequence));
    }

    private static AuditMark mark(LedgerTransaction tx, long sequence) {
        return tx.audit().after(sequence - 1, 1).get(0).mark();
    }

    private void append(int count) {
        append(IntStream.rangeClosed(1, count).mapToObj(AuditExportTest::entry).toList());
    }

    private void append(List<AuditEntry> entries) {
        ledger.<Boolean>inTransaction(ledger.acquire("invoices"), tx -> {
            tx.audit().append(entries);
            return true;
        });
    }

    private static AuditEntry entry(int number) {
        return new AuditEntry(
                "invoices",
                "run-1",
                new RecordKey("ifs", "invoices", "" + number),
                "w1",
                new RecordKey("stripe", "invoices", "in_" + number),
                Action.CREATE,
                Map.of("total", "total <- GrossAmount"),
                "m-1",
                1,
                Outcome.APPLIED,
                null,
                "req_" + number,
                START.plusSeconds(number));
    }
}
