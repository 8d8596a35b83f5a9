package io.mlconnector.syspro;

import io.mlconnector.mapping.Conversions;
import io.mlconnector.mapping.Field;
import io.mlconnector.mapping.RecordMapping;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How lines of invoices are read. */
final class LineMapping {

    private static final Map<String, String> KINDS =
            Map.of("1", "Stock", "4", "Freight", "5", "Miscellaneous charge", "6", "Comment", "7", "Goods");

    /**
     * A line as it is read, its amounts in the local currency and in that of the document.
     *
     * @param id its place in the document
     * @param text what it is for
     * @param product its stock code; null if it is no stock
     * @param quantity how many; null if it is no stock
     * @param local its amount without tax in the local currency
     * @param posted its amount without tax in the currency of the document; null if that is not told
     * @param tax its tax in the local currency
     * @param taxCode the code of its tax; null if it has none
     * @param order the order that it comes from; null if there is none
     */
    record Line(
            String id,
            String text,
            @Nullable String product,
            @Nullable BigDecimal quantity,
            BigDecimal local,
            @Nullable BigDecimal posted,
            BigDecimal tax,
            @Nullable String taxCode,
            @Nullable String order) {

        boolean counts() {
            return local.signum() != 0 || tax.signum() != 0;
        }
    }

    private LineMapping() {}

    static RecordMapping<Line> of(Table table) {
        RecordMapping.Rules<Line> rules = RecordMapping.named("syspro.invoice-lines", table.mapping());
        Field<String> summary = rules.required("lines.id.summary", "SummaryLine", Conversions.id());
        Field<String> detail = rules.required("lines.id.detail", "DetailLine", Conversions.id());
        Field<String> kind = rules.field("lines.description.type", "LineType", Conversions.id());
        Field<String> product = rules.field("lines.product", "StockCode", Conversions.text());
        Field<String> description = rules.field("lines.description", "StockCode", Conversions.text());
        Field<BigDecimal> quantity = rules.field("lines.quantity", "QtyInvoiced", Conversions.decimal());
        Field<BigDecimal> local = rules.required("lines.net", "NetSalesValue", Conversions.decimal());
        Field<BigDecimal> posted = rules.field("lines.net.posted", "PostValue", Conversions.decimal());
        Field<BigDecimal> tax = rules.field("lines.tax.amount", "TaxValue", Conversions.decimal());
        Field<String> taxCode = rules.field("lines.tax.code", "TaxCode", Conversions.text());
        Field<String> order = rules.field("lines.orderNumber", "SalesOrder", Conversions.text());
        table.keys().forEach(rules::alsoRead);
        List.of("Customer", "DocumentType").forEach(rules::alsoRead);
        return rules.build(values -> {
            String text = description.orNull(values);
            String name = KINDS.getOrDefault(kind.or(values, "1").strip(), "Line");
            String orderNumber = order.orNull(values);
            return new Line(
                    summary.of(values) + "." + detail.of(values),
                    text == null ? name : text,
                    product.orNull(values),
                    quantity.orNull(values),
                    local.of(values),
                    posted.orNull(values),
                    tax.or(values, BigDecimal.ZERO),
                    taxCode.orNull(values),
                    orderNumber == null ? null : RecordIds.shown(orderNumber));
        });
    }
}
