package io.mlconnector.benchmarks;

import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.spi.Change;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.client.api.ODataClient;
import org.apache.olingo.client.api.domain.ClientComplexValue;
import org.apache.olingo.client.api.domain.ClientEntity;
import org.apache.olingo.client.api.domain.ClientValue;
import org.apache.olingo.client.api.serialization.ODataDeserializerException;
import org.apache.olingo.client.core.ODataClientFactory;
import org.apache.olingo.commons.api.format.ContentType;
import org.jspecify.annotations.Nullable;

/** The entity set as Apache Olingo's client reads it, then code by hand. */
final class OlingoInvoices extends IdiomaticWay {

    private static final ODataClient CLIENT = ODataClientFactory.getClient();

    @Override
    public void read(byte[] page, Records records) {
        rows(page).forEach(row -> records.take(map(row)));
    }

    static List<ClientEntity> rows(byte[] page) {
        try {
            return CLIENT.getBinder()
                    .getODataEntitySet(
                            CLIENT.getDeserializer(ContentType.JSON).toEntitySet(new ByteArrayInputStream(page)))
                    .getEntities();
        } catch (ODataDeserializerException e) {
            throw new IllegalStateException("Olingo cannot read the page", e);
        }
    }

    Change<Invoice> map(ClientEntity row) {
        String currency = text(row, "Currency");
        var lines = new ArrayList<LineItem>();
        for (ClientValue value : row.getProperty("Lines").getCollectionValue()) {
            ClientComplexValue line = value.asComplex();
            lines.add(Invoices.line(
                    text(line, "LineNo"),
                    text(line, "Description"),
                    text(line, "PartNo"),
                    text(line, "VatCode"),
                    new BigDecimal(text(line, "NetCurrAmount")),
                    new BigDecimal(text(line, "VatCurrAmount")),
                    currency));
        }
        return Invoices.change(
                text(row, "InvoiceId"),
                text(row, "InvoiceNo"),
                text(row, "Company"),
                text(row, "Identity"),
                LocalDate.parse(text(row, "InvoiceDate")),
                LocalDate.parse(text(row, "DueDate")),
                currency,
                new BigDecimal(text(row, "NetCurrAmount")),
                new BigDecimal(text(row, "VatCurrAmount")),
                new BigDecimal(text(row, "GrossCurrAmount")),
                optionalText(row, "Note"),
                text(row, "Cf_Region"),
                lines,
                OffsetDateTime.parse(text(row, "LastModified")).toInstant(),
                row.getETag());
    }

    private static String text(ClientEntity row, String name) {
        return row.getProperty(name).getPrimitiveValue().toString();
    }

    private static @Nullable String optionalText(ClientEntity row, String name) {
        return row.getProperty(name).hasNullValue() ? null : text(row, name);
    }

    private static String text(ClientComplexValue line, String name) {
        return line.get(name).getPrimitiveValue().toString();
    }
}
