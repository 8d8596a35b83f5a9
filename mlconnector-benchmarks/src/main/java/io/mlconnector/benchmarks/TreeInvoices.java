package io.mlconnector.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;

/** A Jackson tree of the whole page, then code by hand. */
final class TreeInvoices extends IdiomaticWay {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Override
    public void read(byte[] page, Records records) {
        for (JsonNode row : rows(page)) {
            records.take(map(row));
        }
    }

    static JsonNode rows(byte[] page) {
        try {
            return MAPPER.readTree(page).path("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Change<Invoice> map(JsonNode row) {
        String currency = row.path("Currency").asText();
        var lines = new ArrayList<LineItem>();
        for (JsonNode line : row.path("Lines")) {
            lines.add(Invoices.line(
                    line.path("LineNo").asText(),
                    line.path("Description").asText(),
                    line.path("PartNo").asText(),
                    line.path("VatCode").asText(),
                    line.path("NetCurrAmount").decimalValue(),
                    line.path("VatCurrAmount").decimalValue(),
                    currency));
        }
        return Invoices.change(
                row.path("InvoiceId").asText(),
                row.path("InvoiceNo").asText(),
                row.path("Company").asText(),
                row.path("Identity").asText(),
                LocalDate.parse(row.path("InvoiceDate").asText()),
                LocalDate.parse(row.path("DueDate").asText()),
                currency,
                row.path("NetCurrAmount").decimalValue(),
                row.path("VatCurrAmount").decimalValue(),
                row.path("GrossCurrAmount").decimalValue(),
                row.path("Note").isNull() ? null : row.path("Note").asText(),
                row.path("Cf_Region").asText(),
                lines,
                OffsetDateTime.parse(row.path("LastModified").asText()).toInstant(),
                row.path("@odata.etag").asText());
    }
}
