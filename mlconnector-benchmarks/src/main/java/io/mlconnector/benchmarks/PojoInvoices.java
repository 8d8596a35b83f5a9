package io.mlconnector.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Jackson data binding, then code by hand with the JDK's parsers: what most people would write. */
final class PojoInvoices extends IdiomaticWay {

    private static final ObjectReader PAGES = new ObjectMapper().readerFor(InvoiceJson.Page.class);

    @Override
    public void read(byte[] page, Records records) {
        rows(page).forEach(row -> records.take(map(row)));
    }

    static List<InvoiceJson> rows(byte[] page) {
        try {
            return PAGES.<InvoiceJson.Page>readValue(page).value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Change<Invoice> map(InvoiceJson row) {
        List<LineItem> lines = row.lines.stream()
                .map(line -> Invoices.line(
                        Long.toString(line.lineNo),
                        line.description,
                        line.partNo,
                        line.vatCode,
                        line.netCurrAmount,
                        line.vatCurrAmount,
                        row.currency))
                .toList();
        return Invoices.change(
                Long.toString(row.invoiceId),
                row.invoiceNo,
                row.company,
                row.identity,
                LocalDate.parse(row.invoiceDate, DateTimeFormatter.ISO_LOCAL_DATE),
                LocalDate.parse(row.dueDate, DateTimeFormatter.ISO_LOCAL_DATE),
                row.currency,
                row.netCurrAmount,
                row.vatCurrAmount,
                row.grossCurrAmount,
                row.note,
                row.cfRegion,
                lines,
                OffsetDateTime.parse(row.lastModified).toInstant(),
                row.etag);
    }
}
