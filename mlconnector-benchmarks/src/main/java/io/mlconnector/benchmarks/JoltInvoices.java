package io.mlconnector.benchmarks;

import static java.util.Objects.requireNonNull;

import com.bazaarvoice.jolt.Chainr;
import com.bazaarvoice.jolt.JsonUtils;
import io.mlconnector.model.Invoice;
import io.mlconnector.spi.Change;
import java.util.Map;

/** Maps, transformed by a Jolt specification that is compiled once, then taken into the record. */
final class JoltInvoices extends IdiomaticWay {

    private static final Chainr SPECIFICATION = Chainr.fromSpec(JsonUtils.jsonToList("""
            [{"operation": "shift", "spec": {
              "InvoiceId": "id", "InvoiceNo": "number", "Company": "company", "Identity": "customer",
              "InvoiceDate": "issuedOn", "DueDate": "dueOn", "Currency": "currency",
              "NetCurrAmount": "net", "VatCurrAmount": "tax", "GrossCurrAmount": "total",
              "Note": "memo", "Cf_Region": "region", "LastModified": "modifiedAt", "\\\\@odata.etag": "version",
              "Lines": {"*": {
                "LineNo": "lines[&1].number", "Description": "lines[&1].text", "PartNo": "lines[&1].product",
                "VatCode": "lines[&1].taxCode", "NetCurrAmount": "lines[&1].net", "VatCurrAmount": "lines[&1].tax"
              }}
            }}]
            """));

    @Override
    public void read(byte[] page, Records records) {
        MapInvoices.rows(page).forEach(row -> records.take(map(row)));
    }

    Change<Invoice> map(Map<String, Object> row) {
        return MapInvoices.change((Map<?, ?>) requireNonNull(SPECIFICATION.transform(row)));
    }
}
