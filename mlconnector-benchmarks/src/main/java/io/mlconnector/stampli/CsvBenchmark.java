package io.mlconnector.stampli;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.mlconnector.model.Bill;
import io.mlconnector.spi.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** An invoice file of 28 columns, per row: the parser alone, and from bytes to checked bills. In the adapter's package, which shows none of this. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CsvBenchmark {

    static final int ROWS = 20_000;

    private static final Instant NOW = Instant.parse("2026-03-06T08:00:00Z");

    private static final String HEADER =
            "company_id,invoice_id,revision,transaction_type,status,invoice_number,vendor_id,"
                    + "vendor_name,invoice_date,due_date,currency,net_amount,tax_amount,total_amount,po_number,memo,approver,"
                    + "approved_at,exported_at,document_url,line_number,line_type,description,gl_account,cost_center,line_net,"
                    + "tax_code,line_tax\n";

    /** How many rows an invoice has. */
    @Param({"1", "5"})
    public int lines = 1;

    private byte[] content = {};
    private FileContract<Bill> contract = contract();

    /** Writes the file. */
    @Setup
    public void write() {
        var text = new StringBuilder(HEADER);
        for (int row = 0; row < ROWS; row++) {
            int invoice = row / lines;
            int line = row % lines + 1;
            text.append("PLANT-10,inv_")
                    .append(invoice)
                    .append(",1,BILL,APPROVED,00-")
                    .append(invoice);
            text.append(",V")
                    .append(1000 + invoice % 300)
                    .append(",\"Borealis Pumps, Inc.\",2026-03-02,2026-04-01,USD,");
            text.append(lines)
                    .append("00.00,")
                    .append(lines)
                    .append("0.00,")
                    .append(lines * 11)
                    .append("0.00,PO-");
            text.append(invoice % 500)
                    .append(",Seal kits,ap.lead@example.test,2026-03-05T14:02:11Z,2026-03-05T14:05:00Z,");
            text.append("https://files.example.test/d/")
                    .append(invoice)
                    .append(".pdf,")
                    .append(line);
            text.append(",GL,Seal kit ")
                    .append(row)
                    .append(",06")
                    .append(100 + row % 40)
                    .append(",CC-")
                    .append(300 + row % 9);
            text.append(",100.00,TX,10.00\n");
        }
        content = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Settings none() {
        return Settings.of("stampli", Map.of());
    }

    @SuppressWarnings("unchecked") // the contract of bills
    private static FileContract<Bill> contract() {
        Settings settings = none();
        Contracts contracts = Contracts.read(settings, Desks.entities(settings), "stampli", () -> NOW);
        return (FileContract<Bill>) requireNonNull(contracts.all().get(BillMapping.ENTITY));
    }

    private static CsvStyle style() {
        return CsvStyle.read(none(), Map.of());
    }

    /** The parser makes texts of all fields, and nothing is done with them. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void fastCsv(Blackhole sink) throws IOException {
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(new ByteArrayInputStream(content), StandardCharsets.UTF_8)) {
            reader.forEach(sink::consume);
        }
    }

    /** From bytes to checked bills. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void bills(Blackhole sink) throws IOException {
        var mapper = new DocumentMapper<>(contract);
        try (DocumentReader reader = new CsvDocuments(
                "invoices.csv",
                FileText.text(new ByteArrayInputStream(content), StandardCharsets.UTF_8),
                style(),
                contract)) {
            while (reader.next()) {
                sink.consume(mapper.map("invoices.csv", reader.document()));
            }
        }
    }
}
