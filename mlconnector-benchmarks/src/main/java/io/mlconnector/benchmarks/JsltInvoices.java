package io.mlconnector.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Parser;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Change;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;

/** A Jackson tree, transformed by a JSLT template that is compiled once, then taken into the record. */
final class JsltInvoices extends IdiomaticWay {

    private static final Expression TEMPLATE = Parser.compileString("""
            {
              "id": string(.InvoiceId), "number": .InvoiceNo, "company": .Company, "customer": .Identity,
              "issuedOn": .InvoiceDate, "dueOn": .DueDate, "currency": .Currency,
              "net": .NetCurrAmount, "tax": .VatCurrAmount, "total": .GrossCurrAmount,
              "memo": .Note, "region": .Cf_Region, "modifiedAt": .LastModified, "version": ."@odata.etag",
              "lines": [for (.Lines) {
                "number": string(.LineNo), "text": .Description, "product": .PartNo, "taxCode": .VatCode,
                "net": .NetCurrAmount, "tax": .VatCurrAmount
              }]
            }
            """);

    @Override
    public void read(byte[] page, Records records) {
        for (JsonNode row : TreeInvoices.rows(page)) {
            records.take(map(row));
        }
    }

    Change<Invoice> map(JsonNode row) {
        JsonNode made = TEMPLATE.apply(row);
        String currency = made.path("currency").asText();
        var lines = new ArrayList<LineItem>();
        for (JsonNode line : made.path("lines")) {
            lines.add(Invoices.line(
                    line.path("number").asText(),
                    line.path("text").asText(),
                    line.path("product").asText(),
                    line.path("taxCode").asText(),
                    line.path("net").decimalValue(),
                    line.path("tax").decimalValue(),
                    currency));
        }
        return Invoices.change(
                made.path("id").asText(),
                made.path("number").asText(),
                made.path("company").asText(),
                made.path("customer").asText(),
                LocalDate.parse(made.path("issuedOn").asText()),
                LocalDate.parse(made.path("dueOn").asText()),
                currency,
                made.path("net").decimalValue(),
                made.path("tax").decimalValue(),
                made.path("total").decimalValue(),
                made.hasNonNull("memo") ? made.path("memo").asText() : null,
                made.path("region").asText(),
                lines,
                OffsetDateTime.parse(made.path("modifiedAt").asText()).toInstant(),
                made.path("version").asText());
    }
}
