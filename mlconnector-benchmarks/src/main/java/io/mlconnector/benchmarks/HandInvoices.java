package io.mlconnector.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mlconnector.engine.EngineParts;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Jackson's streaming API used by hand for exactly this page, with dates read digit by digit: what the library's rules are
 * measured against. Nothing can be declared, printed, overridden or audited here, and no fault names its field.
 */
final class HandInvoices implements Way {

    static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final EngineParts.Hasher hasher = new EngineParts.Hasher();
    private final HandForm form = new HandForm();

    @Override
    public void read(byte[] page, Records records) {
        decode(page, row -> records.take(map(row)));
    }

    @Override
    public long fingerprint(Invoice invoice) {
        return hasher.whole(invoice);
    }

    @Override
    public byte[] form(Invoice invoice) {
        return form.of(invoice);
    }

    List<HandRow> rows(byte[] page) {
        var rows = new ArrayList<HandRow>();
        decode(page, rows::add);
        return rows;
    }

    private static void decode(byte[] page, Consumer<HandRow> rows) {
        try (JsonParser parser = JSON.createParser(page)) {
            parser.nextToken();
            String name;
            while ((name = parser.nextFieldName()) != null) {
                JsonToken token = parser.nextToken();
                if (name.equals("value") && token == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        rows.accept(row(parser));
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HandRow row(JsonParser parser) throws IOException {
        var row = new HandRow();
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "InvoiceId" -> row.id = parser.getText();
                case "InvoiceNo" -> row.number = parser.getText();
                case "Company" -> row.company = parser.getText();
                case "Identity" -> row.customer = parser.getText();
                case "InvoiceDate" -> row.issuedOn = parser.getText();
                case "DueDate" -> row.dueOn = parser.getText();
                case "Currency" -> row.currency = parser.getText();
                case "NetCurrAmount" -> row.net = parser.getDecimalValue();
                case "VatCurrAmount" -> row.tax = parser.getDecimalValue();
                case "GrossCurrAmount" -> row.total = parser.getDecimalValue();
                case "Note" -> row.memo = token == JsonToken.VALUE_NULL ? null : parser.getText();
                case "Cf_Region" -> row.region = parser.getText();
                case "LastModified" -> row.modifiedAt = parser.getText();
                case "@odata.etag" -> row.version = parser.getText();
                case "Lines" -> {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        row.lines.add(line(parser));
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return row;
    }

    private static HandRow.Line line(JsonParser parser) throws IOException {
        var line = new HandRow.Line();
        String name;
        while ((name = parser.nextFieldName()) != null) {
            parser.nextToken();
            switch (name) {
                case "LineNo" -> line.number = parser.getText();
                case "Description" -> line.text = parser.getText();
                case "PartNo" -> line.product = parser.getText();
                case "VatCode" -> line.taxCode = parser.getText();
                case "NetCurrAmount" -> line.net = parser.getDecimalValue();
                case "VatCurrAmount" -> line.tax = parser.getDecimalValue();
                default -> parser.skipChildren();
            }
        }
        return line;
    }

    Change<Invoice> map(HandRow row) {
        var lines = new ArrayList<LineItem>(row.lines.size());
        for (HandRow.Line line : row.lines) {
            lines.add(Invoices.line(
                    line.number, line.text, line.product, line.taxCode, line.net, line.tax, row.currency));
        }
        return Invoices.change(
                row.id,
                row.number,
                row.company,
                row.customer,
                date(row.issuedOn),
                date(row.dueOn),
                row.currency,
                row.net,
                row.tax,
                row.total,
                row.memo,
                row.region,
                lines,
                instant(row.modifiedAt),
                row.version);
    }

    private static LocalDate date(String text) {
        return LocalDate.of(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
    }

    /** Of the one form 2026-01-31T09:30:00Z. */
    private static Instant instant(String text) {
        if (text.length() != 20) {
            return Instant.parse(text);
        }
        return date(text)
                .atTime(digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2))
                .toInstant(ZoneOffset.UTC);
    }

    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int at = from; at < from + count; at++) {
            value = value * 10 + text.charAt(at) - '0';
        }
        return value;
    }
}
