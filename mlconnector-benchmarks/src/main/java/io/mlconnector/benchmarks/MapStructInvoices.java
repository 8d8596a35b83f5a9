package io.mlconnector.benchmarks;

import io.mlconnector.model.Attributes;
import io.mlconnector.model.Invoice;
import io.mlconnector.model.LineItem;
import io.mlconnector.model.LineTax;
import io.mlconnector.model.Money;
import io.mlconnector.model.RecordKey;
import io.mlconnector.spi.Change;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Map;
import org.mapstruct.Context;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.mapstruct.Named;
import org.mapstruct.factory.Mappers;

/** Jackson data binding, then a mapper that MapStruct generates. */
final class MapStructInvoices extends IdiomaticWay {

    private static final InvoiceMapper MAPPER = Mappers.getMapper(InvoiceMapper.class);

    @Override
    public void read(byte[] page, Records records) {
        PojoInvoices.rows(page).forEach(row -> records.take(map(row)));
    }

    Change<Invoice> map(InvoiceJson row) {
        return Change.upsert(
                MAPPER.invoice(row, row.currency),
                OffsetDateTime.parse(row.lastModified).toInstant(),
                row.etag);
    }

    /** What MapStruct is told. */
    @Mapper
    interface InvoiceMapper {

        /** Returns the invoice of a row. */
        @Mapping(target = "key", source = "invoiceId", qualifiedByName = "invoiceKey")
        @Mapping(target = "number", source = "invoiceNo")
        @Mapping(target = "customer", source = "identity", qualifiedByName = "customerKey")
        @Mapping(target = "issuedOn", source = "invoiceDate")
        @Mapping(target = "dueOn", source = "dueDate")
        @Mapping(target = "net", source = "netCurrAmount")
        @Mapping(target = "tax", source = "vatCurrAmount")
        @Mapping(target = "total", source = "grossCurrAmount")
        @Mapping(target = "memo", source = "note")
        @Mapping(target = "status", constant = "OPEN")
        @Mapping(target = "attributes", source = "cfRegion")
        @Mapping(target = "orderNumbers", ignore = true)
        Invoice invoice(InvoiceJson row, @Context String currency);

        /** Returns a line. */
        @Mapping(target = "id", source = "lineNo")
        @Mapping(target = "net", source = "netCurrAmount")
        @Mapping(target = "tax", source = "line")
        @Mapping(target = "product", source = "partNo")
        @Mapping(target = "quantity", ignore = true)
        @Mapping(target = "unit", ignore = true)
        @Mapping(target = "unitPrice", ignore = true)
        @Mapping(target = "orderNumber", ignore = true)
        @Mapping(target = "coding", ignore = true)
        LineItem line(InvoiceJson.Line line, @Context String currency);

        /** Returns an amount. */
        default Money money(BigDecimal amount, @Context String currency) {
            return new Money(amount, currency);
        }

        /** Returns the tax of a line. */
        default LineTax tax(InvoiceJson.Line line, @Context String currency) {
            return new LineTax(line.vatCode, null, new Money(line.vatCurrAmount, currency));
        }

        /** Returns the key of an invoice. */
        @Named("invoiceKey")
        default RecordKey invoiceKey(long id) {
            return new RecordKey("erp", "invoices", Long.toString(id));
        }

        /** Returns the key of a customer. */
        @Named("customerKey")
        default RecordKey customerKey(String id) {
            return new RecordKey("erp", "customers", id);
        }

        /** Returns the attributes. */
        default Attributes attributes(String region) {
            return Attributes.of(Map.of("region", region));
        }
    }
}
