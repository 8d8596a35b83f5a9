package io.mlconnector.stampli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlconnector.model.Bill;
import io.mlconnector.model.Money;
import io.mlconnector.testkit.stampli.StampliSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFormsTest {

    private static final String ONE = "PLANT-10|V1002|00-1";
    private static final String TWO = "PLANT-10|V1002|00-2";

    private final StampliSandbox sandbox = StampliSandbox.start();
    private final TestConnection connection = TestConnection.to(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void readsFilesWithAByteOrderMarkAndCarriageReturns() {
        sandbox.put(Invoices.path(1), "\uFEFF" + Invoices.file(1).replace("\n", "\r\n"));

        assertThat(pass().ids()).containsExactly(ONE);
    }

    @Test
    void takesAFieldForTheSameWhetherARowQuotesItOrNot() {
        Map<String, String> half = Map.of("net_amount", "200.00", "tax_amount", "16.50", "total_amount", "216.50");
        var quoted = new HashMap<>(half);
        quoted.putAll(Map.of("vendor_id", "\"V1002\"", "memo", "\"\"", "line_number", "2"));
        sandbox.put(Invoices.path(1), Invoices.file(List.of(Invoices.row(1, half), Invoices.row(1, quoted))));

        assertThat(pass().record(ONE).lines()).hasSize(2);
    }

    @Test
    void readsWhatASpreadsheetCallsUnicodeText() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {(byte) 0xFF, (byte) 0xFE});
        String text = Invoices.file(List.of(Invoices.row(1, Map.of("vendor_name", "Müller"))));
        bytes.write(text.replace(',', '\t').getBytes(StandardCharsets.UTF_16LE));
        sandbox.put(Invoices.path(1), bytes.toByteArray());

        assertThat(pass().record(ONE).attributes().value("vendorName")).contains("Müller");
    }

    @Test
    void readsSemicolonsDecimalCommasAndOtherDates() {
        connection.with(
                "format", Map.of("decimals", "comma", "grouping", ".", "dates", List.of("dd.MM.yyyy", "d.M.yy")));
        String row = Invoices.row(
                        1,
                        Map.of(
                                "vendor_name", "Borealis",
                                "net_amount", "1.234#50",
                                "tax_amount", "0",
                                "total_amount", "1234#50",
                                "line_net", "1.234#50",
                                "line_tax", "",
                                "tax_code", "",
                                "invoice_date", "02.03.2026",
                                "due_date", ""))
                .replace(',', ';')
                .replace('#', ',');
        sandbox.put(Invoices.path(1), Invoices.HEADER.replace(',', ';') + "\n" + row + "\n");

        Bill bill = pass().record(ONE);

        assertThat(bill.total()).isEqualTo(Money.of("1234.50", "USD"));
        assertThat(bill.issuedOn()).isEqualTo(LocalDate.of(2026, 3, 2));
    }

    @Test
    void guessesNoDate() {
        connection.with("format", Map.of("dates", List.of("dd.MM.uuuu")));
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(Invoices.row(1, Map.of("invoice_date", "31.02.2026", "due_date", "")))));

        assertThat(pass().faults().get(0))
                .isEqualTo(Invoices.name(1)
                        + ", line 2, column invoice_date: must be a date written dd.MM.uuuu: '31.02.2026'");
    }

    @Test
    void readsAnotherCharsetOnlyIfToldTo() {
        byte[] content = Invoices.file(List.of(Invoices.row(1, Map.of("vendor_name", "Müller"))))
                .getBytes(Charset.forName("windows-1252"));
        sandbox.put(Invoices.path(1), content);
        assertThat(pass().faults().get(0)).contains("the text is not UTF-8; see charset and fallbackCharset");

        connection.with("format", Map.of("fallbackCharset", "windows-1252"));
        assertThat(pass().record(ONE).attributes().value("vendorName")).contains("Müller");
    }

    @Test
    void takesNamesOfColumnsAsTheyAreCalledHere() {
        connection.entity("bills", Map.of("columns", Map.of("Supplier", "vendor_id", "Booked to", "gl_account")));
        sandbox.put(
                Invoices.path(1),
                Invoices.file(1)
                        .replace("vendor_id", " SUPPLIER ")
                        .replace("gl_account", "booked-to")
                        .replace("company_id", "Company ID"));

        assertThat(String.valueOf(pass().record(ONE).lines().get(0).coding())).contains("06100");
    }

    @Test
    void refusesAHeaderWithAColumnTwice() {
        sandbox.put(Invoices.path(1), Invoices.file(1).replace("due_date", "Invoice Date"));

        assertThat(pass().faults())
                .containsExactly(Invoices.name(1)
                        + ", line 1: the columns 'invoice_date' and 'Invoice Date' are both invoice_date");
    }

    @Test
    void refusesARowOfAnotherWidthAndReadsTheRest() {
        String cut = Invoices.row(1).substring(0, 90);
        sandbox.put(Invoices.path(1), Invoices.file(List.of(cut, Invoices.row(2))) + "\n\n");

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(TWO);
        assertThat(delivered.faults())
                .containsExactly(
                        Invoices.name(1) + ", line 2: the row has " + width(cut) + " columns where the header has 28");
        assertThat(delivered.malformed().get(0).key().id()).isEqualTo(ONE);
    }

    @Test
    void shortRowsOfOneInvoiceAreOneDeadLetterThatNamesBoth() {
        String second = Invoices.row(1, Map.of("line_number", "2"));
        List<String> cut = List.of(Invoices.row(1).substring(0, 90), second.substring(0, 90));
        sandbox.put(Invoices.path(1), Invoices.file(List.of(cut.get(0), cut.get(1), Invoices.row(2))));

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(TWO);
        assertThat(delivered.malformed()).hasSize(1);
        assertThat(delivered.faults())
                .containsExactly(
                        Invoices.name(1) + ", line 2: the row has " + width(cut.get(0))
                                + " columns where the header has 28",
                        Invoices.name(1) + ", line 3: the row has " + width(cut.get(1))
                                + " columns where the header has 28");
    }

    @Test
    void refusesAFileWhoseQuoteIsNeverClosed() {
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(Invoices.row(1), Invoices.row(2, Map.of("memo", "\"never closed")))));
        sandbox.put(
                Invoices.path(2),
                Invoices.file(List.of(Invoices.row(1, Map.of("memo", "\"never closed" + "x".repeat(70_000))))));

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).isEmpty();
        assertThat(delivered.faults()).hasSize(2);
        assertThat(delivered.faults().get(0)).contains(Invoices.name(1), "is no CSV");
    }

    @Test
    void countsTheLinesOfTheFileAndNotTheRows() {
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(
                        Invoices.row(1, Map.of("memo", "\"one\ntwo\nthree\"")),
                        Invoices.row(2, Map.of("line_net", "x")))));

        assertThat(pass().faults().get(0)).startsWith(Invoices.name(1) + ", line 5, column line_net: must be a number");
    }

    @Test
    void reportsAllFaultsOfAnInvoiceOnTheirLines() {
        Map<String, String> net = Map.of("net_amount", "200.00", "tax_amount", "16.50", "total_amount", "216.50");
        var second = new HashMap<>(net);
        second.putAll(Map.of("line_number", "1", "gl_account", "", "tax_code", ""));
        sandbox.put(Invoices.path(1), Invoices.file(List.of(Invoices.row(1, net), Invoices.row(1, second))));

        assertThat(pass().faults())
                .containsExactly(
                        Invoices.name(1) + ", line 3, column line_number: must be higher than 1 on the row before: '1'",
                        Invoices.name(1) + ", line 3, column gl_account: is missing on a line of type GL",
                        Invoices.name(1) + ", line 3, column tax_code: is missing, although line_tax is 8.25");
    }

    @Test
    void refusesRowsOfOneInvoiceThatContradictEachOther() {
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(
                        Invoices.row(1), Invoices.row(1, Map.of("line_number", "2", "due_date", "2026-05-01")))));

        assertThat(pass().faults())
                .containsExactly(Invoices.name(1) + ", line 3, column due_date: '2026-05-01' differs from '2026-04-01'"
                        + " on line 2, although both rows belong to one document");
    }

    @Test
    void refusesAnInvoiceWhoseRowsDoNotStandTogether() {
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(Invoices.row(1), Invoices.row(2), Invoices.row(1, Map.of("line_number", "2")))));

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).containsExactly(TWO);
        assertThat(delivered.faults()).hasSize(2).allMatch(fault -> fault.contains("ROWS_NOT_CONTIGUOUS"));
    }

    @Test
    void keepsDimensionsOfTheUsersOwn() {
        sandbox.put(Invoices.path(1), Invoices.HEADER + ",project,dim_region\n" + Invoices.row(1) + ",P-77,EMEA\n");

        assertThat(pass().record(ONE).lines().get(0).coding()).satisfies(coding -> {
            assertThat(coding).isNotNull();
            assertThat(String.valueOf(coding)).contains("project=P-77", "region=EMEA");
        });
    }

    @Test
    void looksCodesUpInTablesOfTheConfigurationAndOfFiles(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("centers.csv"), "from,to\nCC-310,4310\n");
        connection.with(
                "tables",
                Map.of(
                        "accounts", Map.of("codes", Map.of("06100", "6100-A")),
                        "costCenters", Map.of("file", file.toString())));
        sandbox.put(
                Invoices.path(1),
                Invoices.file(List.of(Invoices.row(1), Invoices.row(2, Map.of("gl_account", "06999")))));

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(String.valueOf(delivered.record(ONE).lines().get(0).coding()))
                .contains("6100-A", "4310");
        assertThat(delivered.faults())
                .containsExactly(Invoices.name(1)
                        + ", line 3, column gl_account: must be in the table accounts of 1 codes: '06999'");
    }

    @Test
    void readsXml() {
        sandbox.put("/outbound/invoices/" + xmlName(1), xml("", ""));

        Bill bill = pass().record("PLANT-10|V1002|00-7781");

        assertThat(bill.total()).isEqualTo(Money.of("1623.75", "USD"));
        assertThat(bill.memo()).isEqualTo("Seal kits & second delivery");
        assertThat(bill.purchaseOrderNumber()).isEqualTo("PO-5521");
        assertThat(bill.lines()).hasSize(2);
        assertThat(String.valueOf(bill.lines().get(1).coding())).contains("06450", "project=P-77");
        assertThat(bill.attributes().asMap())
                .containsEntry("approver", "ap.lead@example.test")
                .containsEntry("approvedAt", "2026-03-05T14:02:11Z");
    }

    @Test
    void refusesXmlThatReachesOutsideOrIsCut() {
        sandbox.put("/outbound/invoices/" + xmlName(1), xml("<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\">", ""));
        sandbox.put(
                "/outbound/invoices/" + xmlName(2),
                xml("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "&e;"));
        String whole = xml("", "");
        sandbox.put("/outbound/invoices/" + xmlName(3), whole.substring(0, whole.indexOf("<Trailer")));
        sandbox.put("/outbound/invoices/" + xmlName(4), whole.replaceAll("<Trailer.*/>", ""));
        sandbox.put("/outbound/invoices/" + xmlName(5), whole.replace("lines=\"2\"", "lines=\"3\""));
        sandbox.put("/outbound/invoices/" + xmlName(6), xml("", "<a>".repeat(40) + "</a>".repeat(40)));

        TestConnection.Delivered<Bill> delivered = pass();

        assertThat(delivered.ids()).isEmpty();
        assertThat(delivered.faults())
                .satisfiesExactly(
                        external -> assertThat(external).endsWith("a document type is not allowed"),
                        entity -> assertThat(entity).endsWith("a document type is not allowed"),
                        cut -> assertThat(cut).contains("it is no whole XML"),
                        trailer -> assertThat(trailer).contains("the element Trailer", "is missing"),
                        counts -> assertThat(counts).contains("the trailer promises 1 documents with 3 lines"),
                        deep -> assertThat(deep).contains("more than 32 deep"));
    }

    @Test
    void saysOfAFaultInXmlWhereItStands() {
        sandbox.put("/outbound/invoices/" + xmlName(1), xml("", "").replace("<Net>300.00</Net>", "<Net>three</Net>"));

        assertThat(pass().faults())
                .containsExactly(xmlName(1) + ", line 11, column line_net: must be a number such as 1234.50: 'three'");
    }

    private TestConnection.Delivered<Bill> pass() {
        return connection.pass("bills");
    }

    private static int width(String row) {
        // the quoted name of the vendor holds a comma
        return row.split(",", -1).length - 1;
    }

    private static String xmlName(int number) {
        return Invoices.name(number).replace(".csv", ".xml");
    }

    private static String xml(String type, String extra) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                %s
                <StampliExport version="1.0" fileId="exp-1" exportedAt="2026-03-05T14:05:00Z">
                 <Invoice id="inv_90412" revision="1" type="BILL" status="APPROVED">%s
                  <CompanyId>PLANT-10</CompanyId><InvoiceNumber>00-7781</InvoiceNumber>
                  <Vendor><Id>V1002</Id><Name>Borealis Pumps, Inc.</Name></Vendor><InvoiceDate>2026-03-02</InvoiceDate>
                  <DueDate>2026-04-01</DueDate><Currency>USD</Currency><NetAmount>1500.00</NetAmount><TaxAmount>123.75</TaxAmount>
                  <TotalAmount>1623.75</TotalAmount><PoNumber>PO-5521</PoNumber><Memo>Seal kits &amp; second delivery</Memo>
                  <Approval by="ap.lead@example.test" at="2026-03-05T14:02:11Z"/><Lines>
                   <Line number="1" type="GL"><Description>Seal kits</Description><GlAccount>06100</GlAccount><CostCenter>CC-310</CostCenter><Net>1200.00</Net><TaxCode>TX</TaxCode><Tax>99.00</Tax></Line>
                   <Line number="2" type="FREIGHT"><Description>Air freight</Description><GlAccount>06450</GlAccount><CostCenter>CC-310</CostCenter><Net>300.00</Net><TaxCode>TX</TaxCode><Tax>24.75</Tax>
                    <Dimensions><Dimension name="project">P-77</Dimension></Dimensions></Line>
                  </Lines>
                 </Invoice>
                 <Trailer invoices="1" lines="2" total="1623.75"/>
                </StampliExport>
                """.formatted(type, extra);
    }
}
