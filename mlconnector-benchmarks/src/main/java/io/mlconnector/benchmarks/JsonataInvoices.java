package io.mlconnector.benchmarks;

import static com.dashjoin.jsonata.Jsonata.jsonata;
import static java.util.Objects.requireNonNull;

import com.dashjoin.jsonata.Jsonata;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import java.util.Map;

/** Maps, transformed by a JSONata expression that is compiled once, then taken into the record. */
final class JsonataInvoices extends IdiomaticWay {

    private final Jsonata expression = jsonata("""
            {
              "id": $string(InvoiceId), "number": InvoiceNo, "company": Company, "customer": Identity,
              "issuedOn": InvoiceDate, "dueOn": DueDate, "currency": Currency,
              "net": NetCurrAmount, "tax": VatCurrAmount, "total": GrossCurrAmount,
              "memo": Note, "region": Cf_Region, "modifiedAt": LastModified, "version": `@odata.etag`,
              "lines": [Lines.{
                "number": $string(LineNo), "text": Description, "product": PartNo, "taxCode": VatCode,
                "net": NetCurrAmount, "tax": VatCurrAmount
              }]
            }
            """);

    @Override
    public void read(byte[] page, Records records) {
        MapInvoices.rows(page).forEach(row -> records.take(map(row)));
    }

    Change<Invoice> map(Map<String, Object> row) {
        return MapInvoices.change((Map<?, ?>) requireNonNull(expression.evaluate(row)));
    }
}
