package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlconnector.model.Bill;
import io.mlconnector.spi.UnavailableException;
import io.mlconnector.testkit.stampli.StampliSandbox;
import io.mlconnector.testkit.stampli.StampliUpload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileProtocolTest {

    private static final String ONE = "PLANT-10|V1002|00-1";
    private static final String TWO = "PLANT-10|V1002|00-2";

    private final StampliSandbox sandbox = StampliSandbox.start();
    private final TestConnection connection = TestConnection.to(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsAFileOnceItHasStayedTheSameInTwoListings() {
        connection.with("completeness", "stable");
        StampliUpload upload = sandbox.begin(Invoices.path(1)).write(Invoices.HEADER + "\n");
        assertThat(pass().ids()).isEmpty();

        upload.write(Invoices.row(1) + "\n");
        connection.clock().sleep(Duration.ofSeconds(31));
        assertThat(pass().ids()).as("it has grown").isEmpty();

        connection.clock().sleep(Duration.ofSeconds(29));
        assertThat(pass().ids()).as("too early").isEmpty();
        connection.clock().sleep(Duration.ofSeconds(1));
        assertThat(pass().ids()).containsExactly(ONE);
        assertThat(pass().ids()).isEmpty();
    }

    @Test
    void readsNothingUnderATemporaryName() {
        for (String suffix : List.of(".tmp", ".part", ".FilePart", ".uploading", ".swp", "~")) {
            sandbox.put(Invoices.path(1) + suffix, Invoices.file(1));
        }
        sandbox.put("/outbound/invoices/." + Invoices.name(1), Invoices.file(1));
        sandbox.put("/outbound/invoices/report.csv", Invoices.file(1));
        connection.entity("bills", Map.of("pattern", ".*"));
        sandbox.remove("/outbound/invoices/report.csv");
        StampliUpload upload = sandbox.begin(Invoices.path(2), ".part").write(Invoices.file(2));
        assertThat(pass().ids()).isEmpty();

        upload.finish();
        assertThat(pass().ids()).containsExactly(TWO);
    }

    @Test
    void waitsForTheMarkerAndHoldsItToItsPromises() throws IOException {
        connection.with("completeness", "marker");
        String good = Invoices.file(1);
        sandbox.put(Invoices.path(1), good);
        sandbox.put(Invoices.path(2), Invoices.file(2));
        sandbox.put(Invoices.path(3), Invoices.file(3));
        assertThat(pass().ids()).isEmpty();

        String hash = HexFormat.of().formatHex(Spool.digest().digest(good.getBytes(StandardCharsets.UTF_8)));
        sandbox.put(Invoices.path(1) + ".done", "sha256=" + hash + " rows=1 bytes=" + good.length());
        sandbox.put(Invoices.path(2) + ".done", "sha256=" + hash);
        sandbox.put(Invoices.path(3) + ".done", "rows=2");
        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(ONE);
        assertThat(delivered.faults()).hasSize(2);
        assertThat(delivered.faults().get(0)).contains(Invoices.name(2), "its marker promises the SHA-256 " + hash);
        assertThat(delivered.faults().get(1)).contains("its marker promises 2 rows, and it has 1");
    }

    @Test
    void waitsForTheTrailerAndHoldsItToItsPromises() {
        connection.with("completeness", "trailer");
        StampliUpload upload = sandbox.begin(Invoices.path(1)).write(Invoices.file(1));
        assertThat(pass().ids()).isEmpty();
        int opened = sandbox.opened();
        assertThat(pass().ids()).isEmpty();
        assertThat(sandbox.opened()).as("an unchanged file is not fetched again").isEqualTo(opened);

        upload.write("TRAILER,1,1,108.25\n");
        assertThat(pass().ids()).containsExactly(ONE);

        sandbox.put(Invoices.path(2), Invoices.file(2) + "TRAILER,1,1,999.00\n");
        sandbox.put(Invoices.path(3), Invoices.file(3) + "TRAILER,2,2,108.25\n");
        TestConnection.Delivered<Bill> delivered = pass();
        assertThat(delivered.ids()).isEmpty();
        assertThat(delivered.faults())
                .containsExactly(
                        Invoices.name(2) + ": the trailer promises a total of 999.00, and the documents have 108.25",
                        Invoices.name(3)
                                + ": the trailer promises 2 documents with 2 lines, and there are 1 with 1");
    }

    @Test
    void movesWhatItHasReadAndWhatItCannotRead() {
        connection.with("archive", "archive").with("error", "/outbound/invoices/error");
        sandbox.put("/outbound/invoices/archive/2026/03/05/" + Invoices.name(1), "an older one of this name");
        sandbox.put(Invoices.path(1), Invoices.file(1));
        sandbox.put(Invoices.path(2), "no,header\n");

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(ONE);
        assertThat(delivered.faults().get(0))
                .startsWith(Invoices.name(2) + ", line 1: the columns ")
                .contains("company_id")
                .contains("total_amount")
                .endsWith("are missing; there are [no, header]");
        assertThat(delivered.malformed().get(0).key().id()).isEqualTo("file:" + Invoices.name(2));
        assertThat(sandbox.files("/outbound/invoices"))
                .containsExactly(
                        "/outbound/invoices/archive/2026/03/05/" + Invoices.name(1),
                        "/outbound/invoices/archive/2026/03/05/" + Invoices.name(1) + "~2",
                        "/outbound/invoices/error/2026/03/05/" + Invoices.name(2));
    }

    @Test
    void leavesFilesWhereTheyAreIfTheAccountMayOnlyRead() {
        connection.with("archive", "archive").with("acks", "/inbound/acks");
        sandbox.put(Invoices.path(1), Invoices.file(1));
        sandbox.readOnly(true);

        assertThat(pass().ids()).containsExactly(ONE);
        assertThat(pass().ids()).isEmpty();
        assertThat(sandbox.files("/outbound/invoices")).containsExactly(Invoices.path(1));

        sandbox.readOnly(false);
        assertThat(pass().ids()).isEmpty();
        assertThat(sandbox.files("/outbound/invoices"))
                .as("moved by a later pass")
                .containsExactly("/outbound/invoices/archive/2026/03/05/" + Invoices.name(1));
    }

    @Test
    void acknowledgesEachInvoice() {
        connection.with("acks", "/inbound/acks");
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(Invoices.row(1), Invoices.row(2, Map.of("currency", "=XX")))));

        pass();

        String ack = sandbox.text("/inbound/acks/ack_" + Invoices.name(1));
        assertThat(ack.lines().toList())
                .satisfiesExactly(
                        header -> assertThat(header)
                                .isEqualTo("file,invoice_id,invoice_number,result,erp_id,message,processed_at"),
                        first -> assertThat(first)
                                .isEqualTo(Invoices.name(1) + ",inv_1,00-1,OK,,,2026-03-06T08:00:00Z"),
                        second -> assertThat(second).contains(",inv_2,00-2,REJECTED,,", "line 3, column currency"));
        assertThat(sandbox.files("/inbound")).hasSize(1);
    }

    @Test
    void readsTheSameContentOnceWhateverItIsCalled() {
        connection.with("archive", "archive");
        sandbox.put(Invoices.path(1), Invoices.file(1));
        sandbox.put(Invoices.path(2), Invoices.file(1));

        assertThat(pass().ids()).containsExactly(ONE);
        sandbox.put(Invoices.path(3), Invoices.file(1));
        assertThat(pass().ids()).isEmpty();
        assertThat(sandbox.files("/outbound/invoices")).hasSize(3).allMatch(path -> path.contains("/archive/"));
    }

    @Test
    void readsNewContentUnderAnOldName() {
        sandbox.put(Invoices.path(1), Invoices.file(1));
        pass();

        sandbox.put(Invoices.path(1), Invoices.file(2));

        assertThat(pass().ids()).containsExactly(TWO);
    }

    @Test
    void losesNothingWhenTheConnectionIsLostInTheMiddleOfAFile() {
        int[] numbers = IntStream.rangeClosed(1, 2000).toArray();
        sandbox.put(Invoices.path(1), Invoices.file(numbers));
        sandbox.dropConnections(1, 100_000);

        assertThatThrownBy(this::pass)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("cannot read " + Invoices.path(1));
        assertThat(pass().ids()).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void goesOnInAFileThatWasReplacedFromItsBeginning() {
        connection.with("pageSize", 1);
        sandbox.put(Invoices.path(1), Invoices.file(1, 2));
        connection.<Bill>pass("bills", connection.source("bills"), 1);

        sandbox.put(Invoices.path(1), Invoices.file(1, 3));

        assertThat(pass().ids()).containsExactly(ONE, "PLANT-10|V1002|00-3");
    }

    @Test
    void givesAFileToOneOfTwoProcessesOnly() {
        connection.with("claim", "rename").with("node", "a");
        TestConnection other = TestConnection.to(sandbox).with("claim", "rename").with("node", "b");
        sandbox.put(Invoices.path(1), Invoices.file(1));
        var page = connection.<Bill>source("bills").poll(connection.position("bills"));
        assertThat(page.changes()).hasSize(1);
        assertThat(sandbox.files("/outbound/invoices")).containsExactly(Invoices.path(1) + ".processing-a");

        assertThat(other.<Bill>pass("bills").ids()).isEmpty();
        assertThat(pass().ids()).as("what it claimed before it died is still its own").containsExactly(ONE);
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        connection.with("maxFileMiB", 1);
        sandbox.put(Invoices.path(1), new byte[(1 << 20) + 1]);
        sandbox.put(Invoices.path(2), Invoices.file(2));
        int opened = sandbox.opened();

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(TWO);
        assertThat(delivered.faults())
                .containsExactly(Invoices.name(1) + ": it has 1048577 bytes, more than maxFileMiB allows (1048576)");
        assertThat(sandbox.opened()).isEqualTo(opened + 1);
    }

    @Test
    void unpacksFilesWithinBounds() throws IOException {
        sandbox.put(Invoices.path(1) + ".gz", packed(Invoices.file(1).getBytes(StandardCharsets.UTF_8)));
        sandbox.put(Invoices.path(2) + ".gz", packed(new byte[20 << 20]));
        byte[] whole = packed(Invoices.file(3).getBytes(StandardCharsets.UTF_8));
        sandbox.put(Invoices.path(3) + ".gz", Arrays.copyOf(whole, whole.length - 9));
        sandbox.put(Invoices.path(4) + ".gz", "no gzip at all");

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(ONE);
        assertThat(delivered.faults()).hasSize(3);
        assertThat(delivered.faults().get(1)).contains("it is no whole gzip file");
        assertThat(delivered.faults().get(2)).contains("it is no gzip file");
    }

    @Test
    void refusesWhatUnpacksToManyTimesItsSize() throws IOException {
        var rows = new StringBuilder(Invoices.HEADER).append('\n');
        String row = Invoices.row(1) + "\n";
        while (rows.length() < 30 << 20) {
            rows.append(row);
        }
        byte[] bomb = packed(rows.toString().getBytes(StandardCharsets.UTF_8));
        sandbox.put(Invoices.path(1) + ".gz", bomb);

        assertThat(pass().faults().get(0)).contains("it unpacks to more than 200 times its " + bomb.length + " bytes");
    }

    @Test
    void followsNoLinkUnlessToldTo() {
        sandbox.put("/inbound/elsewhere.csv", Invoices.file(1));
        sandbox.link(Invoices.path(1), "../../inbound/elsewhere.csv");
        assertThat(pass().ids()).isEmpty();

        connection.with("followLinks", true);
        assertThat(pass().ids()).containsExactly(ONE);
    }

    @Test
    void readsNoNameThatLeadsElsewhere() {
        connection.entity("bills", Map.of("pattern", ".*"));
        sandbox.put("/outbound/invoices/..\\..\\secret.csv", Invoices.file(1));
        sandbox.put("/outbound/invoices/new\nline.csv", Invoices.file(2));

        assertThat(pass().ids()).isEmpty();
    }

    @Test
    void passesOverEmptyFilesUnlessToldToRefuseThem() {
        sandbox.put(Invoices.path(1), "");
        assertThat(pass().faults()).isEmpty();

        connection.with("acceptEmpty", true);
        assertThat(pass().faults()).containsExactly(Invoices.name(1) + ": it is empty");
    }

    @Test
    void readsARefusedFileAgainOnceItsSettingsHaveChanged() {
        sandbox.put(Invoices.path(1), Invoices.file(1).replace("invoice_number", "Beleg Nr"));
        TestConnection.Delivered<Bill> first = pass();
        assertThat(first.faults().get(0)).contains("the columns invoice_number are missing");
        assertThat(pass().faults()).as("it is not tried in vain").isEmpty();

        connection.entity("bills", Map.of("columns", Map.of("Beleg-Nr", "invoice_number")));
        TestConnection.Delivered<Bill> again = pass();

        assertThat(again.changes()).hasSize(2);
        assertThat(again.record(ONE).number()).isEqualTo("00-1");
        assertThat(again.changes().get(1).isDelete()).as("voids the letter of the file").isTrue();
        assertThat(again.changes().get(1).key().id()).isEqualTo("file:" + Invoices.name(1));
    }

    private TestConnection.Delivered<Bill> pass() {
        return connection.pass("bills");
    }

    private static byte[] packed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(content);
        }
        return bytes.toByteArray();
    }
}
